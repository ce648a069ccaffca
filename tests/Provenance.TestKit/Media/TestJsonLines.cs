using System.Text;

namespace Provenance.TestKit;

/// <summary>A log that is only appended to, its last line a checkpoint with the store (C2PA A.3.17).</summary>
public sealed record TestJsonLines : TestAsset
{
    /// <summary>Lines since the last checkpoint.</summary>
    public IReadOnlyList<string> Lines { get; init; } = ["{\"n\":1}", "{\"n\":2,\"text\":\"caf\u00E9\"}"];

    /// <summary>A JSON object instead of delimiters.</summary>
    public bool IsJson { get; init; } = true;

    public string LineEnd { get; init; } = "\n";

    /// <summary>The file up to its last checkpoint, which this one follows.</summary>
    public Embedding? Earlier { get; init; }

    public override string Format => "Text";

    public override string MediaType => "text/plain";

    public override string Extension => IsJson ? "jsonl" : "log";

    public static TestJsonLines Small() => new();

    public static TestJsonLines Log() => new() { IsJson = false, LineEnd = "\r\n", Lines = ["alpha", "bravo"] };

    /// <summary>What is appended to a file that ends with a checkpoint.</summary>
    public TestJsonLines After(SignedAsset earlier) => this with { Earlier = earlier.Embedding, Lines = ["{\"n\":3}", "{\"n\":4}"] };

    public override byte[] Bytes => [.. Earlier?.Bytes ?? [], .. Encoding.UTF8.GetBytes(string.Concat(Lines.Select(line => line + LineEnd)))];

    public override Embedding Embed(byte[] store) => EmbedReference("data:application/c2pa;base64," + Convert.ToBase64String(store));

    public Embedding EmbedReference(string reference)
    {
        byte[] before = Bytes;
        byte[] line = Encoding.UTF8.GetBytes((IsJson ? $"{{\"c2pa:checkpoint\":\"{reference}\"}}" : $"-----BEGIN C2PA CHECKPOINT----- {reference} -----END C2PA CHECKPOINT-----") + LineEnd);
        return new(this, [.. before, .. line], new(before.Length, line.Length), []);
    }

    public override Assertion Binding() => Segment();

    /// <summary>The segment hash, with what a test changes.</summary>
    public Assertion Segment(Action<CborFields>? change = null) => Assertion.Cbor("c2pa.hash.segment", c =>
    {
        Extent? before = Earlier?.Extent;
        long start = before?.End ?? 0;
        byte[] Hash(long from, long to) => TestHash.Of(c.Algorithm, c.Asset.Bytes.AsSpan((int)from, (int)(to - from)));
        CborFields fields = new()
        {
            { "version", 1 },
            { "alg", TestHash.C2paName(c.Algorithm) },
            { "hash", Hash(start, c.Asset.Extent.Start) },
            { "segmentStart", start },
            { "segmentEnd", c.Asset.Extent.Start },
        };
        if (before is { } line)
            fields.Add("predecessorSentinel", new CborFields { { "start", line.Start }, { "length", line.Length }, { "hash", Hash(line.Start, line.End) } });
        change?.Invoke(fields);
        return fields;
    });

    public override int MediaByte(byte[] file) => file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Lines[^1])) + 3;
}
