using System.Globalization;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Ogg;

/// <summary>The pages of each logical bitstream, in runs (C2PA 2.5 §16.3.3.3.7).</summary>
internal sealed class OggBoxes(IReadOnlyList<StoreLocation> stores, Limits limits)
{
    private readonly List<(uint Serial, List<ByteRange> Runs)> _streams = [];
    private readonly Dictionary<uint, List<ByteRange>> _runs = [];
    private int _count;

    public void Add(OggPage page)
    {
        if (!_runs.TryGetValue(page.Serial, out var runs))
        {
            _runs.Add(page.Serial, runs = []);
            _streams.Add((page.Serial, runs));
        }
        if (runs.Count > 0 && runs[^1].End == page.Range.Offset)
        {
            runs[^1] = ByteRange.FromTo(runs[^1].Offset, page.Range.End);
            return;
        }
        if (_count++ >= limits.ContainerParts)
            throw new LimitExceededException("Ogg", page.Range.Offset, nameof(Limits.ContainerParts), limits.ContainerParts);
        runs.Add(page.Range);
    }

    public IReadOnlyList<NamedBox> ToList() => [.. _streams.Select(stream => new NamedBox(Name(stream.Serial, stream.Runs), ByteRange.FromTo(stream.Runs[0].Offset, stream.Runs[^1].End))
    {
        Pieces = stream.Runs.Count > 1 ? stream.Runs : null,
    })];

    private string Name(uint serial, List<ByteRange> runs) =>
        stores.Any(store => store.Extent[0].Offset == runs[0].Offset) ? "C2PA" : string.Create(CultureInfo.InvariantCulture, $"Stream-{serial}");
}
