using Provenance.TestKit;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Status;
using Provenance.Verifier.Trust;
using Xunit;

namespace Provenance.Tests.Checks;

/// <summary>Manifests that say something, and what is found about it.</summary>
internal static class Statements
{
    /// <summary>A day behind <see cref="TestTimeStampAuthority.UsualTime"/>.</summary>
    private static readonly DateTimeOffset s_now = TestTimeStampAuthority.UsualTime.AddDays(1);

    private static readonly TestAuthority s_root = TestAuthority.Root("Statements Root CA");

    public static TestCertificate Signer { get; } = s_root.Issue("Statements Signer");

    public static TestTimeStampAuthority Tsa { get; } = TestTimeStampAuthority.Create("Statements Time Stamping");

    /// <summary>A manifest without a word on how the picture came to be.</summary>
    public static ManifestBuilder Silent(string seed = "statements") => new ManifestBuilder(seed).SignedBy(Signer);

    public static ManifestBuilder Sound(string seed = "statements") => Silent(seed).Created();

    /// <summary>An actions assertion with what a test wants in its one or more actions.</summary>
    public static Assertion Actions(Func<BuildContext, CborFields> fields) => Assertion.Cbor("c2pa.actions.v2", fields);

    public static CborFields Created(params (string Key, object? Value)[] more)
    {
        var action = new CborFields { { "action", "c2pa.created" }, { "digitalSourceType", DigitalSource.Camera } };
        foreach (var (key, value) in more)
            action.Add(key, value);
        return action;
    }

    public static async Task<VerificationReport> VerifyAsync(ManifestBuilder manifest) => await VerifyAsync(manifest.Embed(TestJpeg.Small()));

    public static async Task<VerificationReport> VerifyAsync(SignedAsset asset, Limits? limits = null) => await Provenance.Verifier.Verifier.VerifyAsync(
        AssetSource.FromMemory(asset.Bytes),
        VerificationPolicy.WithTrust(s_now, [TrustList.FromPem("signers", TrustPurpose.Signer, s_root.AnchorPem), TrustList.FromPem("stamps", TrustPurpose.TimeStamp, Tsa.AnchorPem)]) with { Limits = limits ?? Limits.Default },
        TestContext.Current.CancellationToken);

    /// <summary>The failures, each once, in the order found; "Trusted" if there are none and the state is that.</summary>
    public static async Task<string> JudgeAsync(ManifestBuilder manifest)
    {
        var report = await VerifyAsync(manifest);
        string failures = string.Join(' ', report.Findings.Where(finding => finding.IsFailure).Select(finding => finding.Code.Text).Distinct());
        return failures.Length > 0 ? failures : report.State?.ToString() ?? "no state";
    }

    public static Finding? Find(this VerificationReport report, StatusCode code) => report.Findings.FirstOrDefault(finding => finding.Code == code);
}
