using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Xunit;
using static Provenance.Tests.Formats.Sample;

namespace Provenance.Tests.Formats.Midi;

public sealed class MidiFormatTests
{
    private static byte[] End { get; } = [0, 0xFF, 0x2F, 0];

    private static byte[] Note { get; } = [0, 0x90, 60, 100];

    private static byte[] StoreEvent { get; } = [0, 0xFF, 0x7F, .. TestMidi.Number(Store().Length + 3), 0x00, 0x43, 0x32, .. Store()];

    private static byte[] Header(int format, int tracks) => TestMidi.Chunk("MThd"u8, [0, (byte)format, 0, (byte)tracks, 0, 96]);

    private static byte[] Track(params byte[][] events) => TestMidi.Chunk("MTrk"u8, Join(events));

    /// <summary>A file of format 0 with these events, a store and the end behind them.</summary>
    private static byte[] Midi(params byte[][] events) => Join(Header(0, 1), Track([.. events, StoreEvent, End]));

    private static async Task AssertStoreAsync(byte[] file)
    {
        var map = await MapAsync(file);
        Assert.Null(map.StoreFault);
        Assert.Empty(map.Notes);
        Assert.Equal(Store(), Cut(file, Assert.Single(map.Stores).Payload));
        Assert.Equal(map.Stores[0].Payload, map.Stores[0].Extent);
    }

    [Theory]
    [InlineData(0, 1, 0, true)]
    [InlineData(1, 1, 0, true)]
    [InlineData(1, 3, 2, true)]
    [InlineData(1, 3, 1, false)]
    [InlineData(1, 3, 0, false)]
    [InlineData(2, 1, 0, true)]
    [InlineData(2, 3, 0, true)]
    [InlineData(2, 3, 2, false)]
    public async Task A_store_has_its_place_in_one_track(int format, int tracks, int track, bool isPlace)
    {
        byte[] file = Join(Header(format, tracks), Join([.. Enumerable.Range(0, tracks).Select(i => i == track ? Track(Note, StoreEvent, End) : Track(Note, End))]));
        if (isPlace)
        {
            await AssertStoreAsync(file);
            return;
        }
        var map = await MapAsync(file);
        Assert.Empty(map.Stores);
        Assert.Contains("A.3.6.1", map.StoreFault!.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_stores_are_two_wherever_they_stand()
    {
        Assert.Equal(2, (await MapAsync(Midi(StoreEvent))).Stores.Count);
        Assert.Equal(2, (await MapAsync(Midi(StoreEvent, StoreEvent))).Stores.Count);
        Assert.Equal(2, (await MapAsync(Join(Header(1, 2), Track(StoreEvent, End), Track(StoreEvent, End)))).Stores.Count);
    }

    [Theory]
    [InlineData("00 90 3C 64 00 3C 00")] // running status
    [InlineData("00 90 3C 64 00 FF 01 01 41 00 3C 00")] // across a meta event
    [InlineData("00 C0 05 00 06")] // one byte of data
    [InlineData("00 D0 05 00 E0 00 40 00 B0 07 7F 00 A0 3C 01 00 80 3C 00")]
    [InlineData("00 F0 02 01 F7 00 F7 02 FF FF")] // system-exclusive
    [InlineData("81 00 90 3C 64 FF FF FF 7F 3C 00")] // times of two and four bytes
    [InlineData("00 FF 7F 03 00 43 31")] // somebody else's event
    [InlineData("00 FF 7F 02 00 43 00 FF 7F 00 00 FF 01 03 00 43 32")]
    public async Task Events_of_every_kind_are_passed_over(string hex) => await AssertStoreAsync(Midi(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))));

    [Theory]
    [InlineData("00 3C 00")] // no status yet
    [InlineData("00 90 80 00")] // no data byte
    [InlineData("00 90 3C 80")]
    [InlineData("00 F1 00")]
    [InlineData("00 F8")]
    [InlineData("FF FF FF FF 7F 90 3C 64")] // a time of five bytes
    [InlineData("00 FF 01 80 80 80 80 00")] // a length of five bytes
    [InlineData("00 FF 01 FF FF FF 7F")] // longer than the track
    [InlineData("00 F0 FF 7F")]
    [InlineData("00 FF 2F 00")] // the end, and bytes behind it
    public async Task A_damaged_track_hides_no_store(string hex)
    {
        byte[] events = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(Midi(events)));
        // Behind a store it is noted, since the hash covers it.
        var map = await MapAsync(Join(Header(0, 1), Track(StoreEvent, events, End)));
        Assert.Single(map.Stores);
        Assert.NotEmpty(map.Notes);
        Assert.Empty((await MapAsync(Join(Header(0, 1), Track(events, End)))).Stores);
    }

    [Fact]
    public async Task A_store_longer_than_its_track_is_a_fault()
    {
        byte[] file = Join(Header(0, 1), Track(StoreEvent));
        Assert.Single((await MapAsync(file)).Stores);
        byte[] longer = [0, 0xFF, 0x7F, .. TestMidi.Number(Store().Length + 4), 0x00, 0x43, 0x32, .. Store()];
        var map = await MapAsync(Join(Header(0, 1), Track(longer)));
        Assert.Empty(map.Stores);
        Assert.Contains("the track ends after", map.StoreFault!.Rule, StringComparison.Ordinal);
        Assert.NotNull((await MapAsync(file[..^1])).StoreFault);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task A_store_has_at_least_one_byte(int length, bool isStore)
    {
        var map = await MapAsync(Join(Header(0, 1), Track([0, 0xFF, 0x7F, (byte)(3 + length), 0x00, 0x43, 0x32, .. new byte[length]], End)));
        Assert.Equal(isStore ? 1 : 0, map.Stores.Count);
        Assert.Equal(isStore, map.StoreFault is null);
    }

    [Fact]
    public async Task A_store_not_right_before_the_end_is_noted()
    {
        var map = await MapAsync(Join(Header(0, 1), Track(StoreEvent, Note, End)));
        Assert.Single(map.Stores);
        Assert.Contains("right before End of Track", Assert.Single(map.Notes).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_track_is_read_in_blocks()
    {
        byte[] notes = Join([.. Enumerable.Repeat(Note, 100_000)]), text = [0, 0xFF, 0x01, .. TestMidi.Number(300_000), .. new byte[300_000]];
        byte[] file = Midi(notes, text, notes);
        var source = new CountingSource(file);
        var map = await AssetFormats.Find(file)!.MapAsync(source, Limits.Default, CancellationToken.None);
        Assert.Single(map.Stores);
        Assert.InRange(source.BytesRead, 800_000, 1_000_000);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task Formats_are_0_to_2(int format, bool isKnown)
    {
        byte[] file = Join(Header(format, 1), Track(StoreEvent, End));
        if (isKnown)
            await AssertStoreAsync(file);
        else
            await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(file));
    }

    [Fact]
    public async Task Other_chunks_and_longer_headers_are_passed_over() =>
        await AssertStoreAsync(Join(TestMidi.Chunk("MThd"u8, [0, 0, 0, 1, 0, 96, 1, 2]), TestMidi.Chunk("XYZ "u8, new byte[5]), Track(StoreEvent, End)));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(2, 3)]
    public async Task A_wrong_number_of_tracks_is_noted(int tracks, int declared)
    {
        byte[] file = Join(Header(2, declared), Track(StoreEvent, End), Join([.. Enumerable.Repeat(Track(End), tracks - 1)]));
        var map = await MapAsync(file);
        Assert.Single(map.Stores);
        Assert.Equal(tracks == declared ? 0 : 1, map.Notes.Count);
    }

    [Fact]
    public async Task A_track_that_lost_its_name_hides_no_store()
    {
        byte[] file = Join(Header(1, 2), Track(End), TestMidi.Chunk("MTrl"u8, Join(StoreEvent, End)));
        await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(file));
        Assert.Empty((await MapAsync(Join(Header(1, 1), Track(End), TestMidi.Chunk("MTrl"u8, Join(StoreEvent, End))))).Stores);
    }

    [Fact]
    public async Task Bytes_behind_the_tracks_are_no_part_of_them()
    {
        var map = await MapAsync([.. Midi(), .. "some text behind"u8]);
        Assert.Single(map.Stores);
        Assert.Equal((RegionKind.Trailing, "behind the tracks"), (map.Regions[^1].Kind, map.Regions[^1].Name));
        // A track that is cut short is no such bytes.
        map = await MapAsync(Join(Header(1, 1), Track(Note, End))[..^1]);
        Assert.Equal(RegionKind.Media, map.Regions[^1].Kind);
        Assert.NotEmpty(map.Notes);
    }

    [Fact]
    public async Task Regions_part_the_store_from_its_track()
    {
        var map = await MapAsync(Midi(Note));
        Assert.Equal(
            [("MThd", RegionKind.Structure), ("MTrk", RegionKind.Media), ("FF 7F", RegionKind.ManifestStore), ("MTrk", RegionKind.Media)],
            map.Regions.Select(region => (region.Name, region.Kind)));
    }

    [Fact]
    public async Task The_limit_of_parts_holds()
    {
        byte[] file = Join(Header(1, 2), Track(End), Track(StoreEvent, End));
        Assert.Single((await MapAsync(file, new Limits { ContainerParts = 3 })).Stores);
        await Assert.ThrowsAsync<LimitExceededException>(() => MapAsync(file, new Limits { ContainerParts = 2 }));
    }
}
