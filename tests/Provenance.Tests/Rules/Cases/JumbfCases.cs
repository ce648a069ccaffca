using System.Buffers.Binary;
using Provenance.TestKit;

namespace Provenance.Tests.Rules.Cases;

/// <summary>Boxes: ISO 19566-5 and the shape of a store (C2PA 2.5 §11).</summary>
internal static class JumbfCases
{
    public static void Add(RuleCases cases)
    {
        Lengths(cases);
        Descriptions(cases);
        Shape(cases);
        Compression(cases);
    }

    private static void Lengths(RuleCases cases)
    {
        cases.Add("box-length-beyond-parent", image => World.Sound().Embed(image).BoxesChanged(store => store.Children[0].Changed = bytes => Length(bytes, 0x7FFFFFFF)));
        cases.Add("store-length-beyond-container", image => World.Sound().Embed(image).StoreChanged(bytes => Length(bytes, 0xFFFFFFFF)));
        cases.Add("store-length-short-of-container", image => World.Sound().Embed(image).StoreChanged(bytes => [.. bytes, 0, 0, 0, 0, 0, 0, 0, 8]));
        cases.Add("box-length-zero", image => World.Sound().Embed(image).BoxesChanged(store => store.Children[0].Changed = bytes => Length(bytes, 0)));
        cases.Add("box-length-seven", image => World.Sound().Embed(image).BoxesChanged(store => store.Children[0].Changed = bytes => Length(bytes, 7)));
        cases.Change("box-length-extended", m => m.Store(store => store.Children[0].Changed = Extended));
        cases.Add("box-description-absent", image => World.Sound().Embed(image).BoxesChanged(store => store.Children[0].Changed = bytes => Renamed(bytes, "jumx")));
        cases.Change("box-depth", m => m.WithBox(Nested(14)));
        cases.Change("box-depth-over-limit", m => m.WithBox(Nested(15)));
    }

    private static void Descriptions(RuleCases cases)
    {
        cases.Change("box-not-requestable", m => m.Manifest(manifest => manifest.Child("c2pa.assertions").Toggles = 0x02));
        cases.Change("box-without-label", m => m.WithBox(Box("cbor", "", box => box.Toggles = 0x01)));
        cases.Change("box-label-with-slash", m => m.WithBox(Box("cbor", "a/b")));
        cases.Change("box-label-with-control", m => m.WithBox(Box("cbor", "a\u0001b")));
        cases.Change("box-label-not-utf8", m => m.WithBox(Box("cbor", "ab", box => box.Changed = bytes => Replaced(bytes, "ab"u8, [0xC3, 0x28]))));
        cases.Change("box-private-unknown", m => m.WithBox(Box("cbor", "org.example", box => box.Private = [0, 0, 0, 24, .. "salt"u8, .. new byte[16]])));
        cases.Change("salt-of-16-bytes", m => m.With(Note().Salted(16)));
        cases.Change("salt-of-32-bytes", m => m.With(Note().Salted(32)));
        cases.Change("salt-of-5-bytes", m => m.With(Note().Salted(5)));
        cases.Add("salt-changed", image => World.Sound().With(Note().Salted()).Embed(image).BoxesChanged(store =>
        {
            TestBox note = store.Children[^1].Child("c2pa.assertions").Child("org.example.note");
            note.Private[^1] ^= 1;
        }));
    }

    private static void Shape(RuleCases cases)
    {
        cases.Change("manifest-of-older-type", m => m.ContentType("c2md"));
        cases.Change("manifest-of-unknown-type-is-skipped", m => m.Store(store => store.Children.Add(TestBox.Super("c2tm", "urn:c2pa:later", TestBox.Content("cbor", [0xA0])))));
        cases.Change("unknown-box-in-store", m => m.Store(store => store.Children.Insert(0, TestBox.Content("free", new byte[4]))));
        cases.Change("unknown-box-in-manifest", m => m.WithBox(TestBox.Super("cbor", "org.example.extra", TestBox.Content("cbor", [0xA0]))));
        cases.Change("boxes-in-another-order", m => m.Manifest(manifest => manifest.Children.Reverse()));
        cases.Change("manifest-without-label", m => m.Store(store => store.Children[0].Toggles = 0x01));
        cases.Change("manifest-label-that-is-no-urn", m => m.Labelled("4F2B9C0E-vendor"));
        cases.Add("manifest-labels-twice", image => World.Sound().Embed(image).BoxesChanged(store => store.Children.Insert(0, store.Children[0])));
        cases.Add("store-empty", image => World.Sound().Embed(image).BoxesChanged(store => store.Children.Clear()));
        cases.Add("store-label", image => World.Sound().Embed(image).BoxesChanged(store => store.Label = "c2pb"));
        cases.Add("active-is-the-last", image => World.Sound("last").CarryingAlong(World.Source("first", image)).Embed(image));
        cases.Add("active-unreadable", image => World.Sound("first").Embed(image)
            .BoxesChanged(store => store.Children.Add(TestBox.Super("c2cm", "urn:c2pa:last", TestBox.Content("brob", [1, 2, 3])))));
        cases.ChangeOld("credentials-and-data-boxes", m => m.WithCredential("did:example:someone", "{\"credentialSubject\": {\"id\": \"did:example:someone\"}}").WithDataBox("text/plain", "hi"u8.ToArray()));
    }

    private static void Compression(RuleCases cases)
    {
        static ManifestBuilder Compressed() => World.Sound().BoundBy(HardBinding.Boxes()).Compressed();
        static CaseFile Wrong(TestAsset image, Func<TestBox, byte[]> content) => Compressed().Embed(image).BoxesChanged(store =>
        {
            TestBox inner = store.Children[0].Inflated();
            store.Children[0].Children[0].Payload = content(inner);
        });

        cases.Add("compressed", image => Compressed().Embed(image));
        cases.Add("compressed-trailing-bytes", image => Wrong(image, inner => [.. ManifestBuilder.Brotli(inner.ToBytes()), 0]));
        cases.Add("compressed-trailing-box", image => Wrong(image, inner => ManifestBuilder.Brotli([.. inner.ToBytes(), 0, 0, 0, 8, .. "free"u8])));
        cases.Add("compressed-cut-short", image => Wrong(image, inner => ManifestBuilder.Brotli(inner.ToBytes())[..^3]));
        cases.Add("compressed-other-label", image => Wrong(image, inner =>
        {
            inner.Label += "x";
            return ManifestBuilder.Brotli(inner.ToBytes());
        }));
        cases.Add("compressed-assertion-store", image => Wrong(image, inner =>
        {
            inner.ContentType = TestBox.Uuid("c2as");
            return ManifestBuilder.Brotli(inner.ToBytes());
        }));
        cases.Add("compressed-twice", image => Wrong(image, inner => ManifestBuilder.Brotli(
            TestBox.Super("c2cm", inner.Label, TestBox.Content("brob", ManifestBuilder.Brotli(inner.ToBytes()))).ToBytes())));
        cases.Add("compressed-two-boxes", image => Compressed().Embed(image).BoxesChanged(store => store.Children[0].Children.Add(TestBox.Content("free", []))));
        cases.Add("compressed-bomb", image => Wrong(image, inner =>
        {
            inner.Children.Add(TestBox.Content("free", new byte[16 << 20]));
            return ManifestBuilder.Brotli(inner.ToBytes());
        }));
    }

    private static Assertion Note() => Assertion.Cbor("org.example.note", new CborFields { { "text", "hello" } });

    /// <summary>So many superboxes in each other, the outermost one beside the claim.</summary>
    private static TestBox Nested(int depth)
    {
        TestBox box = TestBox.Super("cbor", "org.example.depth", TestBox.Content("cbor", [0xA0]));
        for (int i = 1; i < depth; i++)
            box = TestBox.Super("cbor", "org.example.depth", box);
        return box;
    }

    private static TestBox Box(string type, string label, Action<TestBox>? change = null)
    {
        TestBox box = TestBox.Super(type, label, TestBox.Content("cbor", [0xA0]));
        change?.Invoke(box);
        return box;
    }

    private static byte[] Length(byte[] box, uint length)
    {
        BinaryPrimitives.WriteUInt32BigEndian(box, length);
        return box;
    }

    /// <summary>The same box with a length of 64 bits.</summary>
    private static byte[] Extended(byte[] box)
    {
        byte[] length = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(length, (ulong)box.Length + 8);
        return [0, 0, 0, 1, .. box[4..8], .. length, .. box[8..]];
    }

    /// <summary>Another type for the first box inside.</summary>
    private static byte[] Renamed(byte[] box, string type)
    {
        System.Text.Encoding.ASCII.GetBytes(type, box.AsSpan(12));
        return box;
    }

    private static byte[] Replaced(byte[] bytes, ReadOnlySpan<byte> old, ReadOnlySpan<byte> now)
    {
        now.CopyTo(bytes.AsSpan(bytes.AsSpan().IndexOf(old)));
        return bytes;
    }
}
