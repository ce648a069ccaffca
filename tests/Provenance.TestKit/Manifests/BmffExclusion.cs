using System.Text.RegularExpressions;

namespace Provenance.TestKit;

/// <summary>One entry of a BMFF hash's list of exclusions (C2PA 16.3.2): which boxes it fits, and what of them it leaves out.</summary>
public sealed record BmffExclusion(string Path)
{
    // Boxes with version and flags; all that tests ask for them of (ISO 14496-12).
    private static readonly string[] s_fullBoxes = ["emsg", "sidx", "mfhd", "tfhd", "tfdt", "trun", "mvhd", "tkhd", "mdhd", "hdlr", "stsd", "stco", "cprt", "meta"];

    /// <summary>C2PA's own boxes.</summary>
    public static readonly BmffExclusion Store = new BmffExclusion("/uuid").Holding(8, BmffWriter.C2paId);

    /// <summary>What every list has (A.5.6).</summary>
    public static readonly IReadOnlyList<BmffExclusion> Mandatory = [Store, new("/mfra")];

    /// <summary>What is added where a Merkle tree hashes the media.</summary>
    public static readonly BmffExclusion Media = new BmffExclusion("/mdat").Part(16, 0);

    public long? Length { get; init; }

    public int? Version { get; init; }

    /// <summary>Three bytes.</summary>
    public byte[]? Flags { get; init; }

    public bool? Exact { get; init; }

    public IReadOnlyList<(long Offset, byte[] Value)> Data { get; init; } = [];

    public IReadOnlyList<(long Offset, long Length)> Subset { get; init; } = [];

    /// <summary>Only boxes that hold this there.</summary>
    public BmffExclusion Holding(long offset, byte[] value) => this with { Data = [.. Data, (offset, value)] };

    /// <summary>Only this part of the box; length 0 is all the rest.</summary>
    public BmffExclusion Part(long offset, long length) => this with { Subset = [.. Subset, (offset, length)] };

    public CborFields Write()
    {
        CborFields fields = new() { { "xpath", Path } };
        fields.AddIfPresent("length", Length);
        if (Data.Count > 0) fields.Add("data", Data.Select(d => new CborFields { { "offset", d.Offset }, { "value", d.Value } }).ToArray());
        if (Subset.Count > 0) fields.Add("subset", Subset.Select(s => new CborFields { { "offset", s.Offset }, { "length", s.Length } }).ToArray());
        fields.AddIfPresent("version", Version);
        fields.AddIfPresent("flags", Flags);
        fields.AddIfPresent("exact", Exact);
        return fields;
    }

    /// <summary>Whether every condition holds of a box.</summary>
    public bool Fits(byte[] file, BmffNode box)
    {
        ReadOnlySpan<byte> bytes = file.AsSpan((int)box.Extent.Start, (int)box.Extent.Length);
        if (!IsAt(box)) return false;
        if (Length is { } length && length != bytes.Length) return false;
        if ((Version is not null || Flags is not null) && !s_fullBoxes.Contains(box.Type)) return false;
        int fields = box.HeaderLength;
        if (Version is { } version && bytes[fields] != version) return false;
        if (Flags is { } flags)
            for (int i = 0; i < 3; i++)
            {
                int found = bytes[fields + 1 + i];
                if ((Exact ?? true ? found : found & flags[i]) != flags[i]) return false;
            }
        foreach ((long offset, byte[] value) in Data)
            if (offset > bytes.Length - value.Length || !bytes.Slice((int)offset, value.Length).SequenceEqual(value)) return false;
        return true;
    }

    /// <summary>The bytes of a box that fits, that are left out.</summary>
    public IEnumerable<Extent> Parts(BmffNode box)
    {
        if (Subset.Count == 0) return [box.Extent];
        return Subset.Select(part =>
        {
            long start = box.Extent.Start + Math.Min(part.Offset, box.Extent.Length);
            long end = part.Length == 0 ? box.Extent.End : start + Math.Min(part.Length, box.Extent.End - start);
            return new Extent(start, end - start);
        });
    }

    /// <summary>Whether the path leads to a box; a node without a number is one with any number.</summary>
    public bool IsAt(BmffNode box)
    {
        string[] wanted = Path.Split('/'), found = box.Path.Split('/');
        if (wanted.Length != found.Length) return false;
        for (int i = 1; i < wanted.Length; i++)
            if (wanted[i] != (wanted[i].EndsWith(']') ? found[i] : Regex.Replace(found[i], @"\[\d+\]$", ""))) return false;
        return true;
    }
}
