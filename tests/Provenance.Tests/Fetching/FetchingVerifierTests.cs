using System.Net;
using Provenance.Fetching;
using Provenance.TestKit;
using Provenance.Tests.Rules;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;
using Xunit;

namespace Provenance.Tests.Fetching;

/// <summary>Stores that are elsewhere, in the order of C2PA 2.5 §14.5.3.1, and what is said where they cannot be had.</summary>
public sealed class FetchingVerifierTests : IAsyncDisposable
{
    private static readonly VerificationPolicy Policy = VerificationPolicy.WithTrust(World.Now, World.Signers, World.TimeStampers);

    private readonly TestWeb _web = new();

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    [Theory]
    [InlineData("https://a.example/m.c2pa")]
    [InlineData("https://a.example/m.c2pa#jumbf=c2pa/urn:c2pa:ignored")]
    public async Task A_store_that_the_file_points_to_is_fetched_and_told(string pointer)
    {
        var asset = Pointing(pointer);
        _web.Gives("/m.c2pa", asset.Store);

        var report = await VerifyAsync(asset.Bytes);

        Assert.Equal(Label.IntactKnown, report.Label);
        Assert.Equal(ManifestOrigin.Fetched, report.Origin);
        Assert.Equal("https://a.example/m.c2pa", report.ManifestLocation);
        Assert.Equal(pointer, report.RemoteManifest);
        Assert.DoesNotContain(report.References, reference => reference.Kind == OutsideReferenceKind.RemoteManifest);
        string json = Json(report);
        Assert.Contains("\"origin\":\"fetched\",\"manifestLocation\":\"https://a.example/m.c2pa\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_lies_in_another_asset_is_taken_out_of_it()
    {
        // Of the same picture: the store's own bytes are left out of its hash in both.
        var asset = Pointing("https://a.example/x.jpg#jumbf=c2pa");
        _web.Gives("/x.jpg", TestJpeg.Small().Embed(asset.Store).Bytes);

        var report = await VerifyAsync(asset.Bytes);

        Assert.Equal((Label.IntactKnown, ManifestOrigin.Fetched), (report.Label, report.Origin));
    }

    [Fact]
    public async Task Where_a_fetch_was_sent_on_to_is_told()
    {
        var asset = Pointing("https://a.example/m");
        _web.Says("/m", "302 Found", "Location: https://b.example/n").Gives("/n", asset.Store);

        Assert.Equal("https://b.example/n", (await VerifyAsync(asset.Bytes)).ManifestLocation);
    }

    [Fact]
    public async Task A_store_of_another_file_breaks_the_binding()
    {
        var asset = Pointing("https://a.example/m.c2pa");
        _web.Gives("/m.c2pa", World.Sound("other").Sidecar(TestPng.Small()).Store);

        var report = await VerifyAsync(asset.Bytes);

        Assert.Equal((Label.Broken, ManifestOrigin.Fetched), (report.Label, report.Origin));
    }

    [Fact]
    public async Task A_file_that_was_changed_does_not_match_what_is_fetched()
    {
        var asset = Pointing("https://a.example/m.c2pa");
        _web.Gives("/m.c2pa", asset.Store);
        byte[] changed = asset.Bytes.ToArray();
        changed[^10] ^= 1;

        Assert.Equal(Label.Broken, (await VerifyAsync(changed)).Label);
    }

    [Theory]
    [InlineData("https://a.example/absent.c2pa", "a.example answered 404")]
    [InlineData("https://127.0.0.1/m.c2pa", "the address of the host is not public: this machine")]
    [InlineData("http://a.example/m.c2pa", "only https:// is fetched")]
    [InlineData("m.c2pa", "the reference is relative, and nothing says to what")]
    [InlineData("javascript:alert(1)", "only https:// is fetched")]
    [InlineData("https://a.example/page", "what is there holds no manifest store")]
    [InlineData("https://a.example/bare.jpg", "what is there holds no manifest store")]
    [InlineData("https://a.example/pointing.jpg", "what is there holds no manifest store")]
    [InlineData("https://a.example/cut.webp", "what is there cannot be read")]
    public async Task A_store_that_cannot_be_had_is_not_checked_and_never_none(string pointer, string why)
    {
        _web.Gives("/page", "<html>not here</html>"u8.ToArray()).Gives("/bare.jpg", TestJpeg.Small().Bytes)
            .Gives("/pointing.jpg", Pointing("https://a.example/m.c2pa").Bytes).Gives("/m.c2pa", World.Sound().Sidecar(TestJpeg.Small()).Store)
            .Gives("/cut.webp", Swallowing());
        int expected = pointer.StartsWith("https://a.", StringComparison.Ordinal) ? 1 : 0;

        var report = await VerifyAsync(Pointing(pointer).Bytes);

        Assert.Equal(Label.NotChecked, report.Label);
        Assert.Null(report.State);
        Assert.Equal(5, report.Labelling.ExitCode);
        Assert.Contains("could not be fetched", report.SentenceIn(Words.English), StringComparison.Ordinal);
        var finding = Assert.Single(report.Findings);
        Assert.Equal("manifest.inaccessible", finding.Code.Text);
        Assert.Contains(why, finding.Explanation, StringComparison.Ordinal);
        Assert.Equal((ManifestOrigin.Remote, pointer), (report.Origin, report.RemoteManifest));
        Assert.Equal(expected, _web.Requests.Count);
    }

    [Fact]
    public async Task A_store_that_came_and_cannot_be_read_is_malformed()
    {
        var asset = Pointing("https://a.example/m.c2pa");
        byte[] damaged = asset.Store.ToArray();
        damaged[3] ^= 1;
        _web.Gives("/m.c2pa", damaged);

        var report = await VerifyAsync(asset.Bytes);

        Assert.Equal((Label.Unreadable, ValidationState.Invalid), (report.Label, report.State));
        Assert.Equal("manifest.inaccessible.malformed", Assert.Single(report.Findings).Code.Text);
    }

    [Fact]
    public async Task A_store_of_the_longest_length_is_fetched_and_a_longer_one_is_not()
    {
        var asset = Pointing("https://a.example/m.c2pa");
        _web.Gives("/m.c2pa", asset.Store);

        Assert.Equal(Label.IntactKnown, (await VerifyAsync(asset.Bytes, policy: Policy with { Limits = Limits.Default with { StoreBytes = asset.Store.Length } })).Label);
        var report = await VerifyAsync(asset.Bytes, policy: Policy with { Limits = Limits.Default with { StoreBytes = asset.Store.Length - 1 } });
        Assert.Equal("manifest.inaccessible", Assert.Single(report.Findings).Code.Text);
    }

    [Fact]
    public async Task A_store_in_the_file_or_in_hand_asks_nobody()
    {
        var pointing = TestJpeg.Small().WithXmp(TestMetadata.Xmp("https://a.example/m.c2pa"));
        var embedded = await VerifyAsync(World.Sound().Embed(pointing).Bytes);
        var asset = Pointing("https://a.example/m.c2pa");
        var given = await VerifyAsync(asset.Bytes, new() { Manifest = new(asset.Store) });
        var none = await VerifyAsync(TestJpeg.Small().Bytes);

        Assert.Equal([(ManifestOrigin.Embedded, Label.IntactKnown), (ManifestOrigin.Detached, Label.IntactKnown), (ManifestOrigin.None, Label.None)],
            new[] { embedded, given, none }.Select(report => (report.Origin, report.Label)));
        Assert.Empty(_web.Resolved);
    }

    [Fact]
    public async Task Without_fetching_the_same_file_only_says_where_it_points()
    {
        var report = await Verifier.Verifier.VerifyAsync(AssetSource.FromMemory(Pointing("https://a.example/m.c2pa").Bytes), Policy, TestContext.Current.CancellationToken);
        Assert.Equal((Label.NotChecked, ManifestOrigin.Remote), (report.Label, report.Origin));
        Assert.Empty(report.Findings);
    }

    [Fact]
    public async Task What_lies_beside_is_used_where_the_pointer_fails_and_only_there()
    {
        var asset = Pointing("https://a.example/m.c2pa");
        int asked = 0;
        AssetCompanions Beside()
        {
            asked++;
            return new() { Manifest = new(asset.Store) { FoundAs = "x.jpg.c2pa" } };
        }

        var report = await VerifyAsync(asset.Bytes, beside: Beside);
        Assert.Equal((Label.IntactKnown, ManifestOrigin.Beside, "x.jpg.c2pa"), (report.Label, report.Origin, report.ManifestLocation));
        Assert.Contains(report.References, reference => reference.Url == "https://a.example/m.c2pa");

        _web.Gives("/m.c2pa", asset.Store);
        Assert.Equal(ManifestOrigin.Fetched, (await VerifyAsync(asset.Bytes, beside: Beside)).Origin);
        Assert.Equal(1, asked);
    }

    [Theory]
    [InlineData("Link: <m.c2pa>; rel=c2pa-manifest")]
    [InlineData("Link: </s.css>; rel=preload, </p/m.c2pa>; rel=\"c2pa-manifest\"")]
    [InlineData("Link: <https://b.example/p/m.c2pa>; rel=c2pa-manifest")]
    [InlineData("Link: <copy.jpg#jumbf=c2pa>; rel=c2pa-manifest")]
    public async Task The_Link_header_is_honoured(string link)
    {
        var asset = World.Sound().Sidecar(TestJpeg.Small());
        _web.Gives("/p/x.jpg", asset.Bytes, link).Gives("/p/m.c2pa", asset.Store).Gives("/p/copy.jpg", TestJpeg.Small().Embed(asset.Store).Bytes);

        var report = await VerifyUrlAsync("https://a.example/p/x.jpg");

        Assert.Equal((Label.IntactKnown, ManifestOrigin.Fetched), (report.Label, report.Origin));
    }

    [Fact]
    public async Task The_Link_header_comes_before_XMP_and_both_before_what_lies_beside()
    {
        var asset = Pointing("https://a.example/xmp.c2pa");
        _web.Gives("/link.c2pa", asset.Store).Gives("/xmp.c2pa", asset.Store).Gives("/x.jpg.c2pa", asset.Store);

        _web.Gives("/x.jpg", asset.Bytes, "Link: <link.c2pa>; rel=c2pa-manifest");
        Assert.Equal("https://a.example/link.c2pa", (await VerifyUrlAsync("https://a.example/x.jpg")).ManifestLocation);
        _web.Gives("/x.jpg", asset.Bytes, "Link: <absent.c2pa>; rel=c2pa-manifest");
        Assert.Equal("https://a.example/xmp.c2pa", (await VerifyUrlAsync("https://a.example/x.jpg")).ManifestLocation);
        _web.Says("/xmp.c2pa", "404 Gone");
        Assert.Equal("https://a.example/x.jpg.c2pa", (await VerifyUrlAsync("https://a.example/x.jpg")).ManifestLocation);
    }

    [Fact]
    public async Task An_embedded_store_comes_before_the_Link_header()
    {
        _web.Gives("/x.jpg", World.Sound().Embed(TestJpeg.Small()).Bytes, "Link: <m.c2pa>; rel=c2pa-manifest");
        Assert.Equal(ManifestOrigin.Embedded, (await VerifyUrlAsync("https://a.example/x.jpg")).Origin);
        Assert.Single(_web.Requests);
    }

    [Theory]
    [InlineData("/x.jpg", "/x.jpg.c2pa")]
    [InlineData("/x.jpg", "/x.c2pa")]
    [InlineData("/x.jpg?size=1", "/x.jpg.c2pa")]
    [InlineData("/dir.d/x", "/dir.d/x.c2pa")]
    public async Task A_store_beside_the_URL_is_found(string url, string beside)
    {
        var asset = World.Sound().Sidecar(TestJpeg.Small());
        _web.Gives(url, asset.Bytes).Gives(beside, asset.Store);

        var report = await VerifyUrlAsync("https://a.example" + url);

        Assert.Equal((Label.IntactKnown, "https://a.example" + beside), (report.Label, report.ManifestLocation));
    }

    [Fact]
    public async Task A_host_that_has_a_page_for_every_path_has_no_store_beside_each_file()
    {
        byte[] page = "<html>everything is here</html>"u8.ToArray();
        _web.Gives("/x.jpg", TestJpeg.Small().Bytes).Gives("/x.jpg.c2pa", page).Gives("/x.c2pa", page);

        var report = await VerifyUrlAsync("https://a.example/x.jpg");

        Assert.Equal((Label.None, ManifestOrigin.None), (report.Label, report.Origin));
    }

    [Theory]
    [InlineData("Link: <http://a.example/m.c2pa>; rel=c2pa-manifest", "only https:// is fetched")]
    [InlineData("Link: <https://169.254.169.254/m.c2pa>; rel=c2pa-manifest", "the address of the host is not public: the local link")]
    [InlineData("Link: <m.c2pa>; rel=c2pa-manifest, <n.c2pa>; rel=c2pa-manifest", "the Link header names 2 places")]
    [InlineData("Link: <absent.c2pa>; rel=c2pa-manifest", "a.example answered 404")]
    public async Task A_Link_header_that_leads_nowhere_is_told(string link, string why)
    {
        _web.Gives("/x.jpg", TestJpeg.Small().Bytes, link).Gives("/m.c2pa", World.Sound().Sidecar(TestJpeg.Small()).Store);

        var report = await VerifyUrlAsync("https://a.example/x.jpg");

        Assert.Equal(Label.NotChecked, report.Label);
        Assert.Contains(why, Assert.Single(report.Findings).Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../m.c2pa", "https://a.example/m.c2pa")]
    [InlineData("//b.example/m.c2pa", "https://b.example/m.c2pa")]
    public async Task A_relative_pointer_is_read_against_the_URL_of_the_asset_behind_redirects(string pointer, string place)
    {
        var asset = Pointing(pointer);
        _web.Says("/here", "302 Found", "Location: /p/x.jpg").Gives("/p/x.jpg", asset.Bytes).Gives("/m.c2pa", asset.Store);

        Assert.Equal(place, (await VerifyUrlAsync("https://a.example/here")).ManifestLocation);
    }

    [Fact]
    public async Task The_bytes_decide_what_an_asset_is_and_not_the_host()
    {
        _web.Gives("/x.jpg", "<svg/>"u8.ToArray(), "Content-Type: image/jpeg").Gives("/y.txt", TestPng.Small().Bytes, "Content-Type: text/plain");

        Assert.NotEqual("image/jpeg", (await VerifyUrlAsync("https://a.example/x.jpg")).MediaType);
        Assert.Equal("image/png", (await VerifyUrlAsync("https://a.example/y.txt")).MediaType);
    }

    [Theory]
    [InlineData("https://a.example/absent.jpg", "a.example answered 404")]
    [InlineData("http://a.example/x.jpg", "only https:// is fetched")]
    [InlineData("https://localhost/x.jpg", "the host's name has no dot")]
    [InlineData("/x.jpg", "the reference is relative")]
    public async Task An_asset_that_cannot_be_had_is_unreadable(string url, string why)
    {
        var report = await VerifyUrlAsync(url);

        Assert.Equal(Label.Unreadable, report.Label);
        Assert.Contains(why, report.Error!.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_whose_name_leads_inside_is_never_dialled_for_any_of_it()
    {
        _web.Addresses["b.example"] = [[TestWeb.Public, IPAddress.Parse("10.0.0.1")]];
        _web.Gives("/x.jpg", Pointing("https://b.example/m.c2pa").Bytes, "Link: <https://b.example/n.c2pa>; rel=c2pa-manifest");

        var report = await VerifyUrlAsync("https://a.example/x.jpg");

        Assert.Equal("manifest.inaccessible", Assert.Single(report.Findings).Code.Text);
        Assert.All(_web.Requests, head => Assert.Contains("Host: a.example", head, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("made-remote", "libpng-test-remote-only.png", "libpng-test-remote-only.c2pa")]
    [InlineData("made-variants", "remote-only.jpg", "remote-only.jpg.c2pa")]
    public async Task Files_that_the_reference_made_are_intact_with_the_store_they_point_to(string folder, string file, string store)
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        byte[] bytes = await File.ReadAllBytesAsync(Shared.Path("corpus", folder, file), TestContext.Current.CancellationToken);
        _web.Gives("/x", bytes, "Link: <m>; rel=c2pa-manifest").Gives("/m", await File.ReadAllBytesAsync(Shared.Path("corpus", folder, store), TestContext.Current.CancellationToken));

        // What they point to is under .invalid, which nobody may ask; the header says where it is today.
        var report = await VerifyUrlAsync("https://a.example/x");
        Assert.Equal((Label.IntactUnknownIssuer, ManifestOrigin.Fetched), (report.Label, report.Origin));

        var alone = await VerifyAsync(bytes);
        Assert.Contains("a host under .invalid is none of the public internet", Assert.Single(alone.Findings).Explanation, StringComparison.Ordinal);
    }

    /// <summary>A picture whose XMP points somewhere, with the store that binds it.</summary>
    private static SignedAsset Pointing(string pointer) => World.Sound().Sidecar(TestJpeg.Small().WithXmp(TestMetadata.Xmp(pointer)));

    /// <summary>A signed picture whose first part says that it reaches over all others.</summary>
    private static byte[] Swallowing()
    {
        byte[] bytes = World.Sound().Embed(TestWebP.Small()).Bytes;
        bytes[19] = 0x7F;
        return bytes;
    }

    private async Task<VerificationReport> VerifyAsync(byte[] bytes, AssetCompanions? companions = null, VerificationPolicy? policy = null, Func<AssetCompanions?>? beside = null) =>
        await new FetchingVerifier(_web.Client).VerifyAsync(AssetSource.FromMemory(bytes), companions ?? AssetCompanions.None, policy ?? Policy, beside, TestContext.Current.CancellationToken);

    private async Task<VerificationReport> VerifyUrlAsync(string url) =>
        await new FetchingVerifier(_web.Client).VerifyUrlAsync(url, AssetCompanions.None, Policy, cancellation: TestContext.Current.CancellationToken);

    private static string Json(VerificationReport report)
    {
        var writer = new StringWriter();
        ReportJson.Write(writer, report);
        return writer.ToString();
    }
}
