using Provenance.Server.Guards;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;

namespace Provenance.Server.Verification.Bodies;

/// <summary>What somebody sent to be checked.</summary>
/// <param name="File">The file.</param>
internal sealed record Upload(ReceivedBody File) : IAsyncDisposable
{
    /// <summary>How the sender names it, without folders; null where that is not said. Never a path: only its ending is looked at.</summary>
    public string? Name { get; init; }

    /// <summary>A manifest store that is not in the file; null for none.</summary>
    public ReceivedBody? Manifest { get; init; }

    /// <summary>Fingerprints, where they are taken; null for none.</summary>
    public ReceivedBody? Fingerprints { get; init; }

    /// <summary>What is checked together with the file.</summary>
    /// <exception cref="RefusedException">The store is larger than any that is read.</exception>
    public async ValueTask<AssetCompanions> CompanionsAsync(VerificationPolicy policy, CancellationToken cancellation)
    {
        if (Manifest is null)
            return AssetCompanions.None;
        if (Manifest.Length > policy.Limits.StoreBytes)
            throw new RefusedException(Problems.TooLarge, $"A manifest store may have {policy.Limits.StoreBytes} bytes.");
        return new() { Manifest = new(await Manifest.ReadAsync(new ByteRange(0, Manifest.Length), cancellation)) };
    }

    public async ValueTask DisposeAsync()
    {
        await File.DisposeAsync();
        if (Manifest is not null)
            await Manifest.DisposeAsync();
        if (Fingerprints is not null)
            await Fingerprints.DisposeAsync();
    }
}
