using System.Buffers.Binary;
using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Xunit;

namespace Provenance.Tests.Hostile;

/// <summary>Stores that no writer makes: too deep, too long, too many, or of lengths that are no lengths.</summary>
public sealed class StoreBombTests
{
    private const int SuperboxLength = 8 + 8 + 16 + 1 + 2;

    [Fact]
    public async Task Ten_thousand_superboxes_in_each_other() => await Bomb.AssertLimitAsync(nameof(Limits.JumbfDepth), Bomb.WithStore(Nested(10_000)));

    [Fact]
    public async Task A_hundred_thousand_assertions() => await Bomb.AssertLimitAsync(nameof(Limits.JumbfChildren), Bomb.Changed(store =>
        Manifest(store).Child("c2pa.assertions").Children.AddRange(Enumerable.Repeat(TestBox.Super("cbor", "a", TestBox.Content("cbor", [1])), 100_000))));

    [Fact]
    public async Task A_label_of_a_megabyte() => await Bomb.AssertLimitAsync(nameof(Limits.JumbfLabelBytes), Bomb.Changed(store => Manifest(store).Label = new string('x', 1 << 20)));

    [Fact]
    public async Task A_store_above_32_MiB() => await Bomb.AssertLimitAsync(nameof(Limits.StoreBytes), Bomb.WithStore(new byte[(32 << 20) + 1]));

    [Theory]
    [InlineData(512)]
    [InlineData(513)]
    public async Task Hundreds_of_manifests(int count)
    {
        byte[] file = Bomb.Changed(store => store.Children.InsertRange(0, Enumerable.Range(1, count - 1).Select(i => TestBox.Super("c2ma", $"m{i}", TestBox.Super("c2as", "c2pa.assertions")))));
        var report = await Bomb.SetOffAsync(file);

        Assert.Equal(count > 512 ? nameof(Limits.Manifests) : null, report.Error?.Limit);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(15UL)]
    [InlineData(1UL << 31)]
    [InlineData(1UL << 32)]
    [InlineData((1UL << 63) - 1)]
    [InlineData(1UL << 63)]
    [InlineData(ulong.MaxValue)]
    public async Task A_box_with_a_length_in_64_bits_that_is_none(ulong length)
    {
        byte[] box = new byte[64];
        BinaryPrimitives.WriteUInt32BigEndian(box, 1);
        "jumb"u8.CopyTo(box.AsSpan(4));
        BinaryPrimitives.WriteUInt64BigEndian(box.AsSpan(8), length);
        foreach (byte[] file in new[] { Bomb.WithStore(box), Bomb.Changed(store => Manifest(store).Changed = _ => box) })
        {
            var report = await Bomb.SetOffAsync(file);

            Assert.StartsWith("JUMBF", report.Error?.Structure, StringComparison.Ordinal);
            Bomb.AssertRefused(report);
        }
    }

    [Theory]
    [InlineData(0U)]
    [InlineData(2U)]
    [InlineData(7U)]
    [InlineData(0x7FFFFFFFU)]
    [InlineData(uint.MaxValue)]
    public async Task A_box_with_a_length_that_is_none(uint length)
    {
        foreach (string path in new[] { "", "c2pa.assertions", "c2pa.claim.v2", "c2pa.signature" })
        {
            byte[] Lie(byte[] box)
            {
                BinaryPrimitives.WriteUInt32BigEndian(box, length);
                return box;
            }
            var report = await Bomb.SetOffAsync(Bomb.Changed(store => (path.Length == 0 ? Manifest(store) : Manifest(store).Child(path)).Changed = Lie));

            Assert.Equal("JUMBF box", report.Error?.Structure);
            Bomb.AssertRefused(report);
        }
    }

    // Eight bytes are the least a box has, and a box in memory has many more.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_million_boxes_of_nothing(bool packed)
    {
        var empty = TestBox.Content("free", []);
        var group = TestBox.Super("c2vc", "g", [.. Enumerable.Repeat(empty, 4096)]);
        byte[] file = Bomb.Changed(store =>
        {
            // The noise keeps the ratio of packed to unpacked within its limit.
            var bulk = TestBox.Super("c2ma", "bulk", [TestBox.Content("free", Seeded.Bytes("noise", 80_000)), .. Enumerable.Repeat(group, 240)]);
            store.Children.Insert(0, packed ? TestBox.Super("c2cm", "bulk", TestBox.Content("brob", ManifestBuilder.Brotli(bulk.ToBytes()))) : bulk);
        });

        await Bomb.SetOffAsync(file);
    }

    private static TestBox Manifest(TestBox store) => store.Children.Last(child => child.IsSuperbox);

    internal static byte[] Nested(int depth)
    {
        byte[] store = new byte[depth * SuperboxLength];
        for (int level = 0; level < depth; level++)
        {
            var box = store.AsSpan(level * SuperboxLength);
            BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
            "jumb"u8.CopyTo(box[4..]);
            BinaryPrimitives.WriteInt32BigEndian(box[8..], SuperboxLength - 8);
            "jumd"u8.CopyTo(box[12..]);
            TestBox.Uuid("c2pa").CopyTo(box[16..]);
            box[32] = 3;
            box[33] = (byte)'a';
        }
        return store;
    }
}
