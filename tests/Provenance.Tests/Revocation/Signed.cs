using Provenance.TestKit;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Checks;
using Provenance.Verifier.Status;
using Provenance.Verifier.Trust;
using Xunit;
using VerificationPolicy = Provenance.Verifier.VerificationPolicy;

namespace Provenance.Tests.Revocation;

/// <summary>A camera with a certificate of an authority whose certificates name responders, photos of it, and a newsroom that trusts its root.</summary>
internal static class Signed
{
    public const string LeafUrl = "http://ocsp.example.com/leaf", AuthorityUrl = "http://ocsp.example.com/ca";

    /// <summary>A day behind the usual time stamp, inside the usual OCSP answers.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 15, 12, 0, 0, TimeSpan.Zero);

    public static readonly TestAuthority Root = TestAuthority.Root("Revocation Root");
    public static readonly TestAuthority Authority = Root.Intermediate("Camera Works CA", change: ca => ca.OcspAt(AuthorityUrl));
    public static readonly TestCertificate Camera = Authority.Issue("Camera 6", change: leaf => leaf.OcspAt(LeafUrl));

    /// <summary>A camera whose certificate names nobody to ask.</summary>
    public static readonly TestCertificate Mute = Authority.Issue("Camera 5");

    public static readonly TestTimeStampAuthority Stamper = new(Root.IssueTimeStamper("Revocation Stamps"));
    public static readonly TestOcspResponder Responder = TestOcspResponder.Delegated(Authority);
    public static readonly TestOcspResponder RootResponder = TestOcspResponder.Delegated(Root);

    public static VerificationPolicy Policy { get; } = VerificationPolicy.WithTrust(
        Now,
        TrustList.FromPem("signers", TrustPurpose.Signer, Root.AnchorPem),
        TrustList.FromPem("stampers", TrustPurpose.TimeStamp, Root.AnchorPem));

    public static ManifestBuilder Manifest(string seed, TestCertificate? signer = null) => new ManifestBuilder("revocation/" + seed).Created().SignedBy(signer ?? Camera);

    public static byte[] Photo(Func<ManifestBuilder, ManifestBuilder>? how = null, TestCertificate? signer = null) =>
        (how ?? (m => m))(Manifest("photo", signer)).Embed(TestJpeg.Small()).Bytes;

    public static async Task<VerificationReport> VerifyAsync(byte[] file, VerificationPolicy policy)
    {
        await using var source = AssetSource.FromMemory(file);
        return await Verifier.Verifier.VerifyAsync(source, policy, TestContext.Current.CancellationToken);
    }

    public static Task<VerificationReport> VerifyAsync(byte[] file, IRevocationSource? source = null) => VerifyAsync(file, Policy with { RevocationSource = source });

    public static IEnumerable<string> Codes(VerificationReport report) =>
        report.Findings.Where(finding => finding.Code.Text.Contains("ocsp", StringComparison.Ordinal) || finding.Code == StatusCodes.CredentialKnownBad).Select(finding => finding.Code.Text);

    public static RevocationDetails Details(VerificationReport report) => report.RevocationDetails!;
}

/// <summary>Answers by the serial number in the question, and writes down what it was asked.</summary>
internal sealed class TestDesk : IRevocationSource
{
    private readonly List<(byte[] Serial, RevocationAnswer Answer)> _answers = [];

    public List<string> Asked { get; } = [];

    public TestDesk Answers(TestCertificate about, byte[] response) => Add(about, RevocationAnswer.Of(response));

    public TestDesk Fails(TestCertificate about, string why) => Add(about, RevocationAnswer.None(why));

    public ValueTask<RevocationAnswer> AskAsync(string url, ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        Asked.Add(url);
        var found = _answers.Find(answer => request.Span.IndexOf(answer.Serial) >= 0);
        return ValueTask.FromResult(found.Answer ?? RevocationAnswer.None("nobody answers"));
    }

    private TestDesk Add(TestCertificate about, RevocationAnswer answer)
    {
        _answers.Add((about.Serial, answer));
        return this;
    }
}
