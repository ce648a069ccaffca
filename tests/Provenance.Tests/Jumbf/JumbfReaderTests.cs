using System.Buffers.Binary;
using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Jumbf;
using Xunit;

namespace Provenance.Tests.Jumbf;

public sealed class JumbfReaderTests
{
    private static readonly byte[] Small = TestBox.Super("cbor", "a", TestBox.Content("cbor", [0xA0])).ToBytes();

    [Fact]
    public void Every_byte_of_a_box_is_in_its_place()
    {
        var box = JumbfReader.Read(Small, Limits.Default);

        Assert.Equal("a", box.Label);
        Assert.True(box.Is(JumbfType.CborContent));
        Assert.Equal(Small.Length - 8, box.Payload.Length);
        var content = Assert.Single(box.Children);
        Assert.Equal((JumbfType.Cbor, Small.Length - 9L), (content.Type, content.Offset));
        Assert.Equal([0xA0], content.Payload.ToArray());
    }

    [Theory]
    [InlineData(0, 0, "to the end")]
    [InlineData(0, 7, "shorter than its header")]
    [InlineData(0, 1, "64 bits, which are the next 8 bytes")]
    [InlineData(0, 0xFFFFFFFF, "beyond the bytes")]
    [InlineData(8, 0, "a description to the end")]
    [InlineData(8, 7, "a description shorter than its header")]
    [InlineData(8, 0x7FFFFFFF, "a description beyond its box")]
    public void A_length_that_is_none_is_malformed(int at, uint length, string why)
    {
        byte[] bytes = [.. Small];
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at), length);
        Assert.False(string.IsNullOrEmpty(Assert.Throws<MalformedDataException>(() => JumbfReader.Read(bytes, Limits.Default)).Rule), why);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(15UL)]
    [InlineData(0UL)]
    public void A_length_of_64_bits_that_is_none_is_malformed(ulong length)
    {
        byte[] bytes = new byte[64];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, 1);
        "jumb"u8.CopyTo(bytes.AsSpan(4));
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), length);
        Assert.Throws<MalformedDataException>(() => JumbfReader.Read(bytes, Limits.Default));
    }

    [Fact]
    public void Every_cut_is_malformed()
    {
        for (int length = 0; length < Small.Length; length++)
            Assert.Throws<MalformedDataException>(() => JumbfReader.Read(Small.AsMemory(0, length), Limits.Default));
    }

    [Fact]
    public void A_byte_behind_the_box_is_malformed() => Assert.Throws<MalformedDataException>(() => JumbfReader.Read((byte[])[.. Small, 0], Limits.Default));

    [Fact]
    public void Boxes_nest_as_deep_as_the_limit_and_no_deeper()
    {
        Assert.Equal("b", JumbfReader.Read(Nested(Limits.Default.JumbfDepth), Limits.Default).Label);
        var fault = Assert.Throws<LimitExceededException>(() => JumbfReader.Read(Nested(Limits.Default.JumbfDepth + 1), Limits.Default));
        Assert.Equal(nameof(Limits.JumbfDepth), fault.Limit);
    }

    [Fact]
    public void Ten_thousand_boxes_in_each_other_end_at_the_limit() =>
        Assert.Throws<LimitExceededException>(() => JumbfReader.Read(Nested(10_000), Limits.Default));

    [Fact]
    public void Nesting_costs_no_call_stack()
    {
        // Far more than a stack of recursive calls would bear, with the limit out of the way.
        byte[] bytes = Nested(20_000);
        var worker = new Thread(() => JumbfReader.Read(bytes, Limits.Default with { JumbfDepth = 30_000 }), maxStackSize: 128 * 1024);
        worker.Start();
        worker.Join();
    }

    [Fact]
    public void A_box_has_as_many_children_as_the_limit_and_no_more()
    {
        static byte[] With(int count) => TestBox.Super("cbor", "a", [.. Enumerable.Repeat(TestBox.Content("free", []), count)]).ToBytes();
        Assert.Equal(Limits.Default.JumbfChildren, JumbfReader.Read(With(Limits.Default.JumbfChildren), Limits.Default).Children.Count);
        Assert.Throws<LimitExceededException>(() => JumbfReader.Read(With(Limits.Default.JumbfChildren + 1), Limits.Default));
    }

    [Fact]
    public void A_label_is_as_long_as_the_limit_and_no_longer()
    {
        static byte[] With(int length) => TestBox.Super("cbor", new string('l', length)).ToBytes();
        Assert.Equal(Limits.Default.JumbfLabelBytes, JumbfReader.Read(With(Limits.Default.JumbfLabelBytes), Limits.Default).Label!.Length);
        Assert.Throws<LimitExceededException>(() => JumbfReader.Read(With(Limits.Default.JumbfLabelBytes + 1), Limits.Default));
    }

    [Theory]
    [InlineData('/')]
    [InlineData(';')]
    [InlineData('?')]
    [InlineData('#')]
    [InlineData('\u001F')]
    [InlineData('\u007F')]
    [InlineData('\u009F')]
    [InlineData('\uFEFF')]
    [InlineData('\uFFFF')]
    [InlineData('\u202E')]
    public void A_label_has_none_of_the_characters_that_would_let_it_pass_for_another(char c) =>
        Assert.Throws<MalformedDataException>(() => JumbfReader.Read(TestBox.Super("cbor", $"a{c}b").ToBytes(), Limits.Default));

    [Theory]
    [InlineData("c2pa.assertions")]
    [InlineData("urn:c2pa:4F2B:vendor name")]
    [InlineData("größe")]
    [InlineData("\u00A0")]
    public void Other_labels_are_read_as_they_are(string label) => Assert.Equal(label, JumbfReader.Read(TestBox.Super("cbor", label).ToBytes(), Limits.Default).Label);

    [Fact]
    public void A_label_that_occurs_twice_leads_to_no_child()
    {
        var twice = JumbfReader.Read(TestBox.Super("c2as", "s", TestBox.Super("cbor", "a"), TestBox.Super("cbor", "b"), TestBox.Super("cbor", "a")).ToBytes(), Limits.Default);
        Assert.Null(twice.Child("a"));
        Assert.NotNull(twice.Child("b"));
        Assert.Null(twice.Child("B"));
    }

    private static byte[] Nested(int depth)
    {
        // Built from the inside by hand: a tree of this depth could not write itself.
        byte[] description = TestBox.Super("cbor", "b").ToBytes()[8..];
        byte[] bytes = new byte[depth * (8 + description.Length)];
        for (int i = 0; i < depth; i++)
        {
            int at = i * (8 + description.Length);
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at), (uint)(bytes.Length - at));
            "jumb"u8.CopyTo(bytes.AsSpan(at + 4));
            description.CopyTo(bytes, at + 8);
        }
        return bytes;
    }
}
