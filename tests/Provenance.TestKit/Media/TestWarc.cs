using System.Text;

namespace Provenance.TestKit;

/// <summary>A web archive of one page, with a store in its last record (C2PA A.10).</summary>
public sealed record TestWarc : TestAsset
{
    private const string Page = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nThe archived page.\n";

    /// <summary>Identifier and bytes of each record but that of the store.</summary>
    public IReadOnlyList<(string Id, byte[] Bytes)> Records { get; init; } =
    [
        Named("urn:uuid:00000000-0000-4000-8000-000000000001", "warcinfo", "application/warc-fields", "software: Provenance tests\r\n"),
        Named("urn:uuid:00000000-0000-4000-8000-000000000002", "response", "application/http; msgtype=response", Page, "WARC-Target-URI: http://example.org/\r\n"),
        Named("urn:uuid:00000000-0000-4000-8000-000000000003", "metadata", "application/warc-fields", ""),
    ];

    public override string Format => "WARC";

    public override string MediaType => "application/warc";

    public override string Extension => "warc";

    public static TestWarc Small() => new();

    public override byte[] Bytes => [.. Records.SelectMany(record => record.Bytes)];

    public override Embedding Embed(byte[] store)
    {
        byte[] before = Bytes, record = Record("urn:uuid:00000000-0000-4000-8000-000000000009", "c2pa-provenance", "application/c2pa", store);
        return new(this, [.. before, .. record], new(before.Length, record.Length), [new(0, before.Length + record.Length - 4 - store.Length, store.Length)]);
    }

    public override Assertion Binding() => Collection();

    /// <summary>The collection hash, with what a test changes.</summary>
    public Assertion Collection(Action<CborFields>? change = null) => Assertion.Cbor("c2pa.hash.collection.data", c =>
    {
        CborFields fields = new()
        {
            { "uris", Records.Select(record => new CborFields { { "uri", record.Id }, { "hash", TestHash.Of(c.Algorithm, record.Bytes) } }).ToArray() },
            { "alg", TestHash.C2paName(c.Algorithm) },
        };
        change?.Invoke(fields);
        return fields;
    });

    public override int MediaByte(byte[] file) => file.AsSpan().IndexOf("archived"u8);

    public override IReadOnlyList<long> Edges(byte[] file)
    {
        List<long> edges = [];
        foreach ((_, byte[] bytes) in Records) edges.Add((edges.Count > 0 ? edges[^1] : 0) + bytes.Length);
        return edges;
    }

    public static (string Id, byte[] Bytes) Named(string id, string type, string contentType, string block, string fields = "") =>
        (id, Record(id, type, contentType, Encoding.UTF8.GetBytes(block), fields));

    /// <summary>Header, block, two line ends.</summary>
    public static byte[] Record(string id, string type, string contentType, byte[] block, string fields = "") =>
    [
        .. Encoding.UTF8.GetBytes($"WARC/1.1\r\nWARC-Type: {type}\r\nWARC-Record-ID: <{id}>\r\nWARC-Date: 2026-03-15T12:00:00Z\r\n{fields}Content-Type: {contentType}\r\nContent-Length: {block.Length}\r\n\r\n"),
        .. block, .. "\r\n\r\n"u8,
    ];
}
