using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Bmff;

/// <summary>Which boxes hold others.</summary>
internal static class BmffContainers
{
    /// <summary>Boxes without fields of their own (ISO 14496-12, QuickTime).</summary>
    private static readonly HashSet<string> Plain = new(StringComparer.Ordinal)
    {
        "moov", "trak", "tapt", "edts", "tref", "trgr", "mdia", "minf", "gmhd", "dinf", "stbl", "sinf", "schi", "rinf", "udta", "mvex", "moof", "traf", "mfra",
        "meco", "strk", "strd", "iprp", "ipco", "grpl", "hnti", "hinf", "ilst",
    };

    /// <summary>Where the boxes inside a box are; null where it holds none, as far as is known.</summary>
    public static async ValueTask<ByteRange?> ChildrenAsync(ReadWindow window, BmffBox box)
    {
        if (Plain.Contains(box.Type))
            return box.Content;
        if (box.Type != "meta" || box.Content.Length < 8)
            return null;
        // A FullBox by ISO 14496-12 §8.11.1, not in QuickTime; its first child is hdlr.
        var head = await window.AtAsync(box.Content.Offset, 8).ConfigureAwait(false);
        return head.Span[4..].SequenceEqual("hdlr"u8) ? box.Content : ByteRange.FromTo(box.Content.Offset + 4, box.End);
    }
}
