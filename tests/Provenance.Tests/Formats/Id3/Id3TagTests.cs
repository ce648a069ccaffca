using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Xunit;
using static Provenance.Tests.Formats.Id3.Tags;
using static Provenance.Tests.Formats.Sample;

namespace Provenance.Tests.Formats.Id3;

/// <summary>The tag before the sound, and the store in it.</summary>
public sealed class Id3TagTests
{
    /// <summary>A store with every pair that unsynchronisation touches, or must not.</summary>
    private static byte[] Awkward(byte last = 0x41)
    {
        byte[] store = Store(60);
        byte[] pairs = [0xFF, 0x00, 0xFF, 0x00, 0x00, 0xFF, 0xE0, 0xFF, 0xDF, 0xFF, 0xFF, 0xFF, 0x01, 0x00, 0xFF, 0xFB];
        pairs.CopyTo(store, 50);
        store[^1] = last;
        return store;
    }

    private static async Task AssertStoreAsync(byte[] file, byte[] store)
    {
        var map = await MapAsync(file);
        Assert.Null(map.StoreFault);
        Assert.Empty(map.Notes);
        Assert.Equal(store, Cut(file, Assert.Single(map.Stores).Payload));
    }

    private static async Task AssertFaultAsync(byte[] file, string rule)
    {
        var map = await MapAsync(file);
        Assert.Empty(map.Stores);
        Assert.Contains(rule, map.StoreFault!.Rule, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    [InlineData(4, true)]
    public async Task The_extent_is_the_object_and_the_payload_leaves_stuffing_out(int version, bool isUnsynchronised)
    {
        foreach (byte last in new byte[] { 0x41, 0xFF })
        {
            byte[] store = Awkward(last);
            var kit = TestMp3.With(new() { Version = version, Unsynchronised = isUnsynchronised, Encoding = version == 4 ? 2 : 1, ExtendedHeader = version > 2, Padding = 30 })
                with
            { FramesBehind = [("TPE1", [0, .. "kit"u8])] };
            var embedding = kit.Embed(store);
            var map = await MapAsync(embedding.Bytes);
            var found = Assert.Single(map.Stores);
            Assert.Equal(store, Cut(embedding.Bytes, found.Payload));
            Assert.Equal(embedding.Pieces.Select(piece => new ByteRange(piece.FileOffset, piece.Length)), found.Payload);
            // The 00 behind a last FF goes with it: nothing but the object may be read out of the excluded bytes.
            Assert.Equal([new ByteRange(embedding.Extent.Start, embedding.Extent.Length)], found.Extent);
            Assert.Equal(isUnsynchronised, found.Payload.Count > 1);
            Assert.Empty(map.Notes);
            Assert.Equal(embedding.Bytes.Length, map.Regions[^1].Range.End);
        }
    }

    [Fact]
    public async Task Stuffing_behind_the_last_byte_of_a_whole_tag_goes_with_it()
    {
        byte[] store = Awkward(0xFF);
        byte[] frames = TestId3.Unsynchronise(Geob(3, store), out _);
        byte[] file = [.. "ID3\x03\0"u8, 0x80, .. Syncsafe(frames.Length), .. frames, .. Mpeg];
        var map = await MapAsync(file);
        Assert.Equal(store, Cut(file, Assert.Single(map.Stores).Payload));
        Assert.Equal(10 + frames.Length, map.Stores[0].Extent[0].End);
    }

    [Theory]
    [InlineData("application/c2pa", true)]
    [InlineData("application/x-c2pa-manifest-store", true)]
    [InlineData("Application/C2PA", true)]
    [InlineData("application/c2p", false)]
    [InlineData("application/c2paa", false)]
    [InlineData("application/jumbf", false)]
    [InlineData("", false)]
    public async Task The_object_is_told_by_its_media_type(string type, bool isStore)
    {
        var map = await MapAsync(Mp3(4, Geob(4, Store(), type: type)));
        Assert.Equal(isStore ? 1 : 0, map.Stores.Count);
        Assert.Null(map.StoreFault);
    }

    [Theory]
    [InlineData(3, 127)]
    [InlineData(3, 128)]
    [InlineData(3, 70_000)]
    [InlineData(4, 127)]
    [InlineData(4, 128)]
    [InlineData(4, 70_000)]
    public async Task Sizes_have_eight_bits_a_byte_until_2_3_and_seven_since(int version, int length) =>
        await AssertStoreAsync(Mp3(version, Frame(version, "TXXX", new byte[length]), Geob(version, Store(300))), Store(300));

    [Fact]
    public async Task A_size_of_eight_bits_a_byte_in_2_4_hides_no_store()
    {
        byte[] plain = [.. "TXXX"u8, .. Big(200), 0, 0, .. new byte[200]];
        await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(Mp3(4, plain, Geob(4, Store()))));
        Assert.Contains("seven bits", Assert.Single((await MapAsync(Mp3(4, plain))).Notes).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x7F, false)]
    [InlineData(0x80, true)]
    public async Task A_tag_size_has_seven_bits_a_byte(byte first, bool isDamaged)
    {
        byte[] file = Mp3(4, Frame(4, "TIT2", [3, 65]), Geob(4, Store()));
        file[6] = first;
        if (isDamaged)
        {
            await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(file));
            return;
        }
        // Longer than the file: the store is there all the same, and what follows it is no frame.
        var map = await MapAsync(file);
        Assert.Single(map.Stores);
        Assert.NotEmpty(map.Notes);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_store_that_reaches_behind_its_tag_is_a_fault(int version)
    {
        byte[] file = Mp3(version, Geob(version, Store()));
        Assert.Single((await MapAsync(file)).Stores);
        file[10 + 7]++;
        await AssertFaultAsync(file, "behind the end of its tag");
        file[10 + 4] = 0x7F;
        await AssertFaultAsync(file, "behind the end of its tag");
    }

    [Fact]
    public async Task Another_frame_that_reaches_behind_its_tag_hides_no_store()
    {
        byte[] overlong = [.. "TIT2"u8, .. Syncsafe(4000), 0, 0];
        await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(Mp3(4, overlong, Geob(4, Store()))));
        Assert.Single((await MapAsync(Mp3(4, Geob(4, Store()), overlong))).Stores);
    }

    [Fact]
    public async Task Two_stores_are_two()
    {
        Assert.Equal(2, (await MapAsync(Mp3(4, Geob(4, Store()), Geob(4, Store())))).Stores.Count);
        byte[] tag = Tag(4, 0, Geob(4, Store()));
        Assert.Equal(2, (await MapAsync([.. tag, .. tag, .. Mpeg])).Stores.Count);
        Assert.Equal(2, (await MapAsync([.. tag, .. Tag(3, 0, Geob(3, Store())), .. Mpeg])).Stores.Count);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public async Task Text_encodings_are_0_to_3(byte encoding, bool isSound)
    {
        byte[] file = Mp3(4, Frame(4, "GEOB", Object(Store(), encoding: encoding)));
        if (isSound)
            await AssertStoreAsync(file, Store());
        else
            await AssertFaultAsync(file, "text encoding");
    }

    [Fact]
    public async Task Names_that_do_not_end_are_a_fault()
    {
        byte[] ended = [3, .. "application/c2pa\0name\0"u8, .. Enumerable.Repeat((byte)'x', 4096 - 24), 0];
        await AssertStoreAsync(Mp3(4, Frame(4, "GEOB", [.. ended[..^2], 0, .. Store()])), Store());
        await AssertFaultAsync(Mp3(4, Frame(4, "GEOB", [.. ended[..^1], (byte)'x', (byte)'x', 0, .. Store()])), "terminating zero");
        await AssertFaultAsync(Mp3(4, Frame(4, "GEOB", [1, .. "application/c2pa\0a"u8])), "expected");
    }

    [Fact]
    public async Task An_empty_object_is_a_fault() => await AssertFaultAsync(Mp3(4, Geob(4, [])), "empty");

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(-1, false)]
    public async Task A_data_length_indicator_tells_the_length_without_stuffing(int more, bool isSound)
    {
        byte[] content = Object(Awkward());
        byte[] stuffed = TestId3.Unsynchronise(content, out _);
        byte[] file = Mp3(4, Frame(4, "GEOB", [.. Syncsafe(content.Length + more), .. stuffed], 0x03));
        if (isSound)
            await AssertStoreAsync(file, Awkward());
        else
            await AssertFaultAsync(file, "data length indicator");
    }

    [Theory]
    [InlineData(3, 0x20, 1)]
    [InlineData(4, 0x40, 1)]
    [InlineData(4, 0x41, 5)]
    public async Task What_flags_put_before_the_content_is_no_part_of_it(int version, byte flags, int prefix)
    {
        byte[] content = Object(Store());
        byte[] before = prefix == 1 ? [0x80] : [0x80, .. Syncsafe(content.Length)];
        await AssertStoreAsync(Mp3(version, Frame(version, "GEOB", [.. before, .. content], flags)), Store());
    }

    [Theory]
    [InlineData(3, 0x80)]
    [InlineData(4, 0x09)]
    public async Task A_compressed_store_is_a_fault(int version, byte flags)
    {
        byte[] length = version == 3 ? Big((uint)Object(Store()).Length) : Syncsafe(Object(Store()).Length);
        await AssertFaultAsync(Mp3(version, Frame(version, "GEOB", [.. length, .. Deflated(Object(Store()))], flags)), "compressed");
        foreach (byte[] other in new[] { Deflated(Object(Store(), "text/plain")), Deflated([]), Store(), [] })
            Assert.Null((await MapAsync(Mp3(version, Frame(version, "GEOB", [.. length, .. other], flags)))).StoreFault);
    }

    [Theory]
    [InlineData(3, 0x40)]
    [InlineData(4, 0x04)]
    public async Task An_encrypted_object_is_noted(int version, byte flags)
    {
        var map = await MapAsync(Mp3(version, Frame(version, "GEOB", [0x80, .. Store()], flags)));
        Assert.Empty(map.Stores);
        Assert.Contains("encrypted", Assert.Single(map.Notes).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "00000006 0000 00000000", true)]
    [InlineData(3, "0000000A 8000 00000000 12345678", true)]
    [InlineData(3, "7FFFFFFF 0000 00000000", false)]
    [InlineData(4, "00000006 0100", true)]
    [InlineData(4, "0000000C 0120 05 0102030405", true)]
    [InlineData(4, "00000005 0100", false)]
    [InlineData(4, "00000080 0100", false)]
    public async Task An_extended_header_is_passed_over(int version, string hex, bool isSound)
    {
        byte[] header = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        byte[] file = [.. Tag(version, 0x40, header, Geob(version, Store())), .. Mpeg];
        if (isSound)
            await AssertStoreAsync(file, Store());
        else
            await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(file));
    }

    [Fact]
    public async Task Padding_is_zeros()
    {
        byte[] padding = new byte[100];
        Assert.Empty((await MapAsync(Mp3(4, Frame(4, "TIT2", [3, 65]), padding))).Notes);
        padding[^1] = 1;
        Assert.Contains("padding", Assert.Single((await MapAsync(Mp3(4, Frame(4, "TIT2", [3, 65]), padding))).Notes).Text, StringComparison.Ordinal);
        await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(Mp3(4, [0], Geob(4, Store()))));
    }

    [Theory]
    [InlineData("TIT2", true)]
    [InlineData("TIt2", false)]
    [InlineData("TT2 ", false)]
    public async Task Frame_ids_have_capitals_and_digits(string id, bool isSound)
    {
        byte[] file = Mp3(4, Frame(4, id, [3, 65]), Geob(4, Store()));
        if (isSound)
            await AssertStoreAsync(file, Store());
        else
            await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(file));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public async Task Versions_are_2_to_4(int version, bool isKnown)
    {
        byte[] geo = [.. "GEO\0\0"u8, (byte)Object(Store()).Length, .. Object(Store())];
        byte[] file = Mp3(version, version <= 2 ? geo : Geob(4, Store()));
        if (isKnown)
            await AssertStoreAsync(file, Store());
        else
            await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(file));
        Assert.NotEmpty((await MapAsync(Mp3(version, version <= 2 ? geo[..6] : Geob(4, [])))).Regions);
    }

    [Fact]
    public async Task A_compressed_tag_of_2_2_is_passed_over_in_no_silence()
    {
        byte[] file = [.. Tag(2, 0x40, [1, 2, 3, 4, 5]), .. Mpeg];
        Assert.Contains("compressed", Assert.Single((await MapAsync(file)).Notes).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tag_longer_than_the_file_is_noted()
    {
        byte[] tag = Tag(4, 0, Geob(4, Store()), new byte[20]);
        Assert.Empty((await MapAsync(tag)).Notes);
        var map = await MapAsync(tag[..^1]);
        Assert.Single(map.Stores);
        Assert.Contains("the file ends", Assert.Single(map.Notes).Text, StringComparison.Ordinal);
        await AssertFaultAsync(Tag(4, 0, Geob(4, Store()))[..^1], "behind the end of its tag");
    }

    [Fact]
    public async Task A_footer_belongs_to_the_tag()
    {
        byte[] tag = Tag(4, 0x10, Geob(4, Store()));
        byte[] file = [.. tag, .. "3DI"u8, .. tag[3..10], .. Mpeg, .. Mpeg];
        var map = await MapAsync(file);
        Assert.Equal(["ID3", "GEOB", "GEOB", "footer", "MPEG audio"], map.Regions.Select(region => region.Name));
    }

    [Fact]
    public async Task Regions_say_what_frames_are()
    {
        var map = await MapAsync([.. Mp3(4, Frame(4, "TIT2", [3, 65]), Frame(4, "APIC", [0]), Geob(4, Store()), Geob(4, [1], type: "a/b"), Frame(4, "PRIV", "XMP\0<x/>"u8.ToArray()), Frame(4, "RVA2", [0]), new byte[5]), .. "TAG"u8, .. new byte[125]]);
        Assert.Equal(
            [
                ("ID3", RegionKind.Structure), ("TIT2", RegionKind.OtherMetadata), ("APIC", RegionKind.Media), ("GEOB", RegionKind.Structure), ("GEOB", RegionKind.ManifestStore),
                ("GEOB", RegionKind.OtherMetadata), ("PRIV", RegionKind.Xmp), ("RVA2", RegionKind.Unknown), ("padding", RegionKind.Structure), ("MPEG audio", RegionKind.Media),
                ("ID3v1", RegionKind.OtherMetadata),
            ],
            map.Regions.Select(region => (region.Name, region.Kind)));
        Assert.Equal("<x/>"u8.ToArray(), map.Xmp!.Value.ToArray());
    }

    [Fact]
    public async Task The_limit_of_parts_holds_for_tags_and_frames()
    {
        byte[] file = [.. Tag(4, 0, Frame(4, "TIT2", [3, 65])), .. Tag(4, 0), .. Tag(4, 0, Geob(4, Store())), .. Mpeg];
        Assert.Single((await MapAsync(file, new Limits { ContainerParts = 5 })).Stores);
        await Assert.ThrowsAsync<LimitExceededException>(() => MapAsync(file, new Limits { ContainerParts = 4 }));
    }

    [Fact]
    public async Task The_limit_of_parts_holds_for_the_pieces_of_a_store()
    {
        byte[] file = [.. Tag(4, 0x80, Frame(4, "GEOB", [3, .. "application/c2pa\0\0\0"u8, 1, 0xFF, 0, 2, 0xFF, 0, 3])), .. Mpeg];
        Assert.Equal(3, Assert.Single((await MapAsync(file, new Limits { ContainerParts = 3 })).Stores).Payload.Count);
        await Assert.ThrowsAsync<LimitExceededException>(() => MapAsync(file, new Limits { ContainerParts = 2 }));
    }

    [Fact]
    public async Task A_tag_of_nothing_but_FF_costs_no_time()
    {
        byte[] frame = Frame(4, "TXXX", Enumerable.Repeat((byte)0xFF, 8 << 20).ToArray(), 0x02);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.Single((await MapAsync(Mp3(4, frame, Geob(4, Store())))).Stores);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }
}
