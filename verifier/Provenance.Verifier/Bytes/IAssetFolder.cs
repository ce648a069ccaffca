namespace Provenance.Verifier.Bytes;

/// <summary>The files a collection speaks of (C2PA 2.5 §16.3.4).</summary>
public interface IAssetFolder
{
    /// <summary>Opens a file below the folder; null where there is none, or where the way there leaves the folder.</summary>
    /// <param name="path">The relative path as the collection writes it, with "/" between its parts, percent-decoded.</param>
    /// <param name="cancellation">Honoured while opening.</param>
    ValueTask<AssetSource?> OpenAsync(string path, CancellationToken cancellation);
}
