using Newtonsoft.Json.Linq;
using Provenance.TestKit;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.History;
using Provenance.Verifier.Reports;
using Provenance.Verifier.Trust;
using VerificationPolicy = Provenance.Verifier.VerificationPolicy;

namespace Provenance.Tests.History;

/// <summary>Chains made by the TestKit, and files of the corpus, with what is told of them.</summary>
internal static class Made
{
    public static readonly DateTimeOffset Now = new(2026, 3, 15, 0, 0, 0, TimeSpan.Zero);

    private static readonly TestAuthority s_root = TestAuthority.Root("History Root");
    private static readonly TestTimeStampAuthority s_clock = TestTimeStampAuthority.Create("History Clock");

    public static TestCertificate Camera { get; } = s_root.Issue("History Camera");

    public static TestCertificate Network { get; } = s_root.Issue("History Network");

    public static TestCertificate Stranger { get; } = TestAuthority.Root("Another Root").Issue("Stranger");

    public static ManifestBuilder Builder(string seed, TestCertificate? signer = null) => new ManifestBuilder("history/" + seed).SignedBy(signer ?? Camera);

    public static ManifestBuilder StampedAt(this ManifestBuilder builder, string time) => builder.TimeStampedBy(ClockAt(time));

    public static TestTimeStampAuthority ClockAt(string time) => s_clock.At(time);

    /// <summary>A manifest that does to its parent what it says and nothing else.</summary>
    public static ManifestBuilder Over(this ManifestBuilder builder, SignedAsset parent, params string[] actions)
    {
        builder.Opened(parent);
        foreach (string action in actions)
            builder.Action(action);
        return builder;
    }

    public static SignedAsset Embed(this ManifestBuilder builder) => builder.Embed(TestJpeg.Small());

    public static Task<VerificationReport> ReportAsync(this ManifestBuilder builder, bool withTrust = false) => builder.Embed().ReportAsync(withTrust);

    public static Task<VerificationReport> ReportAsync(this SignedAsset asset, bool withTrust = false) => ReportAsync(asset.Bytes, withTrust);

    public static async Task<VerificationReport> ReportAsync(byte[] bytes, bool withTrust = false)
    {
        await using var source = AssetSource.FromMemory(bytes);
        return await Verifier.Verifier.VerifyAsync(source, withTrust ? s_trusting.Value : VerificationPolicy.WithoutTrustAnchorsUnsafe(Now), Xunit.TestContext.Current.CancellationToken);
    }

    private static readonly Lazy<VerificationPolicy> s_trusting = new(() => VerificationPolicy.WithTrust(Now,
    [
        TrustList.FromPem("signers", TrustPurpose.Signer, s_root.AnchorPem), TrustList.FromPem("stamps", TrustPurpose.TimeStamp, s_clock.AnchorPem),
    ]));

    /// <summary>A file of ../shared/corpus; the test is skipped without it.</summary>
    public static async Task<VerificationReport> OfCorpusAsync(string path)
    {
        Xunit.Assert.SkipUnless(Shared.Exists, Shared.Absent);
        return await ReportAsync(await File.ReadAllBytesAsync(Shared.Path(["corpus", .. path.Split('/')]), Xunit.TestContext.Current.CancellationToken));
    }

    /// <summary>What happened, in a few characters each.</summary>
    public static IEnumerable<string> Lines(this EditHistory history) => history.Timeline.Select(item => item.Kind switch
    {
        HistoryEventKind.Signing => $"signed by {item.Manifest.Certificate?.CommonName}",
        HistoryEventKind.Ingredient => $"{item.Ingredients[0].Relationship} {item.Ingredients[0].Title}",
        HistoryEventKind.Withheld => $"withheld {item.Ingredients[0].Title}: {item.State}",
        HistoryEventKind.Redaction => $"redacted {item.Redacted?[(item.Redacted.LastIndexOf('/') + 1)..]} {item.Reason}",
        HistoryEventKind.SoftBinding => $"soft binding {item.Name}",
        _ => item.Name + (item.IsCreated ? "" : " (passed on)"),
    });

    public static JObject Json(VerificationReport report)
    {
        var text = new StringWriter();
        ReportJson.Write(text, report);
        return JObject.Parse(text.ToString());
    }
}
