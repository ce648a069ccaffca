using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats;

/// <summary>One record of an archive.</summary>
/// <param name="Id">Its identifier, an absolute URI.</param>
/// <param name="Range">All of it, as it is hashed.</param>
internal sealed record ArchiveRecord(string Id, ByteRange Range);

/// <summary>A format whose files are records behind each other, bound one by one (C2PA 2.5 §A.10.3).</summary>
internal interface IRecordFormat
{
    /// <summary>Every record but that of the manifest store, in file order; together they are the whole file.</summary>
    /// <exception cref="MalformedDataException">The file breaks its own rules.</exception>
    ValueTask<IReadOnlyList<ArchiveRecord>> ReadRecordsAsync(AssetSource source, Limits limits, CancellationToken cancellation);
}
