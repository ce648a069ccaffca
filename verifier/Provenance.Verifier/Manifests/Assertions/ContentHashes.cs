using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>
/// An assertion that binds the manifest to content, or a part of it: its shape, for display. The bindings themselves are read and checked
/// strictly in Bindings/.
/// </summary>
/// <param name="Algorithm">The hash algorithm it names; null where that is the claim's.</param>
internal abstract record ContentHashAssertion(string? Algorithm) : AssertionModel;

/// <summary>"c2pa.hash.data" (C2PA 2.5 §16.3.1): one digest over the asset without some ranges, whose order and overlap are not judged here.</summary>
internal sealed record DataHashAssertion(string? Algorithm, ReadOnlyMemory<byte>? Hash, IReadOnlyList<ByteRange> Exclusions, string? Name) : ContentHashAssertion(Algorithm)
{
    public static DataHashAssertion Read(AssertionReading reading)
    {
        var fields = reading.Map();
        return new(fields.Text("alg"), fields.Bytes("hash"), Ranges.Read(fields, "exclusions", "start"), fields.Text("name"));
    }
}

/// <summary>One entry of a general box hash.</summary>
internal sealed record BoxesHashItem(IReadOnlyList<string> Names, string? Algorithm, ReadOnlyMemory<byte>? Hash, bool Excluded, IReadOnlyList<ByteRange> Exclusions);

/// <summary>"c2pa.hash.boxes" (§16.3.3): digests over the named parts of the asset.</summary>
internal sealed record BoxesHashAssertion(string? Algorithm, IReadOnlyList<BoxesHashItem> Boxes) : ContentHashAssertion(Algorithm)
{
    public static BoxesHashAssertion Read(AssertionReading reading)
    {
        var fields = reading.Map();
        return new(fields.Text("alg"), fields.Maps("boxes", box =>
            new BoxesHashItem(box.Texts("names"), box.Text("alg"), box.Bytes("hash"), box.Boolean("excluded") == true, Ranges.Read(box, "exclusions", "start"))));
    }
}

/// <summary>Where one part of a multi-asset file lies, and the assertion with its hash.</summary>
/// <param name="Location">Its bytes; null where a box names it.</param>
/// <param name="BmffBox">The path of its box; null where bytes name it.</param>
/// <param name="HashAssertion">Reference to the hash of the part.</param>
/// <param name="Optional">The part may be absent.</param>
internal sealed record MultiAssetHashPart(ByteRange? Location, string? BmffBox, string? HashAssertion, bool Optional);

/// <summary>"c2pa.hash.multi-asset" (§16.3.5): a file made of several.</summary>
internal sealed record MultiAssetHashAssertion(IReadOnlyList<MultiAssetHashPart> Parts) : ContentHashAssertion((string?)null)
{
    public static MultiAssetHashAssertion Read(AssertionReading reading) => new(reading.Map().Maps("parts", part =>
    {
        var location = part.Map("location") ?? part.Map("locator"); // the prose's name for it
        // A hashed URI by the schema, bare text in an example.
        string? hash = part["hashAssertion"]?.Text ?? part.Reference("hashAssertion")?.Url;
        return new MultiAssetHashPart(location is null ? null : Ranges.ReadOne(location, "byteOffset"), location?.Text("bmffBox"), hash, part.Boolean("optional") == true);
    }));
}

/// <summary>"c2pa.hash.segment" (§16.3.6): a stretch of a text that grows.</summary>
internal sealed record SegmentHashAssertion(string? Algorithm) : ContentHashAssertion(Algorithm)
{
    public ReadOnlyMemory<byte>? Hash { get; init; }

    /// <summary>First byte.</summary>
    public long? Start { get; init; }

    /// <summary>First byte behind it: that of its sentinel.</summary>
    public long? End { get; init; }

    public long? SentinelLength { get; init; }

    public ByteRange? PredecessorSentinel { get; init; }

    public static SegmentHashAssertion Read(AssertionReading reading)
    {
        var fields = reading.Map();
        return new(fields.Text("alg"))
        {
            Hash = fields.Bytes("hash"),
            Start = fields.Integer("segmentStart"),
            End = fields.Integer("segmentEnd"),
            SentinelLength = fields.Integer("sentinelLength"),
            PredecessorSentinel = fields.Map("predecessorSentinel") is { } before ? Ranges.ReadOne(before, "start") : null,
        };
    }
}

/// <summary>One file of a collection.</summary>
internal sealed record CollectionHashItem(string Uri, ReadOnlyMemory<byte>? Hash, long? Size, string? Format);

/// <summary>"c2pa.hash.collection.data" (§16.3.4): digests over the files of a folder or archive, and over a ZIP's central directory.</summary>
internal sealed record CollectionHashAssertion(string? Algorithm, IReadOnlyList<CollectionHashItem> Items, ReadOnlyMemory<byte>? DirectoryHash) : ContentHashAssertion(Algorithm)
{
    public static CollectionHashAssertion Read(AssertionReading reading)
    {
        var fields = reading.Map();
        // A list by the schema; the reference writes a map from path to the rest.
        var items = fields["uris"] is { Kind: Cbor.CborKind.Map } && fields.Map("uris") is { } map
            ? [.. map.Others().Select(entry => ReadItem(entry.Key, new Fields(reading, entry.Value, $"uris.{entry.Key}.")))]
            : fields.Maps("uris", item => item.Text("uri") is { } uri ? ReadItem(uri, item) : null);
        return new(fields.Text("alg"), items, fields.Bytes("zip_central_directory_hash"));
    }

    private static CollectionHashItem ReadItem(string uri, Fields fields) => new(uri, fields.Bytes("hash"), fields.Integer("size"), fields.Text("dc:format"));
}

/// <summary>Ranges of bytes as hashes write them.</summary>
internal static class Ranges
{
    public static IReadOnlyList<ByteRange> Read(Fields fields, string key, string startKey) =>
        [.. fields.Maps(key, item => (object?)ReadOne(item, startKey)).Cast<ByteRange>()];

    public static ByteRange? ReadOne(Fields fields, string startKey) =>
        fields[startKey]?.Int64 is >= 0 and var start && fields["length"]?.Int64 is >= 0 and var length && start <= long.MaxValue - length ? new(start, length) : null;
}
