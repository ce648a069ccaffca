using Provenance.TestKit;
using Provenance.Tests.Rules;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Labels;
using Xunit;
using static Provenance.Tests.Formats.Sample;

namespace Provenance.Tests.Formats.Jxl;

public sealed class JxlFormatTests
{
    private static readonly byte[] s_start = [.. Box("JXL ", [0x0D, 0x0A, 0x87, 0x0A]), .. Box("ftyp", [.. "jxl \0\0\0\0jxl "u8])];

    private static readonly byte[] s_picture = Box("jxlc", [0xFF, 0x0A, 1, 2]);

    /// <summary>A JUMBF box that is no manifest store.</summary>
    private static readonly byte[] s_other = Box("jumb", [.. Box("jumd", [.. Convert.FromHexString("6579D6FBDBA2446BB2AC1B82FEEB89D1"), 0x03, .. "test\0"u8]), .. new byte[9]]);

    private static byte[] Jxl(params byte[][] boxes) => [.. s_start, .. Join(boxes)];

    private static byte[] Long(string type, byte[] content, ulong? size = null) =>
        [0, 0, 0, 1, .. Ascii(type), .. Big((uint)((size ?? (ulong)content.Length + 16) >> 32)), .. Big((uint)((size ?? (ulong)content.Length + 16) & uint.MaxValue)), .. content];

    [Fact]
    public async Task The_extent_is_the_box_which_is_the_store()
    {
        byte[] store = Store(), file = Jxl(s_other, store, s_picture);
        var found = Assert.Single((await MapAsync(file)).Stores);
        Assert.Equal([new ByteRange(s_start.Length + s_other.Length, store.Length)], found.Extent);
        Assert.Equal(found.Extent, found.Payload);
    }

    [Fact]
    public async Task A_store_may_have_the_longer_header()
    {
        byte[] store = Long("jumb", Store()[8..]);
        Assert.Equal([new ByteRange(s_start.Length, store.Length)], Assert.Single((await MapAsync(Jxl(store, s_picture))).Stores).Extent);
    }

    [Fact]
    public async Task Other_JUMBF_is_metadata()
    {
        var map = await MapAsync(Jxl(s_other, s_picture));
        Assert.Empty(map.Stores);
        Assert.Equal(RegionKind.OtherMetadata, map.Regions.Single(region => region.Name == "jumb").Kind);
    }

    [Theory]
    [InlineData("6332706100110010800000AA00389B71", "c2pa", true)]
    [InlineData("6332706100110010800000AA00389B71", "c2pb", true)]
    [InlineData("6579D6FBDBA2446BB2AC1B82FEEB89D1", "c2pa", true)]
    [InlineData("6579D6FBDBA2446BB2AC1B82FEEB89D1", "c2pb", false)]
    [InlineData("6332706100120010800000AA00389B71", "c2pb", false)]
    public async Task A_store_is_told_by_its_type_or_its_label(string uuid, string label, bool isStore)
    {
        byte[] box = Box("jumb", Box("jumd", [.. Convert.FromHexString(uuid), 0x03, .. Ascii(label), 0]));
        Assert.Equal(isStore ? 1 : 0, (await MapAsync(Jxl(box, s_picture))).Stores.Count);
    }

    [Fact]
    public async Task Two_stores_are_two() => Assert.Equal(2, (await MapAsync(Jxl(Store(), s_picture, Store()))).Stores.Count);

    [Fact]
    public async Task A_store_in_another_box_is_none() => Assert.Empty((await MapAsync(Jxl(Box("xbox", Store()), s_picture))).Stores);

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(7, false)]
    [InlineData(8, true)]
    [InlineData(12, true)]
    [InlineData(13, false)]
    public async Task A_size_holds_its_header_and_ends_in_the_file(uint size, bool isSound)
    {
        byte[] file = Jxl(Store(), [.. Big(size), .. "free"u8, 1, 2, 3, 4]);
        var map = await MapAsync(size == 8 ? file[..^4] : file);
        Assert.Single(map.Stores);
        Assert.Equal(isSound, map.Notes.Count == 0);
    }

    [Theory]
    [InlineData(15UL, false)]
    [InlineData(16UL, true)]
    [InlineData(17UL, false)]
    [InlineData(1UL << 63, false)]
    [InlineData(ulong.MaxValue, false)]
    public async Task A_long_size_does_too(ulong size, bool isSound)
    {
        var map = await MapAsync(Jxl(Store(), Long("free", [], size)));
        Assert.Single(map.Stores);
        Assert.Equal(isSound, map.Notes.Count == 0);
    }

    [Fact]
    public async Task A_store_that_the_file_ends_in_is_a_fault()
    {
        byte[] file = Jxl(Store());
        Assert.Null((await MapAsync(file)).StoreFault);
        Assert.NotNull((await MapAsync(file[..^1])).StoreFault);
        Assert.Null((await MapAsync(Jxl(s_other)[..^1])).StoreFault);
    }

    [Fact]
    public async Task Damage_before_a_store_is_no_file_without_credentials()
    {
        byte[] damage = [0, 0, 0, 4, .. "free"u8];
        await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(Jxl(damage, Store())));
        Assert.Empty((await MapAsync(Jxl(damage))).Stores);
    }

    [Fact]
    public async Task Boxes_are_limited()
    {
        byte[] storm = Jxl([.. Enumerable.Repeat(Box("free", []), 8)]);
        Assert.Equal(10, (await BoxesAsync(storm, Limits.Default with { ContainerParts = 10 })).Count);
        await Assert.ThrowsAsync<LimitExceededException>(() => MapAsync(storm, Limits.Default with { ContainerParts = 9 }));
    }

    [Fact]
    public async Task A_packed_store_is_told_and_not_read()
    {
        foreach (byte[] content in new[] { Store()[8..], Store() })
        {
            var map = await MapAsync(Jxl(TestJxl.Packed("jumb", content), s_picture));
            Assert.Empty(map.Stores);
            Assert.Contains("packed manifest store", map.StoreFault!.Rule, StringComparison.Ordinal);
        }
        Assert.Null((await MapAsync(Jxl(TestJxl.Packed("jumb", s_other[8..]), s_picture))).StoreFault);
        Assert.Null((await MapAsync(Jxl(TestJxl.Packed("Exif", Store()[8..]), s_picture))).StoreFault);
        // Beside a store that counts it is hashed like any other box.
        var both = await MapAsync(Jxl(TestJxl.Packed("jumb", Store()[8..]), Store(), s_picture));
        Assert.Single(both.Stores);
        Assert.Null(both.StoreFault);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_XMP_packet_is_read_packed_or_not(bool isPacked)
    {
        var map = await MapAsync(TestJxl.Small().WithXmp(TestMetadata.Xmp("https://example.org/m.c2pa"), isPacked).Bytes);
        Assert.Equal("https://example.org/m.c2pa", XmpProvenance.Find(map.Xmp!.Value.Span).Reference);
        Assert.Equal(RegionKind.Xmp, map.Regions[2].Kind);
        Assert.Equal(isPacked ? "brob" : "xml ", map.Regions[2].Name);
    }

    [Fact]
    public async Task What_is_packed_unpacks_to_so_much()
    {
        byte[] xmp = TestJxl.Packed("xml ", new byte[1000]), jumbf = TestJxl.Packed("jumb", [.. s_other[8..], .. new byte[1000]]);
        Assert.NotNull((await MapAsync(Jxl(xmp), Limits.Default with { XmpBytes = 1000 })).Xmp);
        var tooLong = await MapAsync(Jxl(xmp), Limits.Default with { XmpBytes = 999 });
        Assert.Null(tooLong.Xmp);
        Assert.Single(tooLong.Notes);

        int length = s_other.Length - 8 + 1000;
        await MapAsync(Jxl(jumbf), Limits.Default with { BrotliOutputBytes = length });
        await Assert.ThrowsAsync<LimitExceededException>(() => MapAsync(Jxl(jumbf), Limits.Default with { BrotliOutputBytes = length - 1 }));
        // Together no more than one alone.
        await MapAsync(Jxl(jumbf, jumbf), Limits.Default with { BrotliOutputBytes = 2 * length });
        await Assert.ThrowsAsync<LimitExceededException>(() => MapAsync(Jxl(jumbf, jumbf), Limits.Default with { BrotliOutputBytes = 2 * length - 1 }));
    }

    [Fact]
    public async Task What_cannot_be_unpacked_costs_as_much_as_it_could_have_yielded()
    {
        // An XMP box that fails takes 64 KiB off what may be unpacked.
        byte[] broken = Box("brob", [.. "xml "u8, 0xFF, 0xFF, 0xFF]), jumbf = TestJxl.Packed("jumb", s_other[8..]);
        Assert.Single((await MapAsync(Jxl(broken, jumbf), Limits.Default with { BrotliOutputBytes = (64 << 10) + s_other.Length })).Notes);
        await Assert.ThrowsAsync<LimitExceededException>(() => MapAsync(Jxl(broken, jumbf), Limits.Default with { BrotliOutputBytes = 64 << 10 }));
    }

    [Fact]
    public async Task Boxes_are_named_as_the_example_of_the_standard_names_them()
    {
        byte[] file = [.. Jxl(s_other, Store(), Box("jxlp", [0]), TestJxl.Packed("xml ", [1]), Box("xml ", [1]))];
        Assert.Equal("JXL,ftyp,jumb,C2PA,jxlp,brob,xml", string.Join(',', (await BoxesAsync(file)).Select(box => box.Name)));
    }

    [Theory]
    [InlineData("JXL")]
    [InlineData("JXL ")]
    public async Task A_box_hash_may_spell_the_space_of_a_name(string name)
    {
        var binding = HardBinding.Boxes(entries: list => list[0]["names"] = ((string[])list[0]["names"]!).Select(old => old == "JXL" ? name : old).ToArray());
        var asset = World.Silent("jxl-names").Created().BoundBy(binding).Embed(TestJxl.Small());
        Assert.Equal(ValidationState.Trusted, (await new CaseFile(asset.Bytes).VerifyAsync()).State);
    }

    [Fact]
    public async Task A_box_hash_notices_what_changes()
    {
        var asset = World.Sound("jxl-boxes").BoundBy(HardBinding.Boxes()).Embed(TestJxl.Small().WithExif() with { IsOpenEnded = true });
        Assert.Equal(ValidationState.Trusted, (await new CaseFile(asset.Bytes).VerifyAsync()).State);
        Assert.Equal(ValidationState.Invalid, (await new CaseFile(asset.MediaChanged()).VerifyAsync()).State);
        Assert.Equal(ValidationState.Invalid, (await new CaseFile(asset.FillerInserted(asset.StoreExtent.End)).VerifyAsync()).State);
        Assert.Equal(ValidationState.Invalid, (await new CaseFile(asset.Bytes.Appended(0)).VerifyAsync()).State);
    }

    [Fact]
    public async Task A_box_put_where_the_padding_was_is_no_match()
    {
        var asset = World.Sound("jxl-pad").Cose(cose => cose.Padding = 300).Embed(TestJxl.Small());
        byte[] forged = asset.PadShrunkAndInjected(40, "inserted"u8);
        Assert.Equal(asset.Bytes.Length, forged.Length);
        Assert.Equal(ValidationState.Trusted, (await new CaseFile(asset.Bytes).VerifyAsync()).State);
        Assert.Equal(ValidationState.Invalid, (await new CaseFile(forged).VerifyAsync()).State);
    }

    [Fact]
    public async Task Two_signed_stores_are_none_that_counts()
    {
        var asset = World.Sound("jxl-twice").Embed(TestJxl.Small());
        Assert.Null((await new CaseFile(asset.StoreTwice()).VerifyAsync()).Signer);
    }

    [Fact]
    public async Task A_real_file_holds_one()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        byte[] bytes = await File.ReadAllBytesAsync(Shared.Path("corpus", "made-signed/Reagan-signed.jxl"), TestContext.Current.CancellationToken);
        int start = bytes.AsSpan().IndexOf("jumb"u8) - 4;
        Assert.Equal([new ByteRange(start, 11146)], Assert.Single((await MapAsync(bytes)).Stores).Extent);
    }
}
