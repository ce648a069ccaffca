using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Xunit;
using static Provenance.Tests.Formats.Sample;

namespace Provenance.Tests.Formats.Jpeg;

public sealed class JpegFormatTests
{
    private static readonly byte[] Whole = Store(100);

    [Fact]
    public async Task One_piece_is_located_with_its_framing_and_without()
    {
        byte[] piece = Pieces(Whole)[0];
        byte[] file = Picture(piece);
        var store = Assert.Single((await MapAsync(file)).Stores);
        Assert.Equal([new ByteRange(2 + Jfif.Length, piece.Length)], store.Extent);
        Assert.Equal(Whole, Cut(file, store.Payload));
        Assert.Equal(Whole.Length, store.PayloadLength);
    }

    [Theory]
    [InlineData(22)]
    [InlineData(23)]
    [InlineData(60)]
    [InlineData(130)]
    public async Task Pieces_join_to_the_box_with_its_header_once(int size)
    {
        byte[][] pieces = Pieces(Whole, size);
        byte[] file = Picture(pieces);
        var map = await MapAsync(file);
        var store = Assert.Single(map.Stores);
        Assert.Equal([new ByteRange(2 + Jfif.Length, pieces.Sum(piece => piece.Length))], store.Extent);
        Assert.Equal(Whole, Cut(file, store.Payload));
        Assert.Null(map.StoreFault);
        Assert.Empty(map.Notes);
    }

    [Fact]
    public async Task A_store_with_a_64_bit_length_is_joined_with_its_header_once()
    {
        byte[] store = [0, 0, 0, 1, .. "jumb"u8, 0, 0, 0, 0, .. Big((uint)Whole.Length + 8), .. Whole[8..]];
        byte[] xlbox = store[8..16];
        byte[] file = Picture(Piece([.. xlbox, .. store[16..70]], 1), Piece([.. xlbox, .. store[70..]], 1, sequence: 2));
        Assert.Equal(store, Cut(file, Assert.Single((await MapAsync(file)).Stores).Payload));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(0, true)]
    [InlineData(9, true)]
    public async Task The_only_piece_may_have_any_sequence_number_and_leaves_a_note_unless_it_is_1(uint sequence, bool isNoted)
    {
        var map = await MapAsync(Picture(Piece(Whole[8..], (uint)Whole.Length, sequence: sequence)));
        Assert.Single(map.Stores);
        Assert.Null(map.StoreFault);
        Assert.Equal(isNoted, map.Notes.Any(note => note.Text.Contains("sequence number", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("1 2 3", true)]
    [InlineData("0 1 2", false)]
    [InlineData("1 3 2", false)]
    [InlineData("2 1 3", false)]
    [InlineData("1 2 2", false)]
    [InlineData("1 1 2", false)]
    [InlineData("1 2 9", false)]
    [InlineData("2 3 4", false)]
    public async Task Several_pieces_count_from_1_in_file_order(string sequence, bool isSound)
    {
        uint[] z = [.. sequence.Split(' ').Select(uint.Parse)];
        byte[][] slices = [.. Whole[8..].Chunk(50)];
        var map = await MapAsync(Picture([.. slices.Select((slice, i) => Piece(slice, (uint)Whole.Length, sequence: z[i]))]));
        Assert.Equal(3, slices.Length);
        Assert.Equal(isSound ? 1 : 0, map.Stores.Count);
        Assert.Equal(isSound, map.StoreFault is null);
    }

    [Fact]
    public async Task Exchanged_pieces_are_a_fault_although_their_numbers_tell_the_order()
    {
        byte[][] p = Pieces(Whole, 50);
        AssertFault(await MapAsync(Picture(p[0], p[2], p[1])), "sequence number");
        AssertFault(await MapAsync(Picture(p[1], p[0], p[2])), "not the start");
    }

    [Fact]
    public async Task A_missing_piece_is_a_fault()
    {
        byte[][] p = Pieces(Whole, 50);
        AssertFault(await MapAsync(Picture(p[0], p[1])), "hold");
        AssertFault(await MapAsync(Picture(p[0], p[2])), "sequence number");
    }

    [Fact]
    public async Task A_piece_without_the_first_is_no_store()
    {
        byte[][] p = Pieces(Whole, 50);
        var map = await MapAsync(Picture(p[1], p[2]));
        Assert.Empty(map.Stores);
        Assert.Null(map.StoreFault);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task One_byte_less_or_more_than_the_box_length_is_a_fault(int change)
    {
        byte[] slice = change < 0 ? Whole[8..^1] : [.. Whole[8..], 0];
        AssertFault(await MapAsync(Picture(Piece(slice, (uint)Whole.Length))), "hold");
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(4u)]
    [InlineData(7u)]
    [InlineData(8u)]
    [InlineData(uint.MaxValue)]
    public async Task A_box_length_that_cannot_be_is_a_fault(uint length) =>
        AssertFault(await MapAsync(Picture(Piece(Whole[8..], length))), "length");

    [Fact]
    public async Task A_type_other_than_jumb_is_a_fault() =>
        AssertFault(await MapAsync(Picture(Piece(Whole[8..], (uint)Whole.Length, type: "jump"))), "TBox");

    [Fact]
    public async Task Another_length_or_instance_number_in_the_second_piece_is_a_fault()
    {
        uint length = (uint)Whole.Length;
        byte[] first = Piece(Whole[8..60], length);
        Assert.Null((await MapAsync(Picture(first, Piece(Whole[60..], length, sequence: 2)))).StoreFault);
        AssertFault(await MapAsync(Picture(first, Piece(Whole[60..], length + 1, sequence: 2))), "hold");
        AssertFault(await MapAsync(Picture(first, Piece(Whole[60..], length, instance: 0x0212, sequence: 2))), "hold");
        AssertFault(await MapAsync(Picture(first, Piece(Whole[60..], length, sequence: 2, type: "free"))), "hold");
    }

    [Fact]
    public async Task Nothing_may_lie_between_two_pieces()
    {
        byte[][] p = Pieces(Whole, 100);
        byte[] comment = Segment(0xFE, [1, 2, 3]);
        Assert.Null((await MapAsync(Picture(comment, p[0], p[1], comment))).StoreFault);
        AssertFault(await MapAsync(Picture(p[0], comment, p[1])), "follow each other");
        AssertFault(await MapAsync(Picture(p[0], [0xFF], p[1])), "follow each other");
        AssertFault(await MapAsync(Picture(p[0], [0x00], p[1])), "follow each other");
        AssertFault(await MapAsync(Picture(p[0], Segment(0xEB, [1, 2, 3]), p[1])), "follow each other");
    }

    [Fact]
    public async Task A_foreign_APP11_segment_behind_the_last_piece_is_not_part_of_the_store()
    {
        byte[] piece = Pieces(Whole)[0];
        byte[] foreign = Segment(0xEB, [.. "p?"u8, 0x02, 0x11, .. new byte[40]]);
        var map = await MapAsync(Picture(piece, foreign));
        Assert.Equal(piece.Length, Assert.Single(Assert.Single(map.Stores).Extent).Length);
        Assert.Equal([RegionKind.ManifestStore, RegionKind.OtherMetadata], map.Regions.Where(region => region.Name == "APP11").Select(region => region.Kind));
    }

    [Fact]
    public async Task A_foreign_JUMBF_box_beside_the_store_is_left_alone()
    {
        byte[] other = Box("jumb", Box("jumd", [.. "json"u8, .. new byte[14]]));
        byte[] foreign = Piece(other[8..], (uint)other.Length, instance: 0x0333);
        byte[] sameInstance = Piece(other[8..], (uint)other.Length);
        foreach (byte[] file in new[] { Picture(foreign, Pieces(Whole)[0]), Picture(Pieces(Whole)[0], foreign), Picture(sameInstance, Pieces(Whole)[0]) })
        {
            var map = await MapAsync(file);
            Assert.Equal(Whole, Cut(file, Assert.Single(map.Stores).Payload));
            Assert.Null(map.StoreFault);
        }
    }

    [Fact]
    public async Task A_store_under_another_instance_number_is_a_second_store()
    {
        var map = await MapAsync(Picture(Pieces(Whole)[0], Pieces(Whole, instance: 0x0212)[0]));
        Assert.Equal(2, map.Stores.Count);
        Assert.Null(map.StoreFault);
    }

    [Fact]
    public async Task The_same_store_twice_is_a_fault_and_not_one_store() =>
        AssertFault(await MapAsync(Picture(Pieces(Whole)[0], Pieces(Whole)[0])), "sequence number");

    [Fact]
    public async Task A_second_start_numbered_as_a_second_piece_is_a_fault()
    {
        byte[] twice = [.. Whole[8..], .. Whole[8..]];
        byte[][] pieces = [Piece(Whole[8..], (uint)twice.Length + 8), Piece(Whole[8..], (uint)twice.Length + 8, sequence: 2)];
        AssertFault(await MapAsync(Picture(pieces)), "twice");
    }

    [Fact]
    public async Task Another_common_identifier_than_JP_is_noted()
    {
        var map = await MapAsync(Picture(Piece(Whole[8..], (uint)Whole.Length, ci: "JQ")));
        Assert.Single(map.Stores);
        Assert.Contains("JP", Assert.Single(map.Notes).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_behind_the_first_scan_is_found()
    {
        byte[] piece = Pieces(Whole)[0];
        Assert.Single((await MapAsync(JpegOf(Jfif, Tables, Scan, piece, Eoi))).Stores);
        Assert.Single((await MapAsync(JpegOf(Jfif, Tables, Scan, Scan, piece, Scan, Eoi))).Stores);
    }

    [Fact]
    public async Task A_store_behind_EOI_belongs_to_another_picture()
    {
        var map = await MapAsync(Join(Picture(), Picture(Pieces(Whole))));
        Assert.Empty(map.Stores);
        Assert.Null(map.StoreFault);
        Assert.Equal(RegionKind.Trailing, map.Regions[^1].Kind);
        Assert.Contains("follow the end", Assert.Single(map.Notes).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_without_EOI_is_noted()
    {
        Assert.Empty((await MapAsync(Picture())).Notes);
        Assert.Contains("without EOI", Assert.Single((await MapAsync(Picture()[..^2])).Notes).Text, StringComparison.Ordinal);
        Assert.Contains("without EOI", Assert.Single((await MapAsync(Picture()[..^1])).Notes).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fill_bytes_before_a_marker_are_no_damage()
    {
        var map = await MapAsync(JpegOf(Jfif, [0xFF, 0xFF], Pieces(Whole)[0], [0xFF], Tables, Scan, Eoi));
        Assert.Single(map.Stores);
        Assert.Empty(map.Notes);
    }

    [Fact]
    public async Task Bytes_between_segments_are_stepped_over_as_decoders_do_and_noted()
    {
        byte[] file = JpegOf(Jfif, [1, 0xFF, 0x00, 2], Pieces(Whole)[0], Tables, Scan, Eoi);
        var map = await MapAsync(file);
        Assert.Equal(Whole, Cut(file, Assert.Single(map.Stores).Payload));
        Assert.Contains("a marker expected", Assert.Single(map.Notes).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(1, false)]
    [InlineData(0, false)]
    public async Task A_segment_length_counts_itself(byte length, bool isSound)
    {
        byte[] file = JpegOf([0xFF, 0xFE, 0, length], Pieces(Whole)[0], Tables, Scan, Eoi);
        if (isSound)
            Assert.Single((await MapAsync(file)).Stores);
        else
            Assert.Contains("counts its own", (await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(file))).Rule, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damage_in_a_file_without_a_trace_of_a_store_is_noted_only()
    {
        var map = await MapAsync(JpegOf([0xFF, 0xFE, 0, 1], Tables, Scan, Eoi));
        Assert.Empty(map.Stores);
        Assert.Null(map.StoreFault);
        Assert.Contains("counts its own", Assert.Single(map.Notes).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_swallowed_by_a_false_length_is_not_called_absent()
    {
        byte[] swallowing = [0xFF, 0xE0, 0, 60, .. Jfif[4..]];
        var fault = await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(JpegOf(swallowing, Pieces(Whole)[0], Tables, Scan, Eoi)));
        Assert.Contains("cannot be reached", fault.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damage_behind_a_store_is_noted_and_the_store_stays()
    {
        var map = await MapAsync(JpegOf(Pieces(Whole)[0], [0xFF, 0xFE, 0xFF, 0xFF]));
        Assert.Single(map.Stores);
        Assert.Contains("the file ends", Assert.Single(map.Notes).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_cut_anywhere_in_its_store_has_a_fault()
    {
        byte[] file = JpegOf(Jfif, Join(Pieces(Whole, 60)), Tables);
        int start = 2 + Jfif.Length, end = start + Join(Pieces(Whole, 60)).Length;
        for (int length = start + 2; length < end; length++)
        {
            var map = await MapAsync(file[..length]);
            Assert.Empty(map.Stores);
            Assert.True(map.StoreFault is not null, $"cut at {length}");
        }
        Assert.Single((await MapAsync(file[..end])).Stores);
    }

    [Fact]
    public async Task A_cut_APP11_segment_that_is_no_JUMBF_box_is_no_fault()
    {
        byte[] foreign = Segment(0xEB, [.. "p?"u8, .. new byte[60]]);
        Assert.Null((await MapAsync(JpegOf(foreign)[..^1])).StoreFault);
    }

    [Fact]
    public async Task A_restart_marker_inside_an_APP11_segment_is_data()
    {
        byte[] store = Store(100);
        (store[60], store[61]) = (0xFF, 0xD0);
        byte[] file = Picture(Pieces(store));
        Assert.Equal(store, Cut(file, Assert.Single((await MapAsync(file)).Stores).Payload));
    }

    [Fact]
    public async Task The_limit_of_parts_holds()
    {
        byte[] file = JpegOf([.. Enumerable.Repeat(Segment(0xFE, []), 9), Eoi]);
        Assert.Equal(12 - 1, (await MapAsync(file, new Limits { ContainerParts = 10 })).Regions.Count);
        var fault = await Assert.ThrowsAsync<LimitExceededException>(() => MapAsync(file, new Limits { ContainerParts = 9 }));
        Assert.Equal(nameof(Limits.ContainerParts), fault.Limit);
    }

    [Fact]
    public async Task The_picture_behind_a_store_is_not_read()
    {
        byte[] file = Join(JpegOf(Pieces(Whole)[0], Tables, Scan), new byte[1_000_000], Eoi);
        var source = new CountingSource(file);
        var map = await AssetFormats.Find(file)!.MapAsync(source, Limits.Default, CancellationToken.None);
        Assert.Single(map.Stores);
        Assert.Equal(1, source.Reads);
        Assert.Equal(("SOS", RegionKind.Media), (map.Regions[^1].Name, map.Regions[^1].Kind));
        Assert.Equal(JpegOf(Pieces(Whole)[0], Tables).Length + 14, map.Regions[^1].Range.End);
    }

    [Fact]
    public async Task Thousands_of_scans_cost_one_reading_of_the_file()
    {
        byte[] file = JpegOf([.. Enumerable.Repeat(Segment(0xDA, [1]), 40_000), Eoi]);
        var source = new CountingSource(file);
        await AssetFormats.Find(file)!.MapAsync(source, Limits.Default, CancellationToken.None);
        Assert.InRange(source.BytesRead, file.Length, file.Length + 64 * 10);
    }

    [Fact]
    public async Task Regions_say_what_segments_are()
    {
        byte[] file = JpegOf(
            Jfif,
            Segment(0xE1, Ascii("Exif\0\0")),
            Segment(0xE1, Ascii("http://ns.adobe.com/xap/1.0/\0<x/>")),
            Segment(0xE1, Ascii("http://ns.adobe.com/xmp/extension/\0more")),
            Segment(0xE1, Ascii("other")),
            Segment(0xE2, Ascii("ICC_PROFILE\0\u0001\u0001")),
            Segment(0xE2, Ascii("MPF\0")),
            Segment(0xED, Ascii("Photoshop 3.0\0")),
            Segment(0xEE, Ascii("Adobe")),
            Segment(0xFE, Ascii("hello")),
            Tables, Scan, Eoi, [1, 2, 3]);
        var map = await MapAsync(file);
        Assert.Equal(
            [
                ("SOI", RegionKind.Structure), ("APP0", RegionKind.Structure), ("APP1", RegionKind.Exif), ("APP1", RegionKind.Xmp), ("APP1", RegionKind.Xmp),
                ("APP1", RegionKind.OtherMetadata), ("APP2", RegionKind.ColourProfile), ("APP2", RegionKind.OtherMetadata), ("APP13", RegionKind.Iptc),
                ("APP14", RegionKind.Structure), ("COM", RegionKind.OtherMetadata), ("DQT", RegionKind.Structure), ("SOF0", RegionKind.Structure),
                ("DHT", RegionKind.Structure), ("SOS", RegionKind.Media), ("EOI", RegionKind.Structure), ("behind EOI", RegionKind.Trailing),
            ],
            map.Regions.Select(region => (region.Name, region.Kind)));
        Assert.Equal("<x/>"u8.ToArray(), map.Xmp!.Value.ToArray());
    }

    [Fact]
    public async Task Only_the_first_XMP_packet_is_read_and_none_over_the_limit()
    {
        byte[] first = Segment(0xE1, Ascii("http://ns.adobe.com/xap/1.0/\0first"));
        byte[] second = Segment(0xE1, Ascii("http://ns.adobe.com/xap/1.0/\0second"));
        var map = await MapAsync(Picture(first, second));
        Assert.Equal("first"u8.ToArray(), map.Xmp!.Value.ToArray());
        Assert.Contains("second XMP", Assert.Single(map.Notes).Text, StringComparison.Ordinal);
        Assert.NotNull((await MapAsync(Picture(first), new Limits { XmpBytes = 5 })).Xmp);
        var over = await MapAsync(Picture(first), new Limits { XmpBytes = 4 });
        Assert.Null(over.Xmp);
        Assert.Contains("XmpBytes", Assert.Single(over.Notes).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Boxes_are_named_and_the_pieces_of_the_store_are_one()
    {
        byte[] file = JpegOf(Jfif, Join(Pieces(Whole, 50)), Segment(0xEB, [1, 2]), Tables, Segment(0xDD, [0, 1]), Scan, Segment(0xC4, []), Segment(0xDA, [9]), [7], Eoi, [1, 2]);
        var boxes = await BoxesAsync(file);
        Assert.Equal(
            ["SOI", "APP0", "C2PA", "APP11", "DQT", "SOF0", "DHT", "DRI", "SOS", "RST0", "DHT", "SOS", "EOI"], boxes.Select(box => box.Name));
        // Every byte up to EOI is in exactly one box.
        Assert.Equal(0, boxes[0].Range.Offset);
        Assert.All(boxes.Zip(boxes.Skip(1)), pair => Assert.Equal(pair.First.Range.End, pair.Second.Range.Offset));
        Assert.Equal(file.Length - 2, boxes[^1].Range.End);
        Assert.Equal([0xFF, 0xD0, 4, 5, 6], Cut(file, [boxes[9].Range]));
    }

    [Theory]
    [InlineData(0xC2, "SOF2")]
    [InlineData(0xCC, "DAC")]
    [InlineData(0xC8, "JPG")]
    [InlineData(0xDC, "DNL")]
    [InlineData(0xEF, "APP15")]
    [InlineData(0xF0, "JPG0")]
    [InlineData(0xFD, "JPG13")]
    [InlineData(0xFE, "COM")]
    public async Task Boxes_have_the_names_of_T81_table_B1(byte marker, string name) =>
        Assert.Equal(["SOI", name, "EOI"], (await BoxesAsync(JpegOf(Segment(marker, []), Eoi))).Select(box => box.Name));

    [Fact]
    public async Task Boxes_cannot_be_listed_without_EOI_or_over_the_limit()
    {
        await Assert.ThrowsAsync<MalformedDataException>(() => BoxesAsync(Picture()[..^2]));
        Assert.Equal(4, (await BoxesAsync(JpegOf(Jfif, Jfif, Eoi), new Limits { ContainerParts = 3 })).Count);
        await Assert.ThrowsAsync<LimitExceededException>(() => BoxesAsync(JpegOf(Jfif, Jfif, Eoi), new Limits { ContainerParts = 2 }));
    }

    private static void AssertFault(AssetMap map, string rule)
    {
        Assert.Empty(map.Stores);
        Assert.NotNull(map.StoreFault);
        Assert.Contains(rule, map.StoreFault.Rule, StringComparison.Ordinal);
    }
}
