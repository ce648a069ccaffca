namespace Provenance.Verifier.Bytes;

/// <summary>A file that is opened when it is needed.</summary>
/// <param name="Name">What it is called in reports.</param>
/// <param name="OpenAsync">Opens it; the caller disposes of the source.</param>
public sealed record NamedSource(string Name, Func<CancellationToken, ValueTask<AssetSource>> OpenAsync);
