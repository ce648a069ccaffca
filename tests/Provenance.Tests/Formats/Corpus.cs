using System.Buffers.Binary;
using System.Formats.Cbor;
using System.Text;
using Newtonsoft.Json.Linq;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Provenance.Verifier.IO;

namespace Provenance.Tests.Formats;

/// <summary>One file of ../shared/corpus and what the reference said of it.</summary>
/// <param name="Path">Below the corpus folder.</param>
/// <param name="Found">"True", "False", or the word for a file the reference refused.</param>
/// <param name="Error">The reference's error, or "".</param>
/// <param name="Success">The reference's success codes.</param>
internal sealed record CorpusFile(string Path, string Found, string Error, IReadOnlyList<string> Success)
{
    public string FullPath => Shared.Path("corpus", Path);

    public static IEnumerable<CorpusFile> All(params string[] extensions)
    {
        var items = (JArray)JObject.Parse(File.ReadAllText(Shared.Path("corpus", "manifest.json")))["items"]!;
        foreach (var item in items)
        {
            string path = (string)item["path"]!;
            if (!extensions.Contains(System.IO.Path.GetExtension(path).ToLowerInvariant()))
                continue;
            var profile = item["oracle"]?["profiles"] is JObject profiles ? profiles["none"] : null;
            yield return new CorpusFile(path, item["has_manifest_per_oracle"]?.ToString() ?? "", (string?)profile?["error"] ?? "",
                profile?["success"]?.Select(code => (string)code!).ToList() ?? []);
        }
    }

    public static CorpusFile One(string path) => new(path, "True", "", []);

    /// <summary>The map the product makes of the file.</summary>
    public async Task<AssetMap> MapAsync()
    {
        await using var source = FileAssetSource.Open(FullPath);
        var format = Find(source) ?? throw new InvalidOperationException($"{Path}: no format");
        return await format.MapAsync(source, Limits.Default, CancellationToken.None);
    }

    /// <summary>The CBOR of every assertion of that label, in file order, without regard to manifests.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Assertions(byte[] store, string label)
    {
        byte[] mark = Encoding.ASCII.GetBytes("\u0003" + label + "\0");
        byte[] salted = [0x13, .. mark[1..]];
        for (int at = 0; at < store.Length; at++)
        {
            if (!store.AsSpan(at).StartsWith(mark) && !store.AsSpan(at).StartsWith(salted))
                continue;
            int box = at + store.AsSpan(at).IndexOf("cbor"u8);
            int length = BinaryPrimitives.ReadInt32BigEndian(store.AsSpan(box - 4));
            yield return store.AsMemory(box + 4, length - 8);
        }
    }

    /// <summary>The exclusions of every c2pa.hash.data.</summary>
    public static IEnumerable<IReadOnlyList<ByteRange>> DataHashes(byte[] store)
    {
        foreach (var assertion in Assertions(store, "c2pa.hash.data"))
        {
            var reader = new CborReader(assertion, CborConformanceMode.Lax);
            var ranges = new List<ByteRange>();
            for (reader.ReadStartMap(); reader.PeekState() != CborReaderState.EndMap;)
            {
                if (reader.ReadTextString() != "exclusions" || reader.PeekState() == CborReaderState.Null)
                {
                    reader.SkipValue();
                    continue;
                }
                for (reader.ReadStartArray(); reader.PeekState() != CborReaderState.EndArray; reader.ReadEndMap())
                {
                    long start = 0, length = 0;
                    for (reader.ReadStartMap(); reader.PeekState() != CborReaderState.EndMap;)
                    {
                        switch (reader.ReadTextString())
                        {
                            case "start":
                                start = reader.ReadInt64();
                                break;
                            case "length":
                                length = reader.ReadInt64();
                                break;
                            default:
                                reader.SkipValue();
                                break;
                        }
                    }
                    ranges.Add(new ByteRange(start, length));
                }
                reader.ReadEndArray();
            }
            yield return ranges;
        }
    }

    /// <summary>The entries of the last c2pa.hash.boxes: names and SHA-256.</summary>
    public static IReadOnlyList<(IReadOnlyList<string> Names, byte[] Hash)> BoxHashEntries(byte[] store)
    {
        var assertion = Assertions(store, "c2pa.hash.boxes").Last();
        var reader = new CborReader(assertion, CborConformanceMode.Lax);
        var entries = new List<(IReadOnlyList<string>, byte[])>();
        for (reader.ReadStartMap(); reader.PeekState() != CborReaderState.EndMap;)
        {
            if (reader.ReadTextString() != "boxes")
            {
                reader.SkipValue();
                continue;
            }
            for (reader.ReadStartArray(); reader.PeekState() != CborReaderState.EndArray; reader.ReadEndMap())
            {
                var names = new List<string>();
                byte[] hash = [];
                for (reader.ReadStartMap(); reader.PeekState() != CborReaderState.EndMap;)
                {
                    switch (reader.ReadTextString())
                    {
                        case "names":
                            for (reader.ReadStartArray(); reader.PeekState() != CborReaderState.EndArray;)
                                names.Add(reader.ReadTextString());
                            reader.ReadEndArray();
                            break;
                        case "hash":
                            hash = reader.ReadByteString();
                            break;
                        default:
                            reader.SkipValue();
                            break;
                    }
                }
                entries.Add((names, hash));
            }
            reader.ReadEndArray();
        }
        return entries;
    }

    /// <summary>The store's own bytes, joined.</summary>
    public static async Task<byte[]> ReadAsync(AssetSource source, IEnumerable<ByteRange> ranges)
    {
        var joined = new MemoryStream();
        foreach (var range in ranges)
            joined.Write((await source.ReadAsync(range, CancellationToken.None)).Span);
        return joined.ToArray();
    }

    public static IAssetFormat? Find(AssetSource source)
    {
        var head = new byte[(int)Math.Min(AssetFormats.HeadLength, source.Length)];
        source.ReadExactlyAsync(0, head, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return AssetFormats.Find(head);
    }
}
