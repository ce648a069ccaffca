using System.Buffers.Binary;
using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Xunit;
using static Provenance.Tests.Formats.Sample;

namespace Provenance.Tests.Formats.Ogg;

public sealed class OggFormatTests
{
    private const byte Continued = 1, First = 2, Last = 4;

    private static byte[] Packet(byte[] store) => [.. "\0c2pa"u8, .. store];

    /// <summary>A page of whole or cut packets; the lacing follows from their lengths, the last one open where it is cut.</summary>
    private static byte[] Page(uint serial, int sequence, byte flags, byte[] data, bool isCut = false) => TestOgg.Page(flags, 0, serial, sequence, Lacing(data.Length, isCut), data);

    private static byte[] Lacing(int length, bool isCut) => [.. Enumerable.Repeat((byte)255, length / 255), .. isCut ? Array.Empty<byte>() : [(byte)(length % 255)]];

    private static byte[] Opus(uint serial = 1) => Page(serial, 0, First, [.. "OpusHead"u8, .. new byte[11]]);

    private static byte[] Sound(uint serial = 1, int sequence = 1, byte flags = 0) => Page(serial, sequence, flags, [1, 2, 3]);

    private static byte[] StorePage(uint serial = 2) => Page(serial, 0, First | Last, Packet(Store()));

    private static async Task AssertStoreAsync(byte[] file, byte[] store)
    {
        var map = await MapAsync(file);
        Assert.Null(map.StoreFault);
        Assert.Equal(store, Cut(file, Assert.Single(map.Stores).Payload));
    }

    private static async Task AssertFaultAsync(byte[] file, string rule)
    {
        var map = await MapAsync(file);
        Assert.Empty(map.Stores);
        Assert.Contains(rule, map.StoreFault!.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_extent_is_whole_pages_and_the_payload_what_follows_the_identifier()
    {
        byte[] file = Join(StorePage(), Opus(), Sound());
        var map = await MapAsync(file);
        var store = Assert.Single(map.Stores);
        Assert.Equal([new ByteRange(0, StorePage().Length)], store.Extent);
        Assert.Equal(Store(), Cut(file, store.Payload));
        Assert.Empty(map.Notes);
        Assert.Equal([("C2PA stream", RegionKind.ManifestStore), ("pages", RegionKind.Media)], map.Regions.Select(region => (region.Name, region.Kind)));
    }

    [Theory]
    [InlineData(249)] // 254 bytes with the identifier: one segment
    [InlineData(250)] // 255: one more, of none
    [InlineData(251)]
    [InlineData(65_020)] // 255 segments, the last of them not full
    public async Task A_packet_ends_with_a_segment_that_is_not_full(int length)
    {
        byte[] store = Store(length - Store(0).Length);
        byte[][] pages = [.. TestOgg.Pages([Packet(store)], 2, 255, _ => 0)];
        await AssertStoreAsync([.. Join(pages), .. Opus(), .. Sound()], store);
    }

    [Fact]
    public async Task A_packet_goes_on_from_page_to_page()
    {
        byte[] packet = Packet(Store(600));
        byte[] first = Page(2, 0, First, packet[..255], isCut: true), second = Page(2, 1, Continued, packet[255..510], isCut: true), third = Page(2, 2, Continued | Last, packet[510..]);
        byte[] file = Join(Opus(), first, Sound(), second, third, Sound(1, 2));
        await AssertStoreAsync(file, Store(600));
        var map = await MapAsync(file);
        Assert.Equal(2, map.Stores[0].Extent.Count);
        Assert.Equal(3, map.Stores[0].Payload.Count);
        Assert.Equal(["pages", "C2PA stream", "pages", "C2PA stream", "pages"], map.Regions.Select(region => region.Name));
        await AssertFaultAsync(Join(Opus(), first, second, Sound()), "does not end");
        await AssertFaultAsync(Join(Opus(), first, third, Sound()), "page 1 expected, 2 found");
        await AssertFaultAsync(Join(Opus(), first, third, second, Sound()), "page 1 expected, 2 found");
        await AssertFaultAsync(Join(Opus(), first, Page(2, 1, 0, packet[255..510], isCut: true), third), "does not go on");
        await AssertFaultAsync(Join(Opus(), Page(2, 0, First | Continued, packet[..255], isCut: true), second, third), "continues a packet");
        await AssertFaultAsync(Join(Opus(), Page(2, 0, 0, packet[..255], isCut: true), second, third), "not marked");
    }

    [Fact]
    public async Task A_packet_of_full_segments_ends_on_a_page_of_its_own()
    {
        byte[] store = Store(505 - Store(0).Length), packet = Packet(store);
        byte[] first = Page(2, 0, First, packet, isCut: true);
        await AssertStoreAsync(Join(first, TestOgg.Page(Continued | Last, 0, 2, 1, [0], []), Opus()), store);
        await AssertFaultAsync(Join(first, TestOgg.Page(Continued | Last, 0, 2, 1, [], []), Opus()), "does not end");
    }

    [Fact]
    public async Task Nothing_but_the_store_stands_in_its_pages()
    {
        byte[] open = Page(2, 0, First, Packet(Store()));
        await AssertStoreAsync(Join(open, Opus(), TestOgg.Page(Last, 0, 2, 1, [], [])), Store());
        await AssertStoreAsync(Join(open, Opus(), TestOgg.Page(Last, 0, 2, 1, [0], [])), Store());
        await AssertFaultAsync(Join(open, Opus(), Page(2, 1, Last, [1])), "more than the packet");
        byte[] packet = Packet(Store());
        await AssertFaultAsync(Join(TestOgg.Page(First | Last, 0, 2, 0, [(byte)packet.Length, 1], [.. packet, 1]), Opus()), "more than the packet");
        await AssertFaultAsync(Join(StorePage(), Opus(), TestOgg.Page(0, 0, 2, 1, [], [])), "follows the stream's last");
    }

    [Fact]
    public async Task A_serial_number_stands_for_one_stream()
    {
        await AssertFaultAsync(Join(StorePage(), Opus(2), Sound(2)), "second stream");
        await AssertFaultAsync(Join(Opus(2), Sound(2, 1, Last), StorePage()), "second stream");
        // Chained streams of sound may share one: the box of that name holds both.
        Assert.Single((await MapAsync(Join(StorePage(), Opus(), Sound(1, 1, Last), Opus(), Sound()))).Stores);
    }

    [Fact]
    public async Task Two_stores_are_two()
    {
        Assert.Equal(2, (await MapAsync(Join(StorePage(), StorePage(3), Opus()))).Stores.Count);
        Assert.Equal(2, (await MapAsync(Join(StorePage(), Opus(), Sound(1, 1, Last), StorePage(3), Opus(4)))).Stores.Count);
    }

    [Fact]
    public async Task A_stream_that_begins_otherwise_is_none_of_a_store()
    {
        Assert.Empty((await MapAsync(Join(Page(2, 0, First | Last, [.. "\0c2p"u8]), Opus()))).Stores);
        Assert.Empty((await MapAsync(Join(Page(2, 0, First | Last, [.. "c2pa"u8, .. Store()]), Opus()))).Stores);
        Assert.Empty((await MapAsync(Join(Opus(), Page(1, 1, 0, Packet(Store()))))).Stores);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task A_store_has_at_least_one_byte(int length, bool isStore)
    {
        byte[] file = Join(Page(2, 0, First | Last, Packet(new byte[length])), Opus());
        if (isStore)
            Assert.Single((await MapAsync(file)).Stores);
        else
            await AssertFaultAsync(file, "empty");
    }

    [Fact]
    public async Task A_store_page_of_wrong_checksum_is_one_that_players_look_into()
    {
        byte[] page = StorePage();
        Assert.Single((await MapAsync(Join(page, Opus()))).Stores);
        page[22] ^= 1;
        await AssertFaultAsync(Join(page, Opus()), "checksum");
    }

    [Fact]
    public async Task What_is_no_page_ends_the_container()
    {
        byte[] file = Join(StorePage(), Opus(), Sound());
        var map = await MapAsync([.. file, .. "TAG"u8, .. Sound(1, 2)]);
        Assert.Single(map.Stores);
        Assert.Contains("OggS", Assert.Single(map.Notes).Text, StringComparison.Ordinal);
        Assert.Equal(("behind the damage", RegionKind.Unknown), (map.Regions[^1].Name, map.Regions[^1].Kind));
        // A store behind the damage is not passed over in silence.
        await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(Join(Opus(), [0], StorePage())));
        Assert.Empty((await MapAsync(Join(Opus(), [0], Sound()))).Stores);
    }

    [Fact]
    public async Task A_page_longer_than_the_file_is_damage()
    {
        byte[] file = Join(Opus(), StorePage());
        Assert.Single((await MapAsync(file)).Stores);
        await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(file[..^1]));
        byte[] packet = Packet(Store(600));
        await AssertFaultAsync(Join(Opus(), Page(2, 0, First, packet[..255], isCut: true), Page(2, 1, Continued, packet[255..]))[..^1], "does not end");
    }

    [Theory]
    [InlineData("OpusHead", "audio/ogg")]
    [InlineData("\u0001vorbis", "audio/ogg")]
    [InlineData("\u007FFLAC", "audio/ogg")]
    [InlineData("Speex   ", "audio/ogg")]
    [InlineData("\u0080theora", "video/ogg")]
    [InlineData("BBCD", "video/ogg")]
    [InlineData("OVP80", "video/ogg")]
    [InlineData("fishead", "application/ogg")]
    public async Task The_media_type_follows_from_the_first_packets(string identifier, string expected)
    {
        byte[] head = Page(7, 0, First, [.. System.Text.Encoding.Latin1.GetBytes(identifier), .. new byte[20]]);
        Assert.Equal(expected, (await MapAsync(head)).MediaType);
        Assert.Equal(expected, (await MapAsync(Join(StorePage(), head))).MediaType);
        if (expected == "video/ogg")
            Assert.Equal(expected, (await MapAsync(Join(Opus(), head))).MediaType);
    }

    [Fact]
    public async Task Boxes_are_streams_in_the_order_of_their_first_pages()
    {
        byte[] packet = Packet(Store(600));
        byte[] file = Join(
            Opus(uint.MaxValue), Page(2, 0, First, packet[..255], isCut: true), Opus(7), Sound(uint.MaxValue), Page(2, 1, Continued | Last, packet[255..]), Sound(7), Sound(7, 2), Sound(uint.MaxValue, 2));
        var boxes = await BoxesAsync(file);
        Assert.Equal(["Stream-4294967295", "C2PA", "Stream-7"], boxes.Select(box => box.Name));
        Assert.Equal([3, 2, 2], boxes.Select(box => box.Pieces!.Count));
        Assert.Equal(file, Cut(file, boxes.SelectMany(box => box.Pieces!).OrderBy(range => range.Offset)));
        Assert.Equal(ByteRange.FromTo(0, file.Length), boxes[0].Range);
        // Streams that are whole have no pieces, and what is no page is in no box.
        boxes = await BoxesAsync([.. StorePage(), .. Opus(), .. Sound(), 0]);
        Assert.All(boxes, box => Assert.Null(box.Pieces));
        Assert.Equal(["C2PA", "Stream-1"], boxes.Select(box => box.Name));
    }

    [Fact]
    public async Task The_limit_of_parts_holds_for_streams_and_pages_of_a_store_but_not_for_those_of_sound()
    {
        byte[] packet = Packet(Store(600));
        byte[] file = Join(Opus(), Page(2, 0, First, packet[..255], isCut: true), Page(2, 1, Continued, packet[255..]), Sound(1, 1), Sound(1, 2), Sound(1, 3));
        Assert.Single((await MapAsync(file, new Limits { ContainerParts = 2 })).Stores);
        await Assert.ThrowsAsync<LimitExceededException>(() => MapAsync(file, new Limits { ContainerParts = 1 }));
        await Assert.ThrowsAsync<LimitExceededException>(() => MapAsync(Join(Opus(), Opus(2), Opus(3)), new Limits { ContainerParts = 2 }));
        Assert.Equal(2, (await BoxesAsync(Join(Opus(), Opus(2), Sound()), new Limits { ContainerParts = 3 })).Count);
        await Assert.ThrowsAsync<LimitExceededException>(() => BoxesAsync(Join(Opus(), Opus(2), Sound()), new Limits { ContainerParts = 2 }));
    }

    [Fact]
    public async Task Sound_is_not_read()
    {
        byte[] big = new byte[255 * 255];
        byte[] file = Join(StorePage(), Opus(), Join([.. Enumerable.Range(1, 100).Select(i => Page(1, i, 0, big, isCut: true))]));
        var source = new CountingSource(file);
        Assert.Single((await AssetFormats.Find(file)!.MapAsync(source, Limits.Default, CancellationToken.None)).Stores);
        Assert.InRange(source.BytesRead, 1, file.Length / 10);
    }

    [Theory]
    [InlineData("OggS\0", true)]
    [InlineData("OggS\u0001", false)]
    [InlineData("OggT\0", false)]
    [InlineData("OggS", false)]
    public void Pages_of_version_0_are_Ogg(string head, bool isOgg) => Assert.Equal(isOgg, AssetFormats.Find(Ascii(head))?.Name == "Ogg");

    [Fact]
    public async Task A_serial_number_is_little_endian()
    {
        byte[] head = Opus(1);
        Assert.Equal(1u, BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(14)));
        Assert.Equal("Stream-1", Assert.Single(await BoxesAsync(head)).Name);
    }
}
