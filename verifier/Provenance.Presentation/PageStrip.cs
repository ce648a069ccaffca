using Provenance.Verifier;
using Provenance.Verifier.Bytes;

namespace Provenance.Presentation;

/// <summary>How a stretch of a file stands to its signature.</summary>
public enum PageStripKind
{
    /// <summary>The signature covers it.</summary>
    Covered,

    /// <summary>It holds the credential.</summary>
    Credential,

    /// <summary>Anybody may have changed it since; the signature does not cover it.</summary>
    Open,
}

/// <summary>A stretch of the strip.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">First column.</param>
/// <param name="Columns">How many columns.</param>
public sealed record PageStripPart(PageStripKind Kind, int Start, int Columns);

/// <summary>
/// A file from its first byte to its last as a strip of <see cref="Width"/> columns. A column shows the gravest of what lies in it, so that
/// a single open byte is seen; so the strip is no measure, and says none.
/// </summary>
/// <param name="Parts">The stretches, one behind the other, without gaps.</param>
public sealed record PageStrip(IReadOnlyList<PageStripPart> Parts)
{
    /// <summary>How many columns a strip has.</summary>
    public const int Width = 240;

    /// <summary>The strip of a report; null where coverage was not established.</summary>
    internal static PageStrip? Of(VerificationReport report)
    {
        if (report.Uncovered is not { } open || report.Length == 0)
            return null;
        var columns = new PageStripKind[Width];
        foreach (var range in report.Map?.Stores.SelectMany(store => store.Extent) ?? [])
            Paint(columns, range, report.Length, PageStripKind.Credential);
        foreach (var range in open)
            Paint(columns, range.Range, report.Length, PageStripKind.Open);
        var parts = new List<PageStripPart>();
        for (int start = 0, end; start < Width; start = end)
        {
            for (end = start + 1; end < Width && columns[end] == columns[start];)
                end++;
            parts.Add(new(columns[start], start, end - start));
        }
        return new(parts);
    }

    private static void Paint(PageStripKind[] columns, ByteRange range, long length, PageStripKind kind)
    {
        if (range.Length <= 0)
            return;
        int last = ColumnOf(range.End - 1, length);
        for (int column = ColumnOf(range.Offset, length); column <= last; column++)
            columns[column] = kind;
    }

    private static int ColumnOf(long offset, long length) => (int)Int128.Clamp((Int128)offset * Width / length, 0, Width - 1);
}
