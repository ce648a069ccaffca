using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Bindings;

/// <summary>An assertion that binds a manifest to content, read and well formed; its own hash in the claim has been checked.</summary>
internal abstract record HardBinding
{
    /// <summary>Whether the content is the one that was signed.</summary>
    /// <param name="asset">The asset.</param>
    /// <param name="claimAlgorithm">The claim's "alg", used where the assertion names none.</param>
    /// <param name="throughUpdates">Update manifests were passed on the way: the store has grown since the hash was made (C2PA 2.5 §14.12.1.1).</param>
    /// <param name="cancellation">Honoured while hashing.</param>
    /// <exception cref="MalformedDataException">The asset's own structure is not what the assertion speaks of.</exception>
    public abstract ValueTask<BindingResult> CheckAsync(BoundAsset asset, string? claimAlgorithm, bool throughUpdates, CancellationToken cancellation);
}
