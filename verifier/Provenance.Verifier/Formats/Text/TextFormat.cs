using System.Buffers;
using System.Text.Unicode;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Text;

/// <summary>
/// Text in UTF-8. Which of the ways to carry a manifest store a text uses, its marks tell, so one format reads them all: a wrapper of variation
/// selectors (C2PA 2.5 §A.8), a manifest block (§A.9), checkpoint lines (§A.3.17). Comma-separated values may have none of them (§A.9.2), which
/// their bytes do not tell.
/// </summary>
internal sealed class TextFormat : IAssetFormat
{
    /// <summary>Control characters that no text has: all but tab, line feed, form feed, carriage return and escape.</summary>
    private static readonly SearchValues<byte> s_controls =
        SearchValues.Create([0, 1, 2, 3, 4, 5, 6, 7, 8, 0x0B, 0x0E, 0x0F, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1A, 0x1C, 0x1D, 0x1E, 0x1F, 0x7F]);

    public string Name => "Text";

    public IReadOnlyList<string> MediaTypes { get; } = ["text/plain", "text/markdown", "text/csv", "application/jsonl", "application/json", "application/xml", "text/xml"];

    public IReadOnlyList<string> Extensions { get; } = [".txt", ".md", ".csv", ".jsonl", ".log", ".json", ".xml", ".yaml", ".vtt", ".srt"];

    public StorePlacement Placement { get; } =
        StorePlacement.Embedded("A.8", "variation selectors; a manifest block (A.9); checkpoint lines (A.3.17)", "c2pa.hash.data", "c2pa.hash.segment");

    public bool Matches(ReadOnlySpan<byte> head)
    {
        // The head may end inside a character.
        head = head[..^Utf8Text.UnfinishedAtEnd(head)];
        return !head.IsEmpty && head.IndexOfAny(s_controls) < 0 && Utf8.IsValid(head);
    }

    public async ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var walk = new AssetWalk(source, limits, cancellation);
        await new TextWalk(walk, limits).RunAsync().ConfigureAwait(false);
        return walk.ToMap(this, MediaTypes[0]);
    }

    public ValueTask<IReadOnlyList<NamedBox>?> ListBoxesAsync(AssetSource source, AssetMap map, Limits limits, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<NamedBox>?>(null);
}
