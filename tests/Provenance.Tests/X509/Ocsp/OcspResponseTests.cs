using Provenance.TestKit;
using Provenance.Tests.Timestamps;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.X509.Ocsp;
using Xunit;

namespace Provenance.Tests.X509.Ocsp;

/// <summary>What is an OCSP response, and what is none.</summary>
public sealed class OcspResponseTests
{
    private static readonly TestAuthority Ca = TestAuthority.Root("Example Root").Intermediate("Example CA");
    private static readonly TestCertificate Leaf = Ca.Issue("Signer");
    private static readonly TestCertificate Responder = Ca.IssueOcspResponder("Responder");
    private static readonly OcspFields Sound = new(Responder, new SingleFields(Leaf));

    private static OcspResponse Parse(byte[] der) => OcspResponse.Parse(der, Limits.Default);

    [Fact]
    public void A_response_tells_who_when_and_what()
    {
        var revoked = OcspFields.Noon.AddDays(-1);
        var response = Parse((Sound with { Singles = [new(Leaf), new SingleFields(Leaf) { Hash = TokenFields.Sha1, Status = SingleFields.Revoked(revoked, 1), NextUpdate = null }] }).Build());

        Assert.Equal(Responder.Subject, response.ResponderName!.Value.ToArray());
        Assert.Null(response.ResponderKeyHash);
        Assert.Equal(OcspFields.Noon, response.ProducedAt);
        Assert.Equal(Responder.Der, Assert.Single(response.Certificates).Raw.ToArray());
        Assert.Equal([CertificateStatus.Good, CertificateStatus.Revoked], response.Responses.Select(single => single.Status));
        Assert.Equal([OcspFields.Noon.AddDays(7), null], response.Responses.Select(single => single.NextUpdate));
        Assert.Equal([null, revoked], response.Responses.Select(single => single.RevocationTime));
        Assert.Equal([null, 1], response.Responses.Select(single => single.RevocationReason));
        Assert.All(response.Responses, single => Assert.Equal(Leaf.Serial, single.SerialNumber.ToArray()));
    }

    [Fact]
    public void A_responder_may_name_itself_by_key()
    {
        var response = Parse((Sound with { ByKey = true }).Build());
        Assert.Equal(Responder.KeyId, response.ResponderKeyHash!.Value.ToArray());
        Assert.Null(response.ResponderName);
    }

    [Fact]
    public void A_responder_must_name_itself() =>
        Assert.ThrowsAny<MalformedDataException>(() => Parse((Sound with { ResponderId = [] }).Build()));

    // RFC 6960 §4.2.1: 1 malformedRequest, 2 internalError, 3 tryLater, 5 sigRequired, 6 unauthorized.
    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(6, false)]
    public void Only_a_successful_response_says_anything(int status, bool accepted) => Accepted(Sound with { Status = status }, accepted);

    [Fact]
    public void Success_without_a_basic_response_is_malformed()
    {
        Accepted(Sound with { WithoutBytes = true }, false);
        Accepted(Sound with { Type = "1.3.6.1.5.5.7.48.1.99" }, false);
    }

    [Theory]
    [InlineData("A003020100", true)]
    [InlineData("A003020101", false)]
    [InlineData("A0060201000201 00", false)]
    public void The_version_is_1(string version, bool accepted) =>
        Accepted(Sound with { Version = Convert.FromHexString(version.Replace(" ", "", StringComparison.Ordinal)) }, accepted);

    [Fact]
    public void Responses_may_be_none_and_certificates_absent_or_empty()
    {
        Assert.Empty(Parse((Sound with { Singles = [] }).Build()).Responses);
        Assert.Empty(Parse((Sound with { Certificates = null }).Build()).Certificates);
        Assert.Empty(Parse((Sound with { Certificates = [] }).Build()).Certificates);
    }

    [Fact]
    public void Enclosed_certificates_that_are_none_are_ignored() =>
        Assert.Single(Parse((Sound with { Certificates = [[5, 0], [0x30, 0], Responder.Der] }).Build()).Certificates);

    [Fact]
    public void As_many_certificates_as_allowed_are_read_and_one_more_is_over_the_limit()
    {
        int allowed = Limits.Default.ChainCertificates;
        Assert.Equal(allowed, Parse((Sound with { Certificates = [.. Enumerable.Repeat(Responder.Der, allowed)] }).Build()).Certificates.Count);
        var refusal = Assert.Throws<LimitExceededException>(() => Parse((Sound with { Certificates = [.. Enumerable.Repeat(Responder.Der, allowed + 1)] }).Build()));
        Assert.Equal(nameof(Limits.ChainCertificates), refusal.Limit);
    }

    [Fact]
    public void A_response_of_as_many_bytes_as_allowed_is_read_and_one_more_is_over_the_limit()
    {
        byte[] der = Sound.Build();
        OcspResponse.Parse(der, Limits.Default with { OcspBytes = der.Length });
        var refusal = Assert.Throws<LimitExceededException>(() => OcspResponse.Parse(der, Limits.Default with { OcspBytes = der.Length - 1 }));
        Assert.Equal(nameof(Limits.OcspBytes), refusal.Limit);
    }

    [Theory]
    [InlineData("8000", true)]
    [InlineData("8200", true)]
    [InlineData("800100", false)]
    [InlineData("8300", false)]
    [InlineData("A100", false)]
    [InlineData("A111180F32303235303630313132303030305A", true)]
    [InlineData("A113181132303235303630313132303030302E355A", false)] // fraction (RFC 5280 §4.1.2.5.2)
    [InlineData("A116180F32303235303630313132303030305AA0030A0108", true)]
    [InlineData("A116180F32303235303630313132303030305AA0030A01FF", false)]
    [InlineData("A116180F32303235303630313132303030305AA003020108", false)]
    public void A_status_is_good_revoked_or_unknown(string status, bool accepted) =>
        Accepted(Sound with { Singles = [new SingleFields(Leaf) { Status = Convert.FromHexString(status) }] }, accepted);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Extensions_are_told_by_whether_one_is_critical(bool critical)
    {
        Assert.Equal(critical, Parse((Sound with { DataTail = OcspFields.Extension(critical) }).Build()).HasCriticalExtension);
        Assert.Equal(critical, Parse((Sound with { Singles = [new SingleFields(Leaf) { Tail = OcspFields.Extension(critical) }] }).Build()).Responses[0].HasCriticalExtension);
    }

    [Fact]
    public void Bytes_behind_any_part_are_malformed()
    {
        Assert.ThrowsAny<MalformedDataException>(() => Parse([.. Sound.Build(), 0]));
        Accepted(Sound with { DataTail = [5, 0] }, false);
        Accepted(Sound with { Singles = [new SingleFields(Leaf) { Tail = [5, 0] }] }, false);
    }

    // Real writers staple an empty element behind the response.
    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("3000")]
    [InlineData("30030A0100")]
    [InlineData("30800A01000000")]
    public void Fragments_are_malformed(string hex) => Assert.ThrowsAny<MalformedDataException>(() => Parse(Convert.FromHexString(hex)));

    private static void Accepted(OcspFields recipe, bool accepted)
    {
        if (accepted)
            Parse(recipe.Build());
        else
            Assert.ThrowsAny<MalformedDataException>(() => Parse(recipe.Build()));
    }
}
