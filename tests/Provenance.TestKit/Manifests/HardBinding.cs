namespace Provenance.TestKit;

/// <summary>Makes the assertion that binds a manifest to its asset.</summary>
public static class HardBinding
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
        foreach (NamedBox box in c.Asset.Image.Boxes(c.Asset.Bytes))
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

    private static CborFields Entry(BuildContext context, List<NamedBox> group)
    {
        long start = group[0].Extent.Start, end = group[^1].Extent.End;
        byte[] hash = group[0].Name == "C2PA" ? [0] : TestHash.Of(context.Algorithm, context.Asset.Bytes.AsSpan((int)start, (int)(end - start)));
        return new() { { "names", group.Select(b => b.Name).ToArray() }, { "hash", hash }, { "pad", Array.Empty<byte>() } };
    }
}
