using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats;

/// <summary>A format whose boxes had other names before C2PA 1.4 told them, which signed files still use.</summary>
internal interface IOlderBoxNames
{
    /// <summary>A name that only the older names have.</summary>
    string OlderMark { get; }

    /// <summary>Every box under its older name, in the older order.</summary>
    /// <exception cref="MalformedDataException">The container cannot be walked to its end.</exception>
    ValueTask<IReadOnlyList<NamedBox>> ListOlderBoxesAsync(AssetSource source, Limits limits, CancellationToken cancellation);
}
