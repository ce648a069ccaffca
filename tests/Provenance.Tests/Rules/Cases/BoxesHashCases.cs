using Provenance.TestKit;

namespace Provenance.Tests.Rules.Cases;

/// <summary>The general box hash (C2PA 2.5 §14.12.3, §16.3.3).</summary>
internal static class BoxesHashCases
{
    public static void Add(RuleCases cases)
    {
        Content(cases);
        Lists(cases);
        Entries(cases);
        Excluded(cases);
        Exclusions(cases);
    }

    private static void Content(RuleCases cases)
    {
        cases.Add("boxes-hash", image => Grouped().Embed(image));
        cases.Add("boxes-hash-one-by-one", image => Each().Embed(image));
        cases.Add("boxes-hash-restart-intervals", _ => Each().Embed(TestJpeg.Of(TestPicture.Gradient(), restartInterval: 16)));
        cases.Add("boxes-hash-pixels-changed", image => Each().Embed(image).MediaChanged());
        cases.Add("boxes-hash-box-inserted", image =>
        {
            SignedAsset asset = Each().Embed(image);
            return asset.FillerInserted(DataHashCases.Last(image, asset.Bytes, "C2PA").End);
        });
        cases.Add("boxes-hash-box-removed", image =>
        {
            SignedAsset asset = Each().Embed(DataHashCases.Exif(image));
            return asset.Carrier.LengthCorrected(asset.Bytes.Removed(DataHashCases.ExifOf(asset.Carrier, asset.Bytes)));
        });
        cases.Add("boxes-hash-bytes-behind-the-last-box", image => Each().Embed(DataHashCases.Trailing(image)));
        cases.Add("boxes-hash-bytes-appended", image => Each().Embed(image).Bytes.Appended(1, 2, 3));
        cases.Add("boxes-hash-after", image => After(image));
        cases.Add("boxes-hash-after-changed", image => After(image).Bytes is var bytes ? bytes.FlipBit(bytes.Length - 1) : null!);
        cases.Add("boxes-hash-store-of-odd-length", image => OddStore(image));
        cases.Add("boxes-hash-pad-byte-of-the-store-written-to", image =>
        {
            SignedAsset asset = OddStore(image);
            return asset.Bytes.Overwritten(asset.StoreExtent.End, [1]);
        });
    }

    private static void Lists(RuleCases cases)
    {
        Change(cases, "boxes-hash-without-boxes", fields => fields.Omit("boxes"));
        Change(cases, "boxes-hash-without-entries", fields => fields["boxes"] = Array.Empty<object>());
        Change(cases, "boxes-hash-box-in-no-entry", fields => fields["boxes"] = Boxes(fields).Skip(1).ToArray());
        Change(cases, "boxes-hash-store-in-no-entry", fields => fields["boxes"] = Boxes(fields).Where(entry => NameOf(entry) != "C2PA").ToArray());
        Change(cases, "boxes-hash-store-in-two-entries", fields => fields["boxes"] = Boxes(fields).SelectMany(entry => NameOf(entry) == "C2PA" ? (CborFields[])[entry, entry] : [entry]).ToArray());
        Change(cases, "boxes-hash-list-ends-behind-the-store", fields => fields["boxes"] = Boxes(fields).TakeWhile(entry => NameOf(entry) != "C2PA").Append(Boxes(fields).First(entry => NameOf(entry) == "C2PA")).ToArray());
        Change(cases, "boxes-hash-entries-in-another-order", fields =>
        {
            CborFields[] boxes = [.. Boxes(fields)];
            (boxes[0], boxes[1]) = (boxes[1], boxes[0]);
            fields["boxes"] = boxes;
        });
        Change(cases, "boxes-hash-entry-for-nothing", fields => fields["boxes"] = Boxes(fields).Append(new CborFields { { "names", new[] { "NONE" } }, { "hash", new byte[32] } }).ToArray());
        cases.Add("boxes-hash-after-that-is-not-last", _ => Each(change: fields => fields["boxes"] = Boxes(fields).Prepend(new CborFields { { "names", new[] { "c2pa.after" } }, { "hash", new byte[32] } }).ToArray()).Embed(World.Jpeg));
        Change(cases, "boxes-hash-algorithm-sha1", fields => fields["alg"] = "sha1");
        Change(cases, "boxes-hash-algorithm-of-the-claim", fields => fields.Omit("alg"));
        cases.Change("boxes-hash-not-a-map", m => m.BoundBy(Assertion.CborBytes("c2pa.hash.boxes", [0x80])));
    }

    private static void Entries(RuleCases cases)
    {
        First(cases, "boxes-hash-entry-without-names", entry => entry.Omit("names"));
        First(cases, "boxes-hash-entry-with-no-name", entry => entry["names"] = Array.Empty<string>());
        First(cases, "boxes-hash-entry-with-a-name-that-is-no-text", entry => entry["names"] = new object[] { 1 });
        First(cases, "boxes-hash-entry-without-hash", entry => entry.Omit("hash"));
        First(cases, "boxes-hash-entry-hash-of-16-bytes", entry => entry["hash"] = ((byte[])entry["hash"]!)[..16]);
        First(cases, "boxes-hash-entry-algorithm-sha1", entry => entry.Add("alg", "sha1"));
        First(cases, "boxes-hash-entry-algorithm", entry => entry.Add("alg", "sha256"));
        First(cases, "boxes-hash-entry-pad-of-text", entry => entry["pad"] = "text"u8.ToArray());
        First(cases, "boxes-hash-entry-pad-of-zeros", entry => entry["pad"] = new byte[4]);
        Change(cases, "boxes-hash-store-hash-ignored", fields => Boxes(fields).First(entry => NameOf(entry) == "C2PA")["hash"] = new byte[32]);
        cases.Add("boxes-hash-another-box-called-c2pa", image => Each(fields => Boxes(fields).First()["names"] = new[] { "C2PA" }).Embed(image));
    }

    private static void Excluded(RuleCases cases)
    {
        cases.Add("boxes-hash-leaves-exif-out", image => Marked(DataHashCases.Exif(image), ExifName(image)));
        cases.Add("boxes-hash-leaves-exif-out-and-it-changed", image =>
        {
            SignedAsset asset = Marked(DataHashCases.Exif(image), ExifName(image));
            return asset.Bytes.FlipBit(DataHashCases.ExifOf(asset.Carrier, asset.Bytes).Start + (asset.Carrier is TestJpeg ? 20 : 12));
        });
        cases.Add("boxes-hash-leaves-the-picture-out", image => Marked(image, image is TestJpeg ? "SOS" : image is TestPng ? "IDAT" : "VP8L"));
        cases.Add("boxes-hash-leaves-tables-out", image => Marked(image, image is TestJpeg ? "DQT" : image is TestPng ? "IHDR" : "VP8X"));
        cases.Add("boxes-hash-excluded-that-is-no-flag", image => Each(change: fields => Boxes(fields).First()["excluded"] = 1).Embed(image));
        cases.Add("boxes-hash-excluded-false", image => Each(change: fields => Boxes(fields).First()["excluded"] = false).Embed(image));
    }

    private static void Exclusions(RuleCases cases)
    {
        // One entry for the header and the EXIF segment; the range lies inside the segment.
        void Exif(string name, Func<long, object[]> ranges, Func<Extent, Extent[]>? hashed = null) => cases.Add(name, _ =>
        {
            TestAsset image = DataHashCases.Exif(World.Jpeg);
            return World.Sound().BoundBy(Assertion.Cbor("c2pa.hash.boxes", c =>
            {
                var boxes = image.Boxes(c.Asset.Bytes);
                Extent exif = DataHashCases.ExifOf(image, c.Asset.Bytes);
                CborFields Entry(NamedBox box) => new() { { "names", new[] { box.Name } }, { "hash", box.Name == "C2PA" ? [0] : TestHash.Of(c.Algorithm, c.Asset.Bytes.AsSpan((int)box.Extent.Start, (int)box.Extent.Length)) }, { "pad", Array.Empty<byte>() } };
                CborFields[] entries = [.. boxes.Select(Entry)];
                int at = boxes.ToList().FindIndex(box => box.Extent == exif);
                var kept = new MemoryStream();
                long from = exif.Start;
                foreach (Extent range in hashed?.Invoke(exif) ?? [new(exif.Start + 10, exif.Length - 10)])
                {
                    kept.Write(c.Asset.Bytes.AsSpan((int)from, (int)(range.Start - from)));
                    from = range.End;
                }
                kept.Write(c.Asset.Bytes.AsSpan((int)from, (int)(exif.End - from)));
                entries[at]["hash"] = TestHash.Of(c.Algorithm, kept.ToArray());
                entries[at]["exclusions"] = ranges(exif.Length);
                return new CborFields { { "boxes", entries }, { "alg", "sha256" } };
            })).Embed(image);
        });
        static CborFields Range(long start, long length, int? box = null) => new CborFields { { "start", start }, { "length", length } }.AddIfPresent("boxIndex", box);

        Exif("boxes-hash-range", length => [Range(10, length - 10)]);
        Exif("boxes-hash-range-with-index", length => [Range(10, length - 10, 0)]);
        Exif("boxes-hash-range-with-an-index-of-no-box", length => [Range(10, length - 10, 1)]);
        Exif("boxes-hash-range-beyond-its-box", length => [Range(10, length - 9)]);
        Exif("boxes-hash-range-negative", length => [Range(-1, 4)]);
        Exif("boxes-hash-ranges-overlap", length => [Range(10, 11), Range(20, length - 20)]);
        Exif("boxes-hash-ranges-in-order", length => [Range(10, 10), Range(20, length - 20)]);
        cases.Add("boxes-hash-range-over-the-picture", image => World.Sound().BoundBy(HardBinding.Boxes(oneByOne: true, change: fields =>
        {
            CborFields picture = Boxes(fields).Last(entry => NameOf(entry) is "SOS" or "IDAT" or "VP8L");
            picture["exclusions"] = new object[] { Range(20, 1) };
        })).Embed(image));
        cases.Add("boxes-hash-range-without-index-in-several-boxes", image => World.Sound().BoundBy(HardBinding.Boxes(change: fields =>
            Boxes(fields).Last()["exclusions"] = new object[] { Range(0, 1) })).Embed(image));
    }

    private static ManifestBuilder Grouped() => World.Sound().BoundBy(HardBinding.Boxes());

    private static ManifestBuilder Each(Action<CborFields>? change = null) => World.Sound().BoundBy(HardBinding.Boxes(oneByOne: true, change: change));

    private static void Change(RuleCases cases, string name, Action<CborFields> change) => cases.Add(name, image => Each(change).Embed(image));

    private static void First(RuleCases cases, string name, Action<CborFields> change) => Change(cases, name, fields => change(Boxes(fields).First()));

    /// <summary>One box marked as excluded; its hash says nothing.</summary>
    private static SignedAsset Marked(TestAsset image, string name) => Each(fields =>
    {
        CborFields entry = Boxes(fields).Last(entry => NameOf(entry) == name);
        entry["excluded"] = true;
        entry["hash"] = (byte[])[0];
    }).Embed(image);

    /// <summary>Bytes behind the last box, in the entry that is for them.</summary>
    private static SignedAsset After(TestAsset image) => World.Sound().BoundBy(Assertion.Cbor("c2pa.hash.boxes", c =>
    {
        IReadOnlyList<NamedBox> boxes = c.Asset.Carrier.Boxes(c.Asset.Bytes);
        CborFields Entry(string name, Extent extent) => new() { { "names", new[] { name } }, { "hash", name == "C2PA" ? [0] : TestHash.Of(c.Algorithm, c.Asset.Bytes.AsSpan((int)extent.Start, (int)extent.Length)) }, { "pad", Array.Empty<byte>() } };
        long end = boxes[^1].Extent.End;
        CborFields[] entries = [.. boxes.Select(box => Entry(box.Name, box.Extent)), Entry("c2pa.after", new(end, c.Asset.Bytes.Length - end))];
        return new CborFields { { "boxes", entries }, { "alg", "sha256" } };
    })).Embed(DataHashCases.Trailing(image));

    /// <summary>In RIFF a store of odd length is followed by a pad byte, which is of the box and not of the store.</summary>
    private static SignedAsset OddStore(TestAsset image)
    {
        SignedAsset asset = Each().Cose(cose => cose.Padding = 64).Embed(image);
        return asset.StoreExtent.Length % 2 == 1 ? asset : Each().Cose(cose => cose.Padding = 65).Embed(image);
    }

    private static string ExifName(TestAsset image) => image is TestJpeg ? "APP1" : image is TestPng ? "eXIf" : "EXIF";

    private static IEnumerable<CborFields> Boxes(CborFields fields) => (IEnumerable<CborFields>)fields["boxes"]!;

    private static string NameOf(CborFields entry) => ((IReadOnlyList<string>)entry["names"]!)[0];
}
