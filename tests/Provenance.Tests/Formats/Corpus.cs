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

    /// <summary>The content of the last assertion of that label, which is the active manifest's where manifests come in the usual order.</summary>
    public static ReadOnlyMemory<byte>? LastAssertion(ReadOnlyMemory<byte> store, string label)
    {
        var bytes = store.Span;
        int at = bytes.LastIndexOf(Encoding.ASCII.GetBytes(label + "\0"));
        if (at < 0)
            return null;
        int box = at + bytes[at..].IndexOf("cbor"u8);
        int length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes[(box - 4)..]);
        return store.Slice(box + 4, length - 8);
    }

    /// <summary>The exclusions of the last c2pa.hash.data, in the order stored.</summary>
    public static IReadOnlyList<ByteRange>? DataHashExclusions(ReadOnlyMemory<byte> store)
    {
        if (LastAssertion(store, "c2pa.hash.data") is not { } assertion)
            return null;
        var reader = new CborReader(assertion, CborConformanceMode.Lax);
        var ranges = new List<ByteRange>();
        for (reader.ReadStartMap(); reader.PeekState() != CborReaderState.EndMap;)
        {
            if (reader.ReadTextString() != "exclusions")
            {
                reader.SkipValue();
                continue;
            }
            for (reader.ReadStartArray(); reader.PeekState() != CborReaderState.EndArray; reader.ReadEndMap())
            {
                long start = 0, length = 0;
                for (reader.ReadStartMap(); reader.PeekState() != CborReaderState.EndMap;)
                {
                    if (reader.ReadTextString() == "start")
                        start = reader.ReadInt64();
                    else
                        length = reader.ReadInt64();
                }
                ranges.Add(new ByteRange(start, length));
            }
            reader.ReadEndArray();
        }
        return ranges;
    }

    /// <summary>The entries of the last c2pa.hash.boxes: names and SHA-256.</summary>
    public static IReadOnlyList<(IReadOnlyList<string> Names, byte[] Hash)>? BoxHashEntries(ReadOnlyMemory<byte> store)
    {
        if (LastAssertion(store, "c2pa.hash.boxes") is not { } assertion)
            return null;
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
        var head = new byte[(int)Math.Min(64, source.Length)];
        source.ReadExactlyAsync(0, head, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return AssetFormats.Find(head);
    }
}
