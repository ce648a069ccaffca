using System.Security.Cryptography;
using System.Text;
using Newtonsoft.Json.Linq;
using Provenance.TestKit;
using Provenance.Tests.Hostile;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Checks;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Trust;
using Xunit;
using static Provenance.Tests.Revocation.Signed;

namespace Provenance.Tests.Revocation;

/// <summary>
/// Lists of certificates known bad. The case behind them: a camera signed pictures it had not taken, and for weeks its maker had withdrawn
/// nothing that a verifier could see (Nikon Z6 III, 2025).
/// </summary>
public sealed class IncidentTests
{
    private const string Reason = "signed pictures it did not take";

    private static readonly string s_issuer = Verifier.X509.DistinguishedName.Parse(Camera.IssuerName).ToString();

    private static string Sha256(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes));

    private static string Entry(string members) => $"{{ {members}, \"reason\": \"{Reason}\" }}";

    private static byte[] File(params string[] entries) => Encoding.UTF8.GetBytes($$"""
        { "format": "provenance-list", "version": 1, "kind": "incidents", "name": "Example News", "sequenceNumber": 3, "issued": "2026-03-01T00:00:00Z",
          "incidents": [ {{string.Join(", ", entries)}} ] }
        """);

    private static IncidentList List(params string[] members) => IncidentList.Parse(File([.. members.Select(Entry)]));

    private static async Task<VerificationReport> With(byte[] file, params string[] members) => await VerifyAsync(file, Policy with { Incidents = [List(members)] });

    public static TheoryData<string, bool> Subjects => new()
    {
        { $"\"certificateSha256\": \"{Sha256(Camera.Der)}\"", true },
        { $"\"certificateSha256\": \"{Sha256(Camera.Der).ToLowerInvariant()}\"", true },
        { $"\"certificateSha256\": \"{Sha256(Mute.Der)}\"", false },
        { $"\"certificateSha256\": \"{Sha256(Authority.Certificate.Der)}\"", false },
        { $"\"issuer\": \"{s_issuer}\", \"serial\": \"{Convert.ToHexString(Camera.Serial)}\"", true },
        { $"\"issuer\": \"{s_issuer}\", \"serial\": \"00{Convert.ToHexString(Camera.Serial)}\"", true },
        { $"\"issuer\": \"{s_issuer}\", \"serial\": \"{Convert.ToHexString(Mute.Serial)}\"", false },
        { $"\"issuer\": \"{s_issuer} 2\", \"serial\": \"{Convert.ToHexString(Camera.Serial)}\"", false },
        { $"\"issuer\": \"{s_issuer}\", \"serialFrom\": \"{Convert.ToHexString(Camera.Serial)}\", \"serialTo\": \"{Next(Camera.Serial, 1)}\"", true },
        { $"\"issuer\": \"{s_issuer}\", \"serialFrom\": \"{Next(Camera.Serial, 1)}\", \"serialTo\": \"{Next(Camera.Serial, 2)}\"", false },
        { $"\"issuer\": \"{s_issuer}\", \"serialFrom\": \"0\", \"serialTo\": \"{Convert.ToHexString(Camera.Serial)}\"", true },
        { $"\"issuer\": \"{s_issuer}\", \"serialFrom\": \"0\", \"serialTo\": \"{Next(Camera.Serial, -1)}\"", false },
        { $"\"authoritySha256\": \"{Sha256(Authority.Certificate.Der)}\"", true },
        { $"\"authoritySha256\": \"{Sha256(Root.Certificate.Der)}\"", true },
        { $"\"authoritySha256\": \"{Sha256(Camera.Der)}\"", false },
        { $"\"authorityKeySha256\": \"{Sha256(Authority.Certificate.Key.SubjectPublicKeyInfo)}\"", true },
        { $"\"authorityKeySha256\": \"{Sha256(Camera.Key.SubjectPublicKeyInfo)}\"", false },
        { $"\"authorityKeySha256\": \"{Sha256(Authority.Certificate.Key.SubjectPublicKeyInfo)}\", \"serial\": \"{Convert.ToHexString(Camera.Serial)}\"", true },
        { $"\"authorityKeySha256\": \"{Sha256(Authority.Certificate.Key.SubjectPublicKeyInfo)}\", \"serial\": \"{Convert.ToHexString(Mute.Serial)}\"", false },
        // Serial numbers are an issuer's: the root gave this camera none.
        { $"\"authoritySha256\": \"{Sha256(Root.Certificate.Der)}\", \"serial\": \"{Convert.ToHexString(Camera.Serial)}\"", false },
    };

    private static string Next(byte[] serial, int step) => (new System.Numerics.BigInteger(serial, true, true) + step).ToString("X", System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [MemberData(nameof(Subjects))]
    public async Task An_entry_means_whom_it_names_and_nobody_else(string members, bool isMeant)
    {
        var report = await With(Photo(), members);

        Assert.Equal(isMeant ? Label.Revoked : Label.IntactKnown, report.Label);
        Assert.Equal(isMeant, report.Facts.Revocation == RevocationFact.KnownBad);
        Assert.Equal(isMeant, Codes(report).Contains("provenance.signingCredential.knownBad"));
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public async Task It_means_the_same_of_a_signer_that_no_list_leads_to(string members, bool isMeant)
    {
        // The root is not enclosed, and no list has it: nothing shows that it is above the camera.
        bool isShown = !members.Contains(Sha256(Root.Certificate.Der), StringComparison.Ordinal);
        var nobody = VerificationPolicy.WithoutTrustAnchorsUnsafe(Now) with { Incidents = [List(members)] };

        Assert.Equal(isMeant && isShown ? RevocationFact.KnownBad : RevocationFact.NotRevoked, (await VerifyAsync(Photo(), nobody)).Facts.Revocation);
    }

    [Fact]
    public async Task An_authority_that_has_the_issuers_name_and_not_its_key_is_not_above_the_signer()
    {
        byte[] namesake = TestAuthority.Root("Some Root").Intermediate("Camera Works CA", TestKey.P256("another key")).Certificate.Der;
        byte[] photo = Photo(m => m.Cose(cose => cose.Chain = _ => [Camera.Der, namesake]));
        var nobody = VerificationPolicy.WithoutTrustAnchorsUnsafe(Now) with { Incidents = [List($"\"authoritySha256\": \"{Sha256(namesake)}\"")] };
        var known = nobody with { Incidents = [List($"\"authoritySha256\": \"{Sha256(Authority.Certificate.Der)}\"")] };

        Assert.Equal(Label.IntactUnknownIssuer, (await VerifyAsync(photo, nobody)).Label);
        Assert.Equal(Label.Revoked, (await VerifyAsync(Photo(), known)).Label);
    }

    [Theory]
    [InlineData("2026-03-14T09:26:53Z", true)]
    [InlineData("2026-03-14T09:26:54Z", false)]
    public async Task What_was_stamped_before_the_incident_is_not_meant(string since, bool isMeant)
    {
        string entry = $"\"certificateSha256\": \"{Sha256(Camera.Der)}\", \"since\": \"{since}\"";

        Assert.Equal(isMeant ? Label.Revoked : Label.IntactKnown, (await With(Photo(m => m.TimeStampedBy(Stamper)), entry)).Label);
        // Without a stamp that a list vouches for nothing shows that it was before.
        Assert.Equal(Label.Revoked, (await With(Photo(), entry)).Label);
        Assert.Equal(Label.Revoked, (await With(Photo(m => m.TimeStampedBy(TestTimeStampAuthority.Create("Nobody's Stamps"))), entry)).Label);
    }

    [Fact]
    public async Task A_file_that_was_changed_is_broken_and_its_signer_is_not_accused()
    {
        byte[] photo = Photo();
        int at = photo.AsSpan().IndexOf("instanceID"u8) + 15;
        photo[at] ^= 1;

        var report = await With(photo, $"\"certificateSha256\": \"{Sha256(Camera.Der)}\"");

        Assert.Equal(Label.Broken, report.Label);
        Assert.Null(Details(report).Incident);
    }

    [Fact]
    public async Task The_issuers_own_word_goes_first_and_the_list_is_told_beside_it()
    {
        var report = await VerifyAsync(Photo(m => m.Stapled(Responder.Respond(Camera, OcspAnswer.Revoked))), Policy with { Incidents = [List($"\"certificateSha256\": \"{Sha256(Camera.Der)}\"")] });

        Assert.Equal(RevocationFact.Revoked, report.Facts.Revocation);
        Assert.Equal(Reason, Details(report).Incident?.Reason);
        Assert.Equal("revoked", (string?)JObject.Parse(Subject.Json(report))["revocation"]!["result"]);
    }

    [Fact]
    public async Task The_list_speaks_for_itself_and_not_for_the_issuer()
    {
        var report = await VerifyAsync(Photo(m => m.TimeStampedBy(Stamper).Stapled(Responder.Respond(Camera))), Policy with
        {
            Incidents = [IncidentList.Parse(File($"{{ \"certificateSha256\": \"{Sha256(Camera.Der)}\", \"reason\": \"{Reason}\", \"since\": \"2026-01-01T00:00:00Z\", \"url\": \"https://example.org/incident\" }}"))],
        });
        var json = JObject.Parse(Subject.Json(report));

        Assert.DoesNotContain("issuer has withdrawn", report.SentenceIn(Words.English), StringComparison.Ordinal);
        Assert.Equal(RevocationStatus.NotRevoked, report.Revocation);
        var revocation = json["revocation"]!;
        Assert.Equal(("known-bad", "incident-list", "Example News"), ((string?)revocation["result"], (string?)revocation["source"], (string?)revocation["incident"]!["list"]));
        Assert.Equal(("certificate", "https://example.org/incident"), ((string?)revocation["incident"]!["subject"], (string?)revocation["incident"]!["url"]));
        Assert.Equal("known-bad", (string?)json["manifests"]![0]!["revocation"]);
        Assert.Equal(3, (int)json["policy"]!["incidentLists"]![0]!["sequenceNumber"]!);
    }

    [Fact]
    public async Task The_certificate_of_a_source_makes_the_source_unconfirmed()
    {
        var parent = Manifest("parent").Embed(TestJpeg.Small());
        var child = new ManifestBuilder("revocation/child").SignedBy(Mute).Opened(parent).Embed(TestJpeg.Small());

        var report = await With(child.Bytes, $"\"certificateSha256\": \"{Sha256(Camera.Der)}\"");

        Assert.Equal((Label.IntactKnown, SourcesFact.Unconfirmed), (report.Label, report.Facts.Sources));
    }

    public static TheoryData<string> Faults =>
    [
        "",
        "\"serial\": \"1\"",
        $"\"certificateSha256\": \"{new string('A', 63)}\"",
        $"\"certificateSha256\": \"{new string('A', 65)}\"",
        $"\"certificateSha256\": \"{new string('G', 64)}\"",
        $"\"certificateSha256\": \"{new string('A', 64)}\", \"authoritySha256\": \"{new string('A', 64)}\"",
        $"\"certificateSha256\": \"{new string('A', 64)}\", \"serial\": \"1\"",
        $"\"certificateSha256\": \"{new string('A', 64)}\", \"until\": \"2026-01-01T00:00:00Z\"",
        $"\"certificateSha256\": \"{new string('A', 64)}\", \"since\": \"2026-01-01\"",
        $"\"certificateSha256\": \"{new string('A', 64)}\", \"url\": \"javascript:alert(1)\"",
        "\"issuer\": \"CN=A\"",
        "\"issuer\": \"CN=A\", \"serialFrom\": \"1\"",
        "\"issuer\": \"CN=A\", \"serialTo\": \"1\"",
        "\"issuer\": \"CN=A\", \"serialFrom\": \"2\", \"serialTo\": \"1\"",
        "\"issuer\": \"CN=A\", \"serial\": \"1\", \"serialFrom\": \"1\", \"serialTo\": \"2\"",
        "\"issuer\": \"CN=A\", \"serial\": \"0x1\"",
        "\"issuer\": \"CN=A\", \"serial\": 1",
        $"\"issuer\": \"CN=A\", \"serial\": \"{new string('1', 43)}\"",
        $"\"issuer\": \"{new string('A', 1001)}\", \"serial\": \"1\"",
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_list_with_an_entry_that_breaks_a_rule_is_refused_as_a_whole(string members)
    {
        string good = Entry($"\"certificateSha256\": \"{new string('A', 64)}\"");

        Assert.Throws<MalformedDataException>(() => IncidentList.Parse(File(good, members.Length == 0 ? $"{{ \"reason\": \"{Reason}\" }}" : Entry(members))));
        Assert.Equal(1, IncidentList.Parse(File(good)).Count);
    }

    [Theory]
    [InlineData("\"issuer\": \"CN=A\", \"serialFrom\": \"1\", \"serialTo\": \"1\"")]
    [InlineData("\"issuer\": \"CN=A\", \"serial\": \"111111111111111111111111111111111111111111\"")]
    [InlineData("\"authorityKeySha256\": \"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\", \"since\": \"2026-01-01T00:00:00Z\", \"url\": \"http://example.org\"")]
    public void A_list_whose_entries_keep_the_rules_is_read(string members) => Assert.Equal(1, List(members).Count);

    [Theory]
    [InlineData("")]
    [InlineData("{ \"certificateSha256\": \"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\" }")]
    [InlineData("{ \"certificateSha256\": \"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\", \"reason\": \"\" }")]
    [InlineData("7")]
    public void A_list_without_entries_or_with_an_entry_without_a_reason_is_refused(string entries) =>
        Assert.Throws<MalformedDataException>(() => IncidentList.Parse(File(entries.Length == 0 ? [] : [entries])));
}
