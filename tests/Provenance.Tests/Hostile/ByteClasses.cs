using System.Formats.Cbor;
using Provenance.TestKit;

namespace Provenance.Tests.Hostile;

/// <summary>
/// Names what each byte of a signed file is, without the library: content, framing of the store, or a part of the store. The names are
/// those of the table in <see cref="SweepTests"/>.
/// </summary>
internal static class ByteClasses
{
    public static string[] Of(SignedAsset asset)
    {
        string[] names = new string[asset.Bytes.Length];
        Array.Fill(names, "content");
        for (long at = asset.StoreExtent.Start; at < asset.StoreExtent.End; at++)
            names[at] = "framing of the store";
        foreach (var (at, name) in Framing(asset))
            names[at] = name;
        var store = Store(asset);
        foreach (var piece in asset.Embedding.Pieces)
        {
            for (int i = 0; i < piece.Length; i++)
                names[piece.FileOffset + i] = store[piece.StoreOffset + i];
        }
        return names;
    }

    /// <summary>Fields of a container's framing that have a name of their own.</summary>
    private static IEnumerable<(long At, string Name)> Framing(SignedAsset asset)
    {
        if (asset.Carrier is TestPng)
        {
            for (int i = 1; i <= 4; i++)
                yield return (asset.StoreExtent.End - i, "PNG: CRC of the store");
        }
        if (asset.Carrier is TestBmff)
        {
            for (int i = 1; i <= 8; i++)
                yield return (asset.Embedding.Pieces[0].FileOffset - i, "BMFF: offset of the first proof");
        }
        // FF EB, Le, CI, En, Z, LBox, TBox: of the first piece the last two are the store's own.
        long[] segments = asset.Carrier is TestJpeg ? [.. asset.Embedding.Pieces.Skip(1).Select(piece => piece.FileOffset - 20)] : [];
        foreach (long segment in segments)
        {
            for (int i = 4; i < 12; i++)
                yield return (segment + i, i < 6 ? "JPEG: common identifier" : segments.Length > 1 ? "framing of the store" : i < 8 ? "JPEG: box instance" : "JPEG: number of the only piece");
        }
    }

    private static string[] Store(SignedAsset asset)
    {
        string[] names = new string[asset.Store.Length];
        string active = "/c2pa/" + asset.ActiveLabel;
        foreach (var (path, box, content) in asset.Map.Boxes)
        {
            string name = path == "/c2pa" ? "store" : path == active ? "manifest" : path[(active.Length + 1)..];
            bool isAssertion = path.StartsWith(active + "/c2pa.assertions/", StringComparison.Ordinal);
            int description = (int)box.Start + 8, label = description + 8 + 16 + 1;
            void Set(int from, int to, string what)
            {
                for (int at = from; at < to; at++)
                    names[at] = what;
            }

            string Named(string part) => isAssertion ? part.StartsWith("header", StringComparison.Ordinal) ? "assertion: header" : "assertion" : $"{name}: {part}";
            Set((int)box.Start, (int)box.End, isAssertion ? "assertion" : Named("content"));
            Set((int)box.Start, description, Named("header"));
            Set(description, description + 8, Named("description"));
            Set(description + 8, description + 24, Named("type"));
            Set(description + 24, label, Named("toggles"));
            Set(label, label + Array.IndexOf(asset.Store, (byte)0, label) - label + 1, Named("label"));
            if (!isAssertion && (name.StartsWith("c2pa.claim", StringComparison.Ordinal) || name == "c2pa.signature"))
                Set((int)content.Start - 8, (int)content.Start, Named("content's header"));
        }
        foreach (var (range, name) in Cose(asset))
        {
            for (long at = range.Start; at < range.End; at++)
                names[at] = name;
        }
        return names;
    }

    /// <summary>The parts of the active manifest's COSE_Sign1.</summary>
    private static IEnumerable<(Extent, string)> Cose(SignedAsset asset)
    {
        var part = asset.CosePart;
        var bytes = asset.Store.AsMemory((int)part.Start, (int)part.Length);
        var reader = new CborReader(bytes);
        Extent Since(int left) => new(part.End - left, left - reader.BytesRemaining);

        yield return (new(part.Start, part.Length), "COSE: heads");
        reader.ReadTag();
        reader.ReadStartArray();
        int left = reader.BytesRemaining;
        reader.SkipValue();
        yield return (Since(left), "COSE: protected header");
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            left = reader.BytesRemaining;
            string key = reader.ReadTextString();
            yield return (Since(left), "COSE: unprotected keys");
            left = reader.BytesRemaining;
            reader.SkipValue();
            yield return (Since(left), key.StartsWith("pad", StringComparison.Ordinal) ? "COSE: padding" : $"COSE: {key}");
        }
        reader.ReadEndMap();
        left = reader.BytesRemaining;
        reader.SkipValue();
        yield return (Since(left), "COSE: payload");
        left = reader.BytesRemaining;
        reader.SkipValue();
        yield return (Since(left), "COSE: signature");
    }
}
