using System.Buffers.Binary;
using Provenance.TestKit;
using Provenance.Tests.Rules;
using Provenance.Verifier.Labels;
using Xunit;
using static Provenance.TestKit.BmffWriter;
using BmffExclusion = Provenance.TestKit.BmffExclusion;

namespace Provenance.Tests.Hostile;

/// <summary>Signed pictures, sound and films that a stranger without a key changes so that a viewer shows something else.</summary>
public sealed class MediaForgeryTests
{
    private static async Task<ValidationState?> StateAsync(byte[] file) => (await new CaseFile(file).VerifyAsync()).State;

    private static async Task TrustedAsync(byte[] file) => Assert.Equal(ValidationState.Trusted, await StateAsync(file));

    private static async Task InvalidAsync(byte[] file) => Assert.Equal(ValidationState.Invalid, await StateAsync(file));

    // Films: what no hash has leads to what no hash has

    /// <summary>A table of one entry, as players look for it at the end of a film.</summary>
    private static byte[] RandomAccess(bool isLong, long fragment)
    {
        byte[] entry = isLong ? [.. U64(0), .. U64(fragment)] : [.. U32(0), .. U32(fragment)];
        byte[] table = FullBox("tfra", (byte)(isLong ? 1 : 0), 0, U32(1), U32(0), U32(1), entry, [1, 1, 1]);
        return Box("mfra", table, FullBox("mfro", 0, 0, U32(table.Length + 24)));
    }

    [Theory]
    [InlineData(false, "free")]
    [InlineData(true, "free")]
    [InlineData(false, "wide")]
    public async Task A_table_for_random_access_leads_to_no_fragment_outside_the_hashes(bool isLong, string before)
    {
        var movie = TestFragmentedMovie.Small();
        byte[] file = World.Sound().Embed(movie).Bytes;
        var moof = file.Box("moof").Extent;
        byte[] fragment = [.. Box(before, new byte[4]), .. file[(int)moof.Start..(int)moof.End], .. Box("mdat", new byte[100])];
        // A proof that nobody asks for is in no hash, and behind its map anything may follow.
        byte[] forged = file.Appended(C2paBox("merkle", [0xA0], fragment));
        await TrustedAsync(forged.Appended(RandomAccess(isLong, moof.Start)));
        await InvalidAsync(forged.Appended(RandomAccess(isLong, forged.Length - fragment.Length)));
        // One that the store's box shifted leads into it, to no fragment, and is only wrong.
        await TrustedAsync(file.Appended(RandomAccess(isLong, file.C2paBox("manifest").Extent.Start + 100)));
    }

    [Fact]
    public async Task Where_a_table_of_offsets_is_left_out_there_is_one()
    {
        const string tables = "moov/trak/mdia/minf/stbl/";
        // In the room of the table of sizes, a shorter one and a second table of offsets.
        static byte[] Change(byte[] moov, long _)
        {
            var sizes = moov.Box(tables + "stsz").Extent;
            int room = (int)sizes.Length - 20;
            return moov.Overwritten(sizes.Start, [.. FullBox("stsz", 0, 0, U32(1), U32(1)), .. FullBox("stco", 0, 0, new byte[room - 12])]);
        }
        var movie = TestMovie.Mp4() with { MovieChange = Change };
        await TrustedAsync(World.Sound().Embed(movie).Bytes);
        await InvalidAsync(World.Sound().Embed(movie.BoundAs(movie.Recipe.Excluding(new BmffExclusion("/" + tables + "stco")))).Bytes);
        await TrustedAsync(World.Sound().Embed(TestMovie.Mp4().BoundAs(movie.Recipe.Excluding(new BmffExclusion("/" + tables + "stco")))).Bytes);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public async Task Every_place_of_an_item_counts(int table, int reference)
    {
        // Two tables of places where there was one, as readers of the first and of the last would have it; "another file" is this one to all of them.
        var heif = TestHeif.Heic().WithXmpItem() with { StorePadding = 5000 };
        var recipe = heif.Recipe.Excluding(new BmffExclusion("/meta/iloc"));
        byte[] file = World.Sound().Embed(heif.BoundAs(recipe)).Bytes;
        await TrustedAsync(file);
        var places = file.Box("meta/iloc").Extent;
        byte[] One(long offset, int referenced) => FullBox("iloc", 0, 0, U16(0x4400), U16(1), U16(1), U16(referenced), U16(1), U32(offset), U32(100));
        byte[] evil = One(file.C2paBox("manifest").Extent.End - 4000, reference), honest = One(file.Box("mdat").Extent.Start + 8, 0);
        byte[] last = [.. table == 0 ? honest : evil, .. new byte[places.Length - evil.Length - honest.Length]];
        U32(last.Length).CopyTo(last, 0);
        await InvalidAsync(file.Overwritten(places.Start, [.. table == 0 ? evil : honest, .. last]));
    }

    // Ogg: a page whose checksum is wrong is looked into

    [Fact]
    public async Task Sound_in_a_page_of_the_store_whose_checksum_is_wrong_is_played()
    {
        byte[] file = World.Sound().Embed(TestOgg.Small()).Bytes;
        await TrustedAsync(file);
        await InvalidAsync(file.FlipBit(22));
    }

    // Lengths that are left out

    [Fact]
    public async Task A_chunk_that_is_left_out_hides_none_behind_it()
    {
        // The animation's frames are in no hash's way: a length that takes them in makes them a text.
        var picture = TestPng.Small().WithText("Comment", "some text").WithChunk("tRNS", [0, 0, 0, 0, 0, 0]);
        Provenance.TestKit.NamedBox Named(byte[] file, string name) => picture.Boxes(file).First(box => box.Name == name);
        byte[] file = World.Sound().BoundBy(HardBinding.Data("c2pa.hash.data", c => [.. new[] { Named(c.Asset.Bytes, "tEXt").Extent, c.Asset.Extent }.OrderBy(range => range.Start)])).Embed(picture).Bytes;
        await TrustedAsync(file);
        var text = Named(file, "tEXt").Extent;
        var next = Named(file, "tRNS").Extent;
        Assert.Equal(text.End, next.Start);
        await TrustedAsync(file.FlipBit(text.End - 6));
        await InvalidAsync(file.Overwritten(text.Start, U32(text.Length - 12 + next.Length)));
    }

    [Fact]
    public async Task A_segment_that_is_left_out_hides_none_behind_it()
    {
        var picture = TestJpeg.Small().WithExif();
        Extent Named(byte[] file, string name) => picture.Boxes(file).First(box => box.Name == name).Extent;
        byte[] file = World.Sound().BoundBy(HardBinding.Data("c2pa.hash.data", c => [.. new[] { Named(c.Asset.Bytes, "APP1"), c.Asset.Extent }.OrderBy(range => range.Start)])).Embed(picture).Bytes;
        await TrustedAsync(file);
        var exif = Named(file, "APP1");
        var boxes = picture.Boxes(file);
        var next = boxes.First(box => box.Extent.Start == exif.End);
        if (next.Name == "C2PA")
            next = boxes.First(box => box.Extent.Start == next.Extent.End);
        await InvalidAsync(file.Overwritten(exif.Start + 2, U16((int)(next.Extent.End - exif.Start - 2))));
    }

    [Fact]
    public async Task A_size_that_is_left_out_cuts_nothing_off()
    {
        var sound = TestWav.Small() with { StoreFirst = true };
        byte[] file = World.Sound().BoundBy(HardBinding.Data("c2pa.hash.data", c => [new(4, 4), c.Asset.Extent])).Embed(sound).Bytes;
        await TrustedAsync(file);
        var data = sound.Boxes(file).First(box => box.Name == "data").Extent;
        var size = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(size, (uint)(data.Start - 8));
        await InvalidAsync(file.Overwritten(4, size));
    }

    // Updates: a store that grows

    [Fact]
    public async Task A_store_that_grows_takes_in_nothing_that_offsets_lead_to()
    {
        // Offsets of a TIFF count from its start: what stood behind the store stands in it once it has grown.
        foreach (bool isLast in (bool[])[true, false])
        {
            var tiff = TestTiff.Small() with { ExcludesCount = true, Trailing = isLast ? [] : new byte[100] };
            var standard = World.Sound("standard").Embed(tiff);
            await TrustedAsync(standard.Bytes);
            byte[] updated = World.Silent().Update().Opened(standard).Embed(tiff).Bytes;
            Assert.Equal(isLast ? ValidationState.Trusted : ValidationState.Invalid, await StateAsync(updated));
        }
    }

    [Fact]
    public async Task Ranges_moved_beyond_all_files_are_a_mismatch()
    {
        var png = TestPng.Small();
        Assertion binding = HardBinding.Data("c2pa.hash.data", c => [c.Asset.Extent], fields =>
            fields["exclusions"] = ((IEnumerable<CborFields>)fields["exclusions"]!).Append(new CborFields { { "start", long.MaxValue - 10 }, { "length", 5L } }).ToArray());
        await InvalidAsync(World.Silent().Update().Opened(World.Sound("standard").BoundBy(binding).Embed(png)).Embed(png).Bytes);
    }
}
