using System.Text;
using Provenance.TestKit;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Reports;
using Xunit;

namespace Provenance.Tests.Metadata;

public sealed class ExifTests
{
    private static Task<MetadataReport> OfAsync(TestExif exif) => Reading.OfAsync(TestPng.Small().WithExif(exif.ToBytes()).Bytes);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_camera_notes_is_told(bool isLittle)
    {
        var exif = new TestExif { IsLittle = isLittle }.With(0x010F, "Maker").With(0x0110, "Model 3").With(0x0131, "Firmware 1.2").With(0x0132, "2026:03:14 09:26:53")
            .With(0x013B, "A. Artist").With(0x013C, "Ann's computer").With(0x8298, "© Ann")
            .Taken(0x829A, 1, 250).Taken(0x829D, 28, 10).Taken(0x8827, 3, 1, isLittle ? [100, 0] : [0, 100]).Taken(0x9003, "2026:03:14 09:26:53").Taken(0x9004, "2026:03:14 09:26:54")
            .Taken(0x9011, "+09:00").Taken(0x920A, 50, 1).Taken(0xA430, "Ann Owner").Taken(0xA431, "B-1").Taken(0xA434, "50mm").Taken(0xA435, "L-1")
            .At("S", [33, 30, 36], "W", [70, 15, 0]);

        Assert.Equal(
        [
            "camera.make = Maker", "camera.model = Model 3", "camera.lens = 50mm", "camera.exposure = 1/250", "camera.aperture = 2.8", "camera.iso = 100", "camera.focalLength = 50",
            "time.original = 2026:03:14 09:26:53+09:00", "time.digitized = 2026:03:14 09:26:54", "time.modified = 2026:03:14 09:26:53",
            "location.latitude = -33.51", "location.longitude = -70.25", "device.serial = B-1", "device.lensSerial = L-1", "device.host = Ann's computer", "owner.name = Ann Owner",
            "software = Firmware 1.2", "creator = A. Artist", "rights = © Ann",
        ], Reading.Told(await OfAsync(exif)));
    }

    [Fact]
    public async Task A_time_without_an_offset_is_no_moment()
    {
        var fields = (await OfAsync(new TestExif().With(0x0132, "2026:03:14 09:26:53").Taken(0x9003, "2026:03:14 09:26:53").Taken(0x9011, "-05:30"))).Fields;

        Assert.Equal(new DateTimeOffset(2026, 3, 14, 9, 26, 53, new TimeSpan(-5, -30, 0)), fields[0].Time!.Exact);
        Assert.Null(fields[1].Time!.Exact);
        Assert.Equal(new DateTime(2026, 3, 14, 9, 26, 53, DateTimeKind.Unspecified), fields[1].Time!.Local);
    }

    [Theory]
    [InlineData("0000:00:00 00:00:00")]
    [InlineData("    :  :     :  :  ")]
    [InlineData("2026:02:30 00:00:00")]
    [InlineData("yesterday")]
    public async Task What_is_no_time_is_shown_as_it_is(string text)
    {
        var field = (await OfAsync(new TestExif().With(0x0132, text))).Fields.SingleOrDefault();

        Assert.Null(field?.Time);
        Assert.True(field is null || field.Value == text.Trim());
    }

    [Fact]
    public async Task A_comment_is_decoded_by_its_character_code()
    {
        byte[] Code(string code, byte[] text) => [.. Encoding.ASCII.GetBytes(code.PadRight(8, '\0')), .. text];
        async Task<string> Told(byte[] value) => Assert.Single((await OfAsync(new TestExif().Taken(0x9286, 7, (uint)value.Length, value))).Fields).Value;

        Assert.Equal("plain", await Told(Code("ASCII", "plain\0\0"u8.ToArray())));
        Assert.Equal("groß", await Told(Code("UNICODE", Encoding.Unicode.GetBytes("groß"))));
        Assert.Equal("groß", await Told(Code("UNICODE", Encoding.BigEndianUnicode.GetBytes("groß"))));
        Assert.Equal("undeclared ü", await Told(Code("", "undeclared ü"u8.ToArray())));
        Assert.Equal("no code at all", await Told("no code at all"u8.ToArray()));
    }

    [Fact]
    public async Task Titles_of_Windows_are_UTF_16()
    {
        byte[] title = Encoding.Unicode.GetBytes("Überschrift\0");
        Assert.Equal(["caption.title = Überschrift"], Reading.Told(await OfAsync(new TestExif().With(0x9C9B, 1, (uint)title.Length, title))));
    }

    [Fact]
    public async Task A_directory_that_leads_back_to_the_first_is_told_and_hides_nothing()
    {
        var metadata = await OfAsync((new TestExif { CameraOffset = 8 }).With(0x010F, "Maker").Taken(0xA431, "B-1"));

        Assert.Equal(["camera.make = Maker"], Reading.Told(metadata));
        Assert.Equal((MetadataBlockKind.Exif, UnreadableReason.Malformed), (Assert.Single(metadata.Unreadable).Block, metadata.Unreadable[0].Reason));
    }

    [Fact]
    public async Task The_next_directory_is_not_followed()
    {
        var metadata = await OfAsync((new TestExif { Next = 8 }).With(0x010F, "Maker"));

        Assert.Equal(["camera.make = Maker"], Reading.Told(metadata));
        Assert.Empty(metadata.Unreadable);
    }

    [Theory]
    [InlineData(0xFFFFFFFF)]
    [InlineData(0x10000)]
    public async Task A_value_that_is_not_there_is_left_out(uint count)
    {
        var metadata = await OfAsync(new TestExif().With(0x010F, "Maker").With(0x0110, 2, count, [0, 0, 0, 8]));

        Assert.Equal(["camera.make = Maker"], Reading.Told(metadata));
    }

    [Theory]
    [InlineData("")]
    [InlineData("MM")]
    [InlineData("MM\0*\0\0\0\0")]
    [InlineData("MM\0*\0\0\0\u0008")]
    [InlineData("MM\0*\0\0\u0001\0\0\0")]
    [InlineData("MM\0*\0\0\0\u0008\u00FF\u00FF\0\0")]
    [InlineData("PK\u0003\u0004\0\0\0\u0008\0\0\0\0")]
    public async Task What_is_no_TIFF_structure_is_told(string block)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(block);
        var metadata = await Reading.OfAsync(TestPng.Small().WithExif(bytes).Bytes);

        Assert.Empty(metadata.Fields);
        Assert.Equal(bytes.Length == 0 ? [] : [UnreadableReason.Malformed], metadata.Unreadable.Select(unreadable => unreadable.Reason));
    }

    [Fact]
    public async Task Of_a_tag_that_stands_there_twice_the_first_counts() =>
        Assert.Equal(["camera.make = First"], Reading.Told(await OfAsync(new TestExif().With(0x010F, "First").With(0x010F, "Second"))));

    [Fact]
    public async Task Maker_notes_and_thumbnails_are_not_handed_on()
    {
        // A note that begins like one of Nikon's, whose own directory says that it is a directory of itself.
        byte[] note = [.. "Nikon\0\u0002\0\0\0MM\0*\0\0\0\b\0\u0001\0\u0011\0\u0004\0\0\0\u0001\0\0\0\b\0\0\0\b"u8];
        var metadata = await OfAsync(new TestExif().With(0x010F, "NIKON").Taken(0x927C, 7, (uint)note.Length, note));

        Assert.Equal(["camera.make = NIKON"], Reading.Told(metadata));
        Assert.Empty(metadata.Unreadable);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(4u)]
    public async Task The_offset_before_the_header_is_honoured_and_bounded(uint offset)
    {
        byte[] exif = new TestExif().With(0x010F, "Maker").ToBytes();
        byte[] File(uint at) => TestJxl.Small().WithBox(TestJxl.Box("Exif", [.. BmffWriter.U32(at), .. new byte[offset], .. exif])).Bytes;

        Assert.Equal(["camera.make = Maker"], Reading.Told(await Reading.OfAsync(File(offset))));
        Assert.Single((await Reading.OfAsync(File(offset + (uint)exif.Length + 1))).Unreadable);
        Assert.Single((await Reading.OfAsync(File(uint.MaxValue))).Unreadable);
    }
}
