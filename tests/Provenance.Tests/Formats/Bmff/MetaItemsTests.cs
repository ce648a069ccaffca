using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Formats.Bmff;
using Xunit;
using static Provenance.TestKit.BmffWriter;

namespace Provenance.Tests.Formats.Bmff;

public sealed class MetaItemsTests
{
    private static async Task<IReadOnlyList<MetaItem>> ReadAsync(Limits? limits, params byte[][] children)
    {
        byte[] meta = Join(FullBox("meta", 0, 0, [FullBox("hdlr", 0, 0, new byte[20]), .. children]), new byte[5000]);
        var window = new ReadWindow(AssetSource.FromMemory(meta), CancellationToken.None);
        var box = await BoxSequence.Roots(window, new BoxBudget(Limits.Default)).NextAsync();
        return await MetaItems.ReadAsync(window, box!.Value, new BoxBudget(Limits.Default), limits ?? Limits.Default);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Every_version_of_the_table_of_places_is_read(byte version)
    {
        byte[] id = version < 2 ? U16(7) : U32(7), count = version < 2 ? U16(1) : U32(1), method = version == 0 ? [] : U16(0);
        var items = await ReadAsync(null, FullBox("iloc", version, 0, [0x44, 0x40], count, id, method, U16(0), U32(1000), U16(2), U32(5), U32(6), U32(50), U32(60)));
        var item = Assert.Single(items);
        Assert.Equal(7u, item.Id);
        Assert.Equal([new ByteRange(1005, 6), new ByteRange(1050, 60)], item.Extents);
    }

    [Fact]
    public async Task Fields_have_eight_bytes_or_none()
    {
        var items = await ReadAsync(null, FullBox("iloc", 1, 0, [0x80, 0x08], U16(1), U16(1), U16(0), U16(0), U16(1), U64(9), U64(1234)));
        // No length: to the end of the file. The index is read and not needed.
        Assert.Equal([ByteRange.FromTo(1234, items[0].Extents[0].End)], items[0].Extents);
        await Assert.ThrowsAsync<MalformedDataException>(() => ReadAsync(null, FullBox("iloc", 0, 0, [0x24, 0], U16(1), U16(1), U16(0), U16(1), U16(9), U32(4))));
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 0, 0)]
    [InlineData(2, 0, 0)]
    [InlineData(0, 1, 1)]
    public async Task Places_in_other_boxes_are_none_here_and_those_in_other_files_are(int method, int file, int expected) =>
        Assert.Equal(expected, (await ReadAsync(null, FullBox("iloc", 1, 0, [0x44, 0], U16(1), U16(1), U16(method), U16(file), U16(1), U32(5), U32(6))))[0].Extents.Count);

    [Fact]
    public async Task Kinds_are_read_from_their_table()
    {
        byte[] Kind(byte version, byte[] id, string type, params byte[][] more) => FullBox("infe", version, 0, [id, U16(0), FourCc(type), [0], .. more]);
        byte[] places = FullBox("iloc", 0, 0, [0x44, 0], U16(4), Join([.. Enumerable.Range(1, 4).Select(i => Join(U16(i), U16(0), U16(0)))]));
        var items = await ReadAsync(null, FullBox("iinf", 0, 0, U16(3), Kind(2, U16(1), "hvc1"), Kind(3, U32(2), "Exif"), Kind(2, U16(3), "mime", NulText("application/rdf+xml"))), places);
        Assert.Equal(["hvc1", "Exif", "mime", ""], items.Select(item => item.Type));
        Assert.Equal("application/rdf+xml", items[2].ContentType);
        Assert.Equal([true, false, false, true], items.Select(item => item.IsRendered));
    }

    [Fact]
    public async Task A_media_type_may_lack_its_zero()
    {
        byte[] kind = FullBox("infe", 2, 0, U16(1), U16(0), FourCc("mime"), [0], "text/x"u8.ToArray());
        var items = await ReadAsync(null, FullBox("iinf", 0, 0, U16(1), kind), FullBox("iloc", 0, 0, [0x44, 0], U16(1), U16(1), U16(0), U16(0)));
        Assert.Equal("text/x", items[0].ContentType);
    }

    [Fact]
    public async Task The_limit_of_places_holds()
    {
        byte[] Places(int count) => FullBox("iloc", 0, 0, [0x44, 0], U16(1), U16(1), U16(0), U16(count), Join([.. Enumerable.Repeat(Join(U32(1), U32(1)), count)]));
        var limits = Limits.Default with { ContainerParts = 10 };
        Assert.Equal(10, (await ReadAsync(limits, Places(10)))[0].Extents.Count);
        await Assert.ThrowsAsync<LimitExceededException>(() => ReadAsync(limits, Places(11)));
    }

    [Fact]
    public async Task A_table_that_ends_early_is_malformed() =>
        await Assert.ThrowsAsync<MalformedDataException>(() => ReadAsync(null, FullBox("iloc", 0, 0, [0x44, 0], U16(2), U16(1), U16(0), U16(1), U32(1), U32(1))));

    [Fact]
    public async Task Without_a_table_of_places_there_are_no_items() => Assert.Empty(await ReadAsync(null, FullBox("pitm", 0, 0, U16(1))));
}
