using System.Globalization;
using Newtonsoft.Json.Linq;
using Provenance.TestKit;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Reports;
using Xunit;
using VerificationPolicy = Provenance.Verifier.VerificationPolicy;

namespace Provenance.Tests.Reports;

public sealed class ReportJsonTests
{
    private const int Mebibyte = 1 << 20;

    private static readonly DateTimeOffset Now = new(2026, 3, 15, 0, 0, 0, TimeSpan.Zero);
    private static readonly TestCertificate Signer = TestAuthority.Root("Report Root").Intermediate("Report CA").Issue("Report Signer");

    [Fact]
    public async Task A_report_is_the_same_in_another_culture()
    {
        var report = await VerifyAsync(Builder("culture").Created());
        string here = Write(report);
        // The tests run without the system's cultures; one with signs of its own shows the same.
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NegativeSign, culture.DateTimeFormat.TimeSeparator) = ("#", "~", "h");
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = culture;
            Assert.Equal(here, Write(report));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task However_much_the_file_says_the_report_stays_under_a_mebibyte_and_says_that_it_was_cut()
    {
        string wide = string.Concat(Enumerable.Repeat("\U0001F600\u202e\"", 3000));
        var builder = Builder("large").Titled(wide).GeneratedBy(wide).Created();
        for (int i = 0; i < 400; i++)
            builder.Action("c2pa.edited", action => action.With("description", wide).With("reason", wide));

        string text = Write(await VerifyAsync(builder));
        var report = JObject.Parse(text);

        Assert.InRange(text.Length, Mebibyte / 2, Mebibyte - 1);
        Assert.True((bool)report["truncated"]!);
        Assert.True((int)report["manifests"]![0]!["actionsOmitted"]! > 0);
        Assert.EndsWith("…", (string?)report["manifests"]![0]!["claimed"]!["title"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_history_of_hundreds_of_manifests_stays_under_a_mebibyte()
    {
        var asset = Builder("0").Created().Embed(TestJpeg.Small());
        string title = new('\u00e4', 5000);
        for (int i = 1; i < 60; i++)
            asset = Builder(i.ToString(CultureInfo.InvariantCulture)).Titled(title).Opened(asset, title).Embed(TestJpeg.Small());

        string text = Write(await VerifyAsync(asset.Bytes));

        Assert.True(text.Length < Mebibyte, $"{text.Length}");
        Assert.Equal(60, (int)JObject.Parse(text)["history"]!["manifests"]!);
    }

    [Fact]
    public async Task A_report_without_a_cut_says_so() =>
        Assert.False((bool)JObject.Parse(Write(await VerifyAsync(Builder("small").Created())))["truncated"]!);

    [Fact]
    public async Task Half_a_character_does_not_reach_the_report()
    {
        // UTF-8 cannot hold one; JSON text could, and a strict reader would refuse the whole report.
        string text = Write(await VerifyAsync(Builder("half").Created()), "a" + (char)0xDC00 + ".jpg");

        Assert.StartsWith("{\"file\":\"a\\ufffd.jpg\",", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_of_which_nothing_could_be_read_has_a_report_too()
    {
        var json = JObject.Parse(Write(VerificationReport.Unread(VerificationPolicy.WithoutTrustAnchorsUnsafe(Now), "gone")));

        Assert.Equal("unreadable", (string?)json["label"]);
        Assert.Equal("gone", (string?)json["error"]!["rule"]);
        Assert.Equal("not-checked", (string?)json["integrity"]!["result"]);
        Assert.Equal("not-checked", (string?)json["coverage"]!["result"]);
    }

    [Fact]
    public async Task Every_axis_can_say_that_it_was_not_checked()
    {
        var json = JObject.Parse(Write(await VerifyAsync(TestJpeg.Small().Bytes)));

        foreach (string axis in (string[])["integrity", "coverage", "signerTrust", "revocation", "time", "history", "aiDisclosure"])
            Assert.Equal("not-checked", (string?)json[axis]!["result"]);
    }

    [Fact]
    public async Task Each_manifest_has_a_state_of_its_own()
    {
        var source = Builder("source").Created().Embed(TestJpeg.Small());
        byte[] store = [.. source.Store];
        store[store.AsSpan().IndexOf("digitalsourcetype"u8)] ^= 1;
        var json = JObject.Parse(Write(await VerifyAsync(Builder("outer").Opened(source with { Store = store }))));

        Assert.Equal("Invalid", (string?)json["validationState"]);
        Assert.Equal(["Valid", "Invalid"], json["manifests"]!.Select(manifest => (string?)manifest["state"]));
        Assert.Equal("failing", (string?)json["history"]!["result"]);
        Assert.Equal(["assertion.hashedURI.mismatch", "signingCredential.untrusted"], json["ingredientFailures"]!.Select(code => (string?)code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Of_a_signature_that_does_not_hold_the_lists_say_nothing()
    {
        var asset = Builder("broken").Created().Embed(TestJpeg.Small());
        byte[] bytes = [.. asset.Bytes];
        int at = bytes.AsSpan().IndexOf("instanceID"u8) + 15;
        bytes[at] ^= 1;

        var json = JObject.Parse(Write(await VerifyAsync(bytes)));

        Assert.Equal("broken", (string?)json["label"]);
        Assert.Equal("not-checked", (string?)json["signerTrust"]!["result"]);
        Assert.Equal(JTokenType.Null, json["signer"]!["proven"]!.Type);
        Assert.Equal("Report Signer", (string?)json["signer"]!["claimed"]!["commonName"]);
    }

    private static ManifestBuilder Builder(string seed) => new ManifestBuilder("report-json/" + seed).SignedBy(Signer);

    private static Task<VerificationReport> VerifyAsync(ManifestBuilder builder) => VerifyAsync(builder.Embed(TestJpeg.Small()).Bytes);

    private static async Task<VerificationReport> VerifyAsync(byte[] bytes)
    {
        await using var source = AssetSource.FromMemory(bytes);
        return await Verifier.Verifier.VerifyAsync(source, VerificationPolicy.WithoutTrustAnchorsUnsafe(Now), TestContext.Current.CancellationToken);
    }

    private static string Write(VerificationReport report, string? file = null)
    {
        var text = new StringWriter();
        ReportJson.Write(text, report, file);
        return text.ToString();
    }
}
