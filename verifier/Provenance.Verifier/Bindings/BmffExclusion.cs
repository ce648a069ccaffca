using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;

namespace Provenance.Verifier.Bindings;

/// <summary>One node of a path: a type, and which of the boxes of that type below one parent, counted from 1; 0 for any.</summary>
internal readonly record struct PathNode(string Type, int Index);

/// <summary>Bytes that a box must have at an offset from its start.</summary>
internal sealed record RequiredBytes(long Offset, ReadOnlyMemory<byte> Value);

/// <summary>
/// Which boxes a BMFF hash leaves out, in whole or in part (C2PA 2.5 §16.3.2.2). Every field that is there must agree with the box.
/// <code>{ xpath, ?length, ?data: [{ offset, value }], ?subset: [{ offset, length }], ?version, ?flags, ?exact }</code>
/// </summary>
/// <param name="Path">From the file down to the box.</param>
internal sealed record BmffExclusion(IReadOnlyList<PathNode> Path)
{
    private const string Structure = "BMFF hash exclusion";

    /// <summary>Bytes of the whole box.</summary>
    public ulong? Length { get; init; }

    public long? Version { get; init; }

    /// <summary>24 bits.</summary>
    public int? Flags { get; init; }

    /// <summary>The box has these flags and no others; else at least these.</summary>
    public bool ExactFlags { get; init; } = true;

    public IReadOnlyList<RequiredBytes> Data { get; init; } = [];

    /// <summary>Ranges of the box, from its start, that alone are left out; a length of 0 reaches to its end. Empty for the whole box.</summary>
    public IReadOnlyList<ByteRange> Subset { get; init; } = [];

    /// <summary>Whether the box must be a FullBox: other boxes have no version and no flags.</summary>
    public bool AsksVersionOrFlags => Version is not null || Flags is not null;

    /// <exception cref="MalformedDataException">A field is of another type, the path is none, or ranges are out of order.</exception>
    public static BmffExclusion Read(CborValue value, Limits limits)
    {
        if (value["xpath"]?.Text is not { } path)
            throw new MalformedDataException(Structure, value.Offset, "xpath is text");
        return new(ReadPath(path, value.Offset, limits))
        {
            Length = Field(value, "length", field => field.UInt64),
            Version = Field(value, "version", field => field.Int64),
            Flags = Field(value, "flags", field => field.Bytes is { Length: 3 } bytes ? bytes.Span[0] << 16 | bytes.Span[1] << 8 | bytes.Span[2] : (int?)null),
            ExactFlags = Field(value, "exact", field => field.Boolean) ?? true,
            Data = [.. List(value, "data", limits).Select(ReadData)],
            Subset = ReadSubset(List(value, "subset", limits)),
        };
    }

    // "/node/node": four characters, and which of them: "[n]" without leading zeros.
    private static List<PathNode> ReadPath(string path, int offset, Limits limits)
    {
        MalformedDataException NoPath() => new(Structure, offset, "xpath is /type or /type[n], once or more (C2PA 2.5 §16.3.2.2)");
        var nodes = new List<PathNode>();
        int at = 0;
        while (at < path.Length)
        {
            if (nodes.Count == limits.BmffDepth)
                throw new LimitExceededException(Structure, offset, nameof(Limits.BmffDepth), limits.BmffDepth);
            if (path.Length - at < 5 || path[at] != '/')
                throw NoPath();
            string type = path.Substring(at + 1, 4);
            at += 5;
            int index = 0;
            if (at < path.Length && path[at] == '[')
            {
                int end = path.IndexOf(']', at);
                if (end < 0 || path[at + 1] == '0' || !int.TryParse(path.AsSpan(at + 1, end - at - 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out index))
                    throw NoPath();
                at = end + 1;
            }
            foreach (char c in type)
            {
                if (c is '/' or '[' or ']' or '*' or > '\xFF')
                    throw NoPath();
            }
            nodes.Add(new PathNode(type, index));
        }
        return nodes.Count > 0 ? nodes : throw NoPath();
    }

    private static RequiredBytes ReadData(CborValue item) =>
        item["offset"]?.Int64 is >= 0 and var offset && item["value"]?.Bytes is { } bytes && offset <= long.MaxValue - bytes.Length
            ? new(offset, bytes)
            : throw new MalformedDataException(Structure, item.Offset, "data is { offset, value }");

    private static List<ByteRange> ReadSubset(IReadOnlyList<CborValue> items)
    {
        var ranges = new List<ByteRange>();
        foreach (var item in items)
        {
            if (item["offset"]?.Int64 is not (>= 0 and var offset) || item["length"]?.Int64 is not (>= 0 and var length) || offset > long.MaxValue - length)
                throw new MalformedDataException(Structure, item.Offset, "subset is { offset, length } of 0 or more (C2PA 2.5 §14.12.2)");
            // Only the last may be without a length, and reach to the end of the box.
            if (ranges.Count > 0 && (ranges[^1].End > offset || ranges[^1].Length == 0))
                throw new MalformedDataException(Structure, item.Offset, "ranges of a subset are in order and do not overlap (C2PA 2.5 §14.12.2)");
            ranges.Add(new ByteRange(offset, length));
        }
        return ranges;
    }

    private static T? Field<T>(CborValue value, string key, Func<CborValue, T?> read)
        where T : struct =>
        value[key] is not { IsNull: false } field ? null : read(field) ?? throw new MalformedDataException(Structure, field.Offset, $"{key} is of another type");

    private static IReadOnlyList<CborValue> List(CborValue value, string key, Limits limits)
    {
        if (value[key] is not { IsNull: false } list)
            return [];
        if (list.Kind != CborKind.Array)
            throw new MalformedDataException(Structure, list.Offset, $"{key} is an array");
        if (list.Items.Count > limits.Exclusions)
            throw new LimitExceededException(Structure, list.Offset, nameof(Limits.Exclusions), limits.Exclusions);
        return list.Items;
    }

    /// <summary>Whether the standard asks for this entry or expects it: C2PA's own boxes, mfra, free space, media that a tree binds (§14.12.2, §A.5.5).</summary>
    public bool IsExpected(bool hasTrees, ReadOnlySpan<byte> c2paId) => Path[^1].Type switch
    {
        "free" or "skip" => true,
        "mfra" => Path.Count == 1,
        "uuid" => Path.Count == 1 && Data is [{ Offset: 8, Value: var id }] && id.Span.SequenceEqual(c2paId),
        "mdat" => Path.Count == 1 && hasTrees && Subset is [{ Offset: >= 16, Length: 0 }],
        _ => false,
    };
}
