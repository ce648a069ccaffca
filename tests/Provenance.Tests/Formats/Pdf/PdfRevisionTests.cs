using Provenance.TestKit;
using Provenance.Tests.Rules;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Labels;
using Xunit;

namespace Provenance.Tests.Formats.Pdf;

/// <summary>Documents that were saved again and again, and their stores (C2PA 2.5 §A.4.2.1).</summary>
public sealed class PdfRevisionTests
{
    private static readonly SignedAsset s_first = World.Sound("first").Embed(TestPdf.Small());

    private static readonly Extent s_old = s_first.StoreExtent;

    private static SignedAsset Second(Func<ManifestBuilder, ManifestBuilder>? how = null) => (how ?? (m => m))(World.Sound("second")).Embed(TestPdf.Small() with { Earlier = s_first.Bytes });

    private static ManifestBuilder LeavingOut(ManifestBuilder manifest, Extent more) => manifest.BoundBy(HardBinding.Data("c2pa.hash.data", c => [more, c.Asset.Extent]));

    private static async Task<ValidationState?> StateAsync(CaseFile file) => (await file.VerifyAsync()).State;

    [Fact]
    public async Task The_store_of_the_newest_revision_counts()
    {
        var report = await new CaseFile(Second().Bytes).VerifyAsync();
        Assert.Equal(ValidationState.Trusted, report.State);
        Assert.Equal(Second().ActiveLabel, report.ActiveManifest);
        Assert.Equal(2, (await Sample.MapAsync(Second().Bytes)).Stores.Count);
    }

    [Fact]
    public async Task The_store_of_an_older_revision_may_be_an_ingredient()
    {
        // Its manifests stand in the older store alone: both are read as one.
        var report = await new CaseFile(World.Silent("second").Opened(s_first).Store(store => store.Children.RemoveAll(box => box.Label == s_first.ActiveLabel))
            .Embed(TestPdf.Small() with { Earlier = s_first.Bytes }).Bytes).VerifyAsync();
        Assert.Equal(ValidationState.Trusted, report.State);
        Assert.Equal(2, report.Manifests.Count);
    }

    [Fact]
    public async Task A_manifest_of_an_older_store_may_be_repeated_byte_for_byte()
    {
        var again = World.Silent("second").Opened(s_first).Embed(TestPdf.Small() with { Earlier = s_first.Bytes });
        Assert.Equal(ValidationState.Trusted, await StateAsync(again));
        // Repeated otherwise it is two manifests of one label.
        var other = World.Sound("second").CarryingAlong(World.Sound("first").Titled("another").Embed(TestPdf.Small())).Embed(TestPdf.Small() with { Earlier = s_first.Bytes });
        Assert.Equal(Label.Unreadable, (await new CaseFile(other.Bytes).VerifyAsync()).Label);
    }

    [Fact]
    public async Task An_older_store_is_hashed_or_left_out_exactly()
    {
        Assert.Equal(ValidationState.Trusted, await StateAsync(Second(manifest => LeavingOut(manifest, s_old))));
        Assert.Equal(ValidationState.Invalid, await StateAsync(Second(manifest => LeavingOut(manifest, new(s_old.Start, s_old.Length - 1)))));
        Assert.Equal(ValidationState.Invalid, await StateAsync(Second(manifest => LeavingOut(manifest, new(s_old.Start - 1, s_old.Length + 1)))));
    }

    [Fact]
    public async Task The_own_store_cannot_be_exchanged_for_an_older_one() =>
        Assert.Equal(ValidationState.Invalid, await StateAsync(Second(manifest => manifest.BoundBy(HardBinding.Data("c2pa.hash.data", _ => [s_old])))));

    [Fact]
    public async Task A_change_of_an_older_store_that_is_hashed_is_noticed() =>
        Assert.Equal(ValidationState.Invalid, await StateAsync(Second().Bytes.FlipBit(s_first.Embedding.FileOffset(s_first.CosePart.End - 1))));

    [Fact]
    public async Task An_update_without_a_store_breaks_the_older_one_and_does_not_hide_it()
    {
        byte[] updated = PdfWriter.Behind(s_first.Bytes).Object(1, "<< /Type /Catalog /Pages 2 0 R >>").Table("/Root 1 0 R", 200).ToArray();
        var report = await new CaseFile(updated).VerifyAsync();
        Assert.Equal(ValidationState.Invalid, report.State);
        Assert.Equal(Label.Broken, report.Label);
    }

    [Fact]
    public async Task Sections_that_go_in_circles_are_damage_and_not_the_end()
    {
        byte[] updated = PdfWriter.Behind(s_first.Bytes).Object(1, "<< /Type /Catalog /Pages 2 0 R >>").ToArray();
        byte[] circle = [.. updated, .. Sample.Ascii($"xref\n0 0\ntrailer\n<< /Root 1 0 R /Prev {updated.Length} >>\nstartxref\n{updated.Length}\n%%EOF\n")];
        var report = await new CaseFile(circle).VerifyAsync();
        Assert.Contains(report.Notes, note => note.Text.Contains("circles", StringComparison.Ordinal));
        Assert.Equal(Label.Broken, report.Label);
    }

    [Theory]
    [InlineData(PdfLayout.Table)]
    [InlineData(PdfLayout.Streams)]
    public async Task A_file_whose_sections_are_lost_is_searched(PdfLayout layout)
    {
        var asset = World.Sound().Embed(new TestPdf { Layout = layout, StartOffset = 5 });
        var report = await new CaseFile(asset.Bytes).VerifyAsync();
        Assert.Equal(ValidationState.Trusted, report.State);
        Assert.NotEmpty(report.Notes);
        var unsigned = await new CaseFile(new TestPdf { Layout = layout, StartOffset = 5 }.Bytes).VerifyAsync();
        Assert.Equal(Label.None, unsigned.Label);
        Assert.NotEmpty(unsigned.Notes);
    }

    [Fact]
    public async Task There_are_as_many_revisions_as_1024()
    {
        var writer = new PdfWriter().Raw("%PDF-1.7\n").Object(1, "<< /Type /Catalog >>");
        for (int i = 0; i < 1024; i++)
            writer.Table("/Root 1 0 R", 2);
        Assert.Empty((await Sample.MapAsync(writer.ToArray())).Notes);
        byte[] more = writer.Table("/Root 1 0 R", 2).ToArray();
        await Assert.ThrowsAsync<LimitExceededException>(() => Sample.MapAsync(more));
    }

    [Fact]
    public async Task The_length_of_an_object_stream_lies_in_no_object_stream()
    {
        // Object 5 is the length of object stream 4, and lies in it.
        byte[] file = [.. new PdfWriter().Raw("%PDF-1.7\n").Packed(4, (1, "<< /Type /Catalog >>"), (5, "9")).XrefStream(6, "/Root 1 0 R", 7).ToArray()];
        string text = System.Text.Encoding.Latin1.GetString(file);
        int at = text.IndexOf("/Length ", StringComparison.Ordinal), end = text.IndexOf(" >>", at, StringComparison.Ordinal);
        byte[] broken = System.Text.Encoding.Latin1.GetBytes(text[..at] + "/Length 5 0 R".PadRight(end - at)[..Math.Max(end - at, 13)] + text[end..]);
        var map = await Sample.MapAsync(broken);
        Assert.NotEmpty(map.Notes);
    }
}
