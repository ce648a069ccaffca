using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Xunit;
using static Provenance.Tests.Formats.Id3.Tags;
using static Provenance.Tests.Formats.Sample;

namespace Provenance.Tests.Formats.Id3;

/// <summary>Which sound stands behind a tag, or without one.</summary>
public sealed class SoundTests
{
    private static byte[] Adts { get; } = [0xFF, 0xF1, 0x50, 0x40, 0x01, 0x1F, 0xFC, 0];

    private static byte[] Flac { get; } = [.. "fLaC"u8, 0x00, 0, 0, 34, .. new byte[34], 0x81, 0, 0, 2, 0, 0, 0xFF, 0xF8];

    [Theory]
    [InlineData("FFFB10C0", 104)] // MPEG-1 Layer III, 32 kbit/s, 44.1 kHz
    [InlineData("FFFB12C0", 105)] // padded
    [InlineData("FFFB90C0", 417)]
    [InlineData("FFFBE8C0", 1440)] // 320 kbit/s at 32 kHz
    [InlineData("FFF310C0", 26)] // MPEG-2, 8 kbit/s at 22.05 kHz
    [InlineData("FFE318C0", 72)] // MPEG-2.5, 8 kbit/s at 8 kHz
    [InlineData("FFFD10C0", 104)] // Layer II
    [InlineData("FFFDE8C0", 1728)]
    [InlineData("FFFF10C0", 32)] // Layer I: 12 * 32000 / 44100 slots of four bytes
    [InlineData("FFF710C0", 68)] // MPEG-2 Layer I at 22.05 kHz
    public void MPEG_audio_is_told_by_two_frames_or_a_single_whole_one(string header, int length)
    {
        byte[] frame = [.. Convert.FromHexString(header), .. new byte[length - 4]];
        Assert.Equal("MP3", AssetFormats.Find(Join(frame, frame))?.Name);
        Assert.Equal("MP3", AssetFormats.Find(frame)?.Name);
        Assert.Null(AssetFormats.Find(frame.AsSpan(0, length - 1)));
        Assert.Null(AssetFormats.Find(Join(frame, [0], frame)));
        Assert.Null(AssetFormats.Find(Join(frame, [0xFF, 0xFB])));
    }

    [Theory]
    [InlineData("FFEB10C0")] // reserved version
    [InlineData("FFF910C0")] // reserved layer, and no ADTS frame either
    [InlineData("FFFB00C0")] // free bit rate
    [InlineData("FFFBF0C0")] // no bit rate
    [InlineData("FFFB1CC0")] // no sampling rate
    [InlineData("FFDB10C0")] // no sync
    [InlineData("FFFE3C00")] // UTF-16
    public void Other_headers_are_none(string header)
    {
        byte[] frame = [.. Convert.FromHexString(header), .. new byte[100]];
        Assert.Null(AssetFormats.Find(Join(frame, frame, frame)));
    }

    [Theory]
    [InlineData("AAC")]
    [InlineData("FLAC")]
    [InlineData("MP3")]
    public async Task Sound_without_a_tag_has_no_store(string name)
    {
        byte[] sound = name switch { "AAC" => Join(Adts, Adts), "FLAC" => Flac, _ => Join(Mpeg, Mpeg) };
        var map = await MapAsync(sound);
        Assert.Equal(name, map.Format.Name);
        Assert.Empty(map.Stores);
        Assert.Empty(map.Notes);
        Assert.Equal(sound.Length, map.Regions[^1].Range.End);
        map = await MapAsync([.. Tag(4, 0, Geob(4, Store())), .. sound]);
        Assert.Equal(name, map.Format.Name);
        Assert.Single(map.Stores);
    }

    [Theory]
    [InlineData("AAC", "audio/aac")]
    [InlineData("FLAC", "audio/flac")]
    [InlineData("MP3", "audio/mpeg")]
    public async Task Sound_behind_a_tag_longer_than_the_head_is_told_all_the_same(string name, string mediaType)
    {
        byte[] sound = name switch { "AAC" => Join(Adts, Adts), "FLAC" => Flac, _ => Join(Mpeg, Mpeg) };
        var map = await MapAsync([.. Tag(3, 0, Frame(3, "APIC", new byte[5000]), Geob(3, Store())), .. sound]);
        Assert.Equal(name, map.Format.Name);
        Assert.Equal(mediaType, map.MediaType);
        Assert.Single(map.Stores);
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public void Letters_of_a_text_are_no_tag(byte version, bool isTag)
    {
        byte[] file = [.. "ID3"u8, version, 0, 0, 0, 0, 0, 0, .. "abc"u8];
        Assert.Equal(isTag, AssetFormats.Find(file) is not null);
        Assert.Null(AssetFormats.Find(file.AsSpan(0, 9)));
    }

    [Fact]
    public async Task FLAC_blocks_are_told_by_their_type()
    {
        byte[] file = TestFlac.Small().Embed(Store()).Bytes;
        var map = await MapAsync(file);
        Assert.Equal(
            [
                ("ID3", RegionKind.Structure), ("TIT2", RegionKind.OtherMetadata), ("GEOB", RegionKind.Structure), ("GEOB", RegionKind.ManifestStore), ("fLaC", RegionKind.Structure),
                ("STREAMINFO", RegionKind.Structure), ("VORBIS_COMMENT", RegionKind.OtherMetadata), ("FLAC frames", RegionKind.Media),
            ],
            map.Regions.Select(region => (region.Name, region.Kind)));
    }

    [Fact]
    public async Task A_FLAC_block_longer_than_the_file_is_noted_and_nothing_counts_as_unimportant()
    {
        byte[] cut = Flac[..(4 + 4 + 34 + 4 + 2)];
        Assert.Empty((await MapAsync(cut)).Notes);
        var map = await MapAsync(cut[..^1]);
        Assert.Contains("the file ends after", Assert.Single(map.Notes).Text, StringComparison.Ordinal);
        Assert.Equal(("behind the damage", RegionKind.Unknown), (map.Regions[^1].Name, map.Regions[^1].Kind));
        Assert.Equal(cut.Length - 1, map.Regions[^1].Range.End);
        // A store in a block of its own has no place there: what holds one is never called a file without.
        byte[] hidden = [.. "fLaC"u8, 0x82, 0x7F, 0, 0, .. Store()];
        await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(hidden));
    }

    [Fact]
    public async Task The_limit_of_parts_holds_for_FLAC_blocks()
    {
        Assert.Equal(4, (await MapAsync(Flac, new Limits { ContainerParts = 2 })).Regions.Count);
        await Assert.ThrowsAsync<LimitExceededException>(() => MapAsync(Flac, new Limits { ContainerParts = 1 }));
    }
}
