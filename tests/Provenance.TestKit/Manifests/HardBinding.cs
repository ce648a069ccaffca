namespace Provenance.TestKit;

/// <summary>Makes the assertion that binds a manifest to its asset.</summary>
public static partial class HardBinding
{
    /// <summary><c>c2pa.hash.data</c> whose exclusion is the store, exactly.</summary>
    public static Assertion Data(params Extent[] alsoExcluded) => Data("c2pa.hash.data", c => [c.Asset.Extent, .. alsoExcluded]);

    /// <summary><c>c2pa.hash.data</c> with the exclusions a test chooses; the hash is right for them.</summary>
    public static Assertion Data(string label, Func<BuildContext, IReadOnlyList<Extent>> exclusions, Action<CborFields>? change = null) => Assertion.Cbor(label, c =>
    {
        IReadOnlyList<Extent> ranges = exclusions(c);
        CborFields fields = new();
        if (ranges.Count > 0) fields.Add("exclusions", ranges.Select(r => new CborFields { { "start", r.Start }, { "length", r.Length } }).ToArray());
        fields.Add("name", "jumbf manifest");
        fields.Add("alg", TestHash.C2paName(c.Algorithm));
        fields.Add("hash", TestHash.Of(c.Algorithm, c.Asset.Without(ranges)));
        fields.Add("pad", new byte[8]);
        change?.Invoke(fields);
        return fields;
    });

    /// <summary><c>c2pa.hash.boxes</c>: one entry before the store, one for it, one behind; or one entry for each box.</summary>
    public static Assertion Boxes(bool oneByOne = false, Action<CborFields>? change = null, Action<IReadOnlyList<CborFields>>? entries = null) => Assertion.Cbor("c2pa.hash.boxes", c =>
    {
        List<List<NamedBox>> groups = [];
        foreach (NamedBox box in c.Asset.Carrier.Boxes(c.Asset.Bytes))
        {
            bool joins = !oneByOne && groups.Count > 0 && box.Name != "C2PA" && groups[^1][^1].Name != "C2PA";
            if (joins) groups[^1].Add(box);
            else groups.Add([box]);
        }
        CborFields[] list = [.. groups.Select(g => Entry(c, g))];
        entries?.Invoke(list);
        CborFields fields = new() { { "boxes", list }, { "alg", TestHash.C2paName(c.Algorithm) } };
        change?.Invoke(fields);
        return fields;
    });

    /// <summary>
    /// <c>c2pa.hash.multi-asset</c> with one <c>c2pa.hash.data.part</c> for each part; put them beside the main binding.
    /// The store is excluded from the part it lies in.
    /// </summary>
    public static Assertion[] Parts(Func<Embedding, IReadOnlyList<(Extent Extent, bool Optional)>> split, int count, Action<CborFields>? change = null)
    {
        static string Label(int part) => "c2pa.hash.data.part" + (part > 0 ? $"__{part}" : "");
        Assertion Part(int part) => Assertion.Cbor(Label(part), c =>
        {
            Extent extent = split(c.Asset)[part].Extent, store = c.Asset.Extent;
            var piece = c.Asset with { Bytes = c.Asset.Bytes[(int)extent.Start..(int)extent.End] };
            Extent[] inside = store.Start >= extent.Start && store.End <= extent.End ? [new(store.Start - extent.Start, store.Length)] : [];
            CborFields fields = new();
            if (inside.Length > 0) fields.Add("exclusions", inside.Select(r => new CborFields { { "start", r.Start }, { "length", r.Length } }).ToArray());
            fields.Add("alg", TestHash.C2paName(c.Algorithm));
            fields.Add("hash", TestHash.Of(c.Algorithm, piece.Without(inside)));
            fields.Add("pad", Array.Empty<byte>());
            return fields;
        });
        Assertion all = Assertion.Cbor("c2pa.hash.multi-asset", c =>
        {
            CborFields[] parts = [.. split(c.Asset).Select((part, index) =>
            {
                CborFields entry = new()
                {
                    { "location", new CborFields { { "byteOffset", part.Extent.Start }, { "length", part.Extent.Length } } },
                    { "hashAssertion", c.HashedUri(Label(index)) },
                };
                if (part.Optional) entry.Add("optional", true);
                return entry;
            })];
            CborFields fields = new() { { "parts", parts } };
            change?.Invoke(fields);
            return fields;
        });
        return [.. Enumerable.Range(0, count).Select(Part), all];
    }

    /// <summary>
    /// <c>c2pa.hash.collection.data</c> over the members of an archive and its directory; as the map from path to the rest that the reference
    /// writes, or as the list of the standard.
    /// </summary>
    public static Assertion Collection(bool asMap = false, Action<CborFields>? change = null, Action<List<CborFields>>? files = null) => Assertion.Cbor("c2pa.hash.collection.data", c =>
    {
        var zip = (TestZip)c.Asset.Carrier;
        ZipLayout layout = zip.Write(c.Asset.Pieces.Count == 0 ? null : new byte[c.Asset.Pieces[0].Length]);
        byte[] bytes = c.Asset.Bytes;
        List<CborFields> list = [.. layout.Members.Where(m => !m.Name.EndsWith('/')).Select(m => FileEntry(c, m.Name, bytes[(int)m.Extent.Start..(int)m.Extent.End]))];
        byte[] directory = [.. layout.Directory.SelectMany(part => bytes[(int)part.Start..(int)part.End])];
        CborFields fields = Files(c, list, asMap, files);
        fields.Add("zip_central_directory_hash", TestHash.Of(c.Algorithm, directory));
        change?.Invoke(fields);
        return fields;
    });

    /// <summary><c>c2pa.hash.collection.data</c> over files of a folder; sign it into a store that lies alone.</summary>
    public static Assertion Folder(params (string Uri, byte[] Bytes)[] files) =>
        Assertion.Cbor("c2pa.hash.collection.data", c => Files(c, [.. files.Select(file => FileEntry(c, file.Uri, file.Bytes))], asMap: false, null));

    private static CborFields Files(BuildContext context, List<CborFields> list, bool asMap, Action<List<CborFields>>? change)
    {
        change?.Invoke(list);
        CborFields fields = new();
        if (asMap)
        {
            CborFields map = new();
            foreach (CborFields file in list)
            {
                object uri = file["uri"]!;
                map.Add(uri, file.Omit("uri"));
            }
            fields.Add("uris", map);
        }
        else
        {
            fields.Add("uris", list.ToArray());
        }
        fields.Add("alg", TestHash.C2paName(context.Algorithm));
        return fields;
    }

    private static CborFields FileEntry(BuildContext context, string uri, byte[] bytes) =>
        new() { { "uri", uri }, { "hash", TestHash.Of(context.Algorithm, bytes) }, { "size", bytes.Length } };

    /// <summary>The file up to where the picture ends, and what follows, which may be missing.</summary>
    public static IReadOnlyList<(Extent Extent, bool Optional)> PictureAndRest(Embedding asset)
    {
        long end = asset.Carrier.Boxes(asset.Bytes)[^1].Extent.End;
        return [(new(0, end), false), (new(end, asset.Bytes.Length - end), true)];
    }

    private static CborFields Entry(BuildContext context, List<NamedBox> group)
    {
        byte[] hash = group[0].Name == "C2PA" ? [0] : TestHash.Of(context.Algorithm, context.Asset.Carrier.Hashed(context.Asset.Bytes, group[0], group[^1]));
        return new() { { "names", group.Select(b => b.Name).ToArray() }, { "hash", hash }, { "pad", Array.Empty<byte>() } };
    }
}
