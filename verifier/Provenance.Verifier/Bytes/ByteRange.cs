namespace Provenance.Verifier.Bytes;

/// <summary>A run of bytes of an asset: <paramref name="Offset"/> from its start, <paramref name="Length"/> bytes long.</summary>
/// <param name="Offset">Offset of the first byte, from 0.</param>
/// <param name="Length">Number of bytes.</param>
public sealed record ByteRange(long Offset, long Length)
{
    /// <summary>Offset of the first byte behind the range.</summary>
    public long End => Offset + Length;

    /// <summary>For messages; unlike <see cref="End"/> it holds for lengths a file made up.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"0x{Offset:X}+{Length}");

    /// <summary>Whether the two ranges share at least one byte.</summary>
    public bool Overlaps(ByteRange other) => Offset < other.End && other.Offset < End && Length > 0 && other.Length > 0;

    /// <summary>Whether every byte of <paramref name="other"/> lies in this range.</summary>
    public bool Contains(ByteRange other) => Offset <= other.Offset && other.End <= End;

    /// <summary>The range from <paramref name="start"/> up to, and without, <paramref name="end"/>.</summary>
    public static ByteRange FromTo(long start, long end) => new(start, end - start);

    /// <summary>Joins ranges that touch or overlap; the result is sorted by offset.</summary>
    public static IReadOnlyList<ByteRange> Merge(IEnumerable<ByteRange> ranges)
    {
        var merged = new List<ByteRange>();
        foreach (var range in Sorted(ranges))
        {
            if (range.Length <= 0)
                continue;
            if (merged.Count > 0 && range.Offset <= merged[^1].End)
                merged[^1] = FromTo(merged[^1].Offset, Math.Max(merged[^1].End, range.End));
            else
                merged.Add(range);
        }
        return merged;
    }

    /// <summary>What of sorted, disjoint <paramref name="ranges"/> no range of <paramref name="holes"/> covers, in file order.</summary>
    internal static IReadOnlyList<ByteRange> Subtract(IReadOnlyList<ByteRange> ranges, IEnumerable<ByteRange> holes)
    {
        var merged = Merge(holes);
        var rest = new List<ByteRange>();
        int next = 0;
        foreach (var range in ranges)
        {
            long position = range.Offset;
            while (next < merged.Count && merged[next].End <= position)
                next++;
            for (int hole = next; hole < merged.Count && merged[hole].Offset < range.End; hole++)
            {
                if (merged[hole].Offset > position)
                    rest.Add(FromTo(position, merged[hole].Offset));
                position = Math.Max(position, merged[hole].End);
            }
            if (position < range.End)
                rest.Add(FromTo(position, range.End));
        }
        return rest;
    }

    /// <summary>
    /// Index of the first item that ends behind <paramref name="offset"/>, among items whose ranges are sorted and do not overlap; their
    /// number if none does.
    /// </summary>
    internal static int FirstEndingBehind<T>(IReadOnlyList<T> items, Func<T, ByteRange> rangeOf, long offset)
    {
        int low = 0, high = items.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (rangeOf(items[middle]).End > offset)
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    private static ByteRange[] Sorted(IEnumerable<ByteRange> ranges)
    {
        ByteRange[] sorted = [.. ranges];
        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Offset < sorted[i - 1].Offset)
            {
                Array.Sort(sorted, (a, b) => a.Offset.CompareTo(b.Offset));
                break;
            }
        }
        return sorted;
    }

    /// <summary>The parts of 0…<paramref name="length"/> that no range of <paramref name="holes"/> covers, in file order.</summary>
    public static IReadOnlyList<ByteRange> Complement(IEnumerable<ByteRange> holes, long length)
    {
        var rest = new List<ByteRange>();
        long position = 0;
        foreach (var hole in Merge(holes))
        {
            if (hole.Offset > position)
                rest.Add(FromTo(position, Math.Min(hole.Offset, length)));
            position = Math.Max(position, hole.End);
        }
        if (position < length)
            rest.Add(FromTo(position, length));
        return rest;
    }
}
