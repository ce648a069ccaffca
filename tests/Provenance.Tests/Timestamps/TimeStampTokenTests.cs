using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cms;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Timestamps;
using Xunit;

namespace Provenance.Tests.Timestamps;

/// <summary>What is a token, and what is none (attacks G01, G06, G09).</summary>
public sealed class TimeStampTokenTests
{
    private static readonly TestCertificate Tsa = TestAuthority.Root("Time Root").Intermediate("Time CA").IssueTimeStamper("Time Stamper");
    private static readonly TokenFields Sound = new(Tsa, "stamped"u8.ToArray());

    private static byte[] Accuracy(params byte[][] fields) => Tlv.Sequence(fields);

    private static TimeStampToken Parse(ReadOnlyMemory<byte> der) => TimeStampToken.Parse(der, Limits.Default);

    private static MalformedDataException Refused(ReadOnlyMemory<byte> der) => Assert.ThrowsAny<MalformedDataException>(() => Parse(der));

    [Fact]
    public void A_token_tells_its_time_imprint_policy_number_and_signer()
    {
        var token = Parse(Sound with { GenTime = new(2025, 6, 1, 12, 0, 0, 250, TimeSpan.Zero), TstTail = Accuracy(Tlv.Integer(1), [0x80, 2, 1, 0xF4], [0x81, 1, 7]) });

        Assert.False(token.WasResponse);
        Assert.Equal(new DateTimeOffset(2025, 6, 1, 12, 0, 0, 250, TimeSpan.Zero), token.GenTime);
        Assert.Equal("1.3.6.1.4.1.32473.2", token.Info.Policy);
        Assert.Equal(HashAlgorithm.Sha256, token.Info.ImprintAlgorithm);
        Assert.Equal(TokenFields.Hash(TokenFields.Sha256, "stamped"u8.ToArray()), token.Info.Imprint.ToArray());
        Assert.Equal([42], token.Info.SerialNumber.ToArray());
        Assert.Equal(TimeSpan.FromMicroseconds(1_500_007), token.Info.Accuracy);
        Assert.Equal(2, token.Certificates.Count);
        Assert.Equal(Tsa.Der, token.SignerCertificate!.Raw.ToArray());
    }

    [Fact]
    public void Without_accuracy_none_is_claimed() => Assert.Null(Parse(Sound).Info.Accuracy);

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(-1, false)]
    public void A_response_counts_when_it_is_granted(int status, bool accepted)
    {
        byte[] response = Sound.Response(status, Tlv.Sequence(Tlv.Of(0x0C, "because"u8.ToArray())));
        if (accepted)
            Assert.True(Parse(response).WasResponse);
        else
            Assert.Contains("status", Refused(response).Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void A_granted_response_without_a_token_is_malformed() => Refused(Tlv.Sequence(Tlv.Sequence(Tlv.Integer(0))));

    [Fact]
    public void A_response_around_a_response_is_malformed() => Refused(Tlv.Sequence(Tlv.Sequence(Tlv.Integer(0)), Sound.Response()));

    [Fact]
    public void Bytes_behind_the_token_are_malformed()
    {
        Refused((byte[])[.. Sound.Build(), 0]);
        Refused((byte[])[.. Sound.Response(), 0]);
        Refused(Tlv.Sequence(Tlv.Sequence(Tlv.Integer(0)), Sound.Build(), [5, 0]));
    }

    [Fact]
    public void A_token_of_as_many_bytes_as_allowed_is_read_and_one_more_is_over_the_limit()
    {
        byte[] token = Sound.Build();
        TimeStampToken.Parse(token, Limits.Default with { TimeStampBytes = token.Length });
        var refusal = Assert.Throws<LimitExceededException>(() => TimeStampToken.Parse(token, Limits.Default with { TimeStampBytes = token.Length - 1 }));
        Assert.Equal(nameof(Limits.TimeStampBytes), refusal.Limit);
    }

    [Fact]
    public void As_many_certificates_as_allowed_are_read_and_one_more_is_over_the_limit()
    {
        int allowed = Limits.Default.ChainCertificates;
        Assert.Equal(allowed, Parse(Sound with { Certificates = [.. Enumerable.Repeat(Tsa.Der, allowed)] }).Certificates.Count);
        var refusal = Assert.Throws<LimitExceededException>(() => Parse(Sound with { Certificates = [.. Enumerable.Repeat(Tsa.Der, allowed + 1)] }));
        Assert.Equal(nameof(Limits.ChainCertificates), refusal.Limit);
    }

    [Fact]
    public void Enclosed_certificates_that_are_none_are_ignored()
    {
        byte[] attributeCertificate = Tlv.Of(0xA2, [5, 0]);
        var token = Parse(Sound with { Certificates = [[0x30, 0], attributeCertificate, Tsa.Der] });
        Assert.Equal(Tsa.Der, Assert.Single(token.Certificates).Raw.ToArray());
        Assert.NotNull(token.SignerCertificate);
    }

    [Fact]
    public void An_unreadable_signer_certificate_is_an_absent_one()
    {
        var token = Parse(Sound with { Certificates = [[.. Tsa.Der[..^1], (byte)(Tsa.Der[^1] ^ 1)], Tsa.Issuer!.Der] });
        Assert.NotNull(token.SignerCertificate);
        Assert.Null(Parse(Sound with { Certificates = [[0x30, 1, 5], Tsa.Issuer!.Der] }).SignerCertificate);
    }

    [Fact]
    public void The_signer_is_found_by_key_identifier_too()
    {
        Assert.Equal(Tsa.Der, Parse(Sound with { SignerByKey = true, SignerVersion = 3 }).SignerCertificate!.Raw.ToArray());
        Assert.Null(Parse(Sound with { SignerByKey = true, Certificates = [Tsa.Issuer!.Der] }).SignerCertificate);
    }

    [Fact]
    public void A_token_without_certificates_is_read() => Assert.Null(Parse(Sound with { WithoutCertificates = true }).SignerCertificate);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Exactly_one_signer_is_allowed(int signers, bool accepted) => Accepted(Sound with { Signers = signers }, accepted);

    // RFC 5652 §5.1: id-ct-TSTInfo wants 3; openai-gpt-image2.png says 1.
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void The_version_of_SignedData_may_be_any_that_CMS_knows(int version, bool accepted) => Accepted(Sound with { Version = version }, accepted);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void The_version_of_SignerInfo_is_1_or_3(int version, bool accepted) => Accepted(Sound with { SignerVersion = version }, accepted);

    [Fact]
    public void Only_signed_data_around_TSTInfo_is_a_token()
    {
        Refused(Sound with { ContentType = "1.2.840.113549.1.7.1" });
        Refused(Sound with { WithoutContent = true });
        Refused(Tlv.Sequence(Tlv.Oid("1.2.840.113549.1.7.1"), Tlv.Of(0xA0, Tlv.Octets([1]))));
    }

    [Fact]
    public void Signed_attributes_must_be_there_once_each()
    {
        Refused(Sound with { WithoutSignedAttributes = true });
        Refused(Sound with { WithoutContentTypeAttribute = true });
        Refused(Sound with { WithoutMessageDigest = true });
        Refused(Sound with { MoreAttributes = [TokenFields.Attribute(CmsOids.MessageDigest, Tlv.Octets(new byte[32]))] });
        Refused(Sound with { WithoutMessageDigest = true, MoreAttributes = [TokenFields.Attribute(CmsOids.MessageDigest, Tlv.Octets([1]), Tlv.Octets([2]))] });
        Refused(Sound with { EssV2 = false, MoreAttributes = [TokenFields.Attribute(CmsOids.SigningCertificateV2, Tlv.Sequence(Tlv.Sequence()))] });
        Parse(Sound with { MoreAttributes = [TokenFields.Attribute("1.2.840.113549.1.9.5", Tlv.Of(0x17, "250601120000Z"u8.ToArray()))] });
    }

    // RFC 5652 §1 allows BER; what must be DER stays DER.
    [Fact]
    public void Indefinite_lengths_are_read_around_TSTInfo_but_not_in_it()
    {
        Assert.Equal(Sound.GenTime, Parse(Sound with { Ber = true }).GenTime);
        Refused(Sound with { TstInfoChanged = der => [0x30, 0x80, .. der[2..], 0, 0] });
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(2, false)]
    public void TSTInfo_has_version_1(int version, bool accepted) => Accepted(Sound with { TstVersion = version }, accepted);

    [Theory]
    [InlineData("20250601120000Z", true)]
    [InlineData("20250601120000.5Z", true)]
    [InlineData("20250601120000.123456789Z", true)]
    [InlineData("20250601120060Z", false)] // leap second
    [InlineData("20250601120000.50Z", false)]
    [InlineData("20250601120000", false)]
    [InlineData("20250601120000+0100", false)]
    [InlineData("20251301120000Z", false)]
    [InlineData("250601120000Z", false)]
    [InlineData("", false)]
    public void GenTime_is_a_real_moment_in_Z(string text, bool accepted) => Accepted(Sound with { GenTimeText = text }, accepted);

    [Theory]
    [InlineData(20, true)]
    [InlineData(21, true)]
    [InlineData(22, false)]
    [InlineData(60_000, false)]
    public void A_serial_number_has_at_most_160_bits_and_a_sign(int bytes, bool accepted) =>
        Accepted(Sound with { SerialNumber = Tlv.Of(2, [1], new byte[bytes - 1]) }, accepted);

    [Theory]
    [InlineData("", true)]
    [InlineData("02030F0708", true)]
    [InlineData("800203E7", true)] // 999 ms
    [InlineData("800203E8", false)]
    [InlineData("0201FF", false)]
    [InlineData("8001FF", false)]
    [InlineData("8101FF", false)]
    [InlineData("0205010000000000", false)]
    [InlineData("02017F0500", false)]
    public void An_accuracy_is_small_and_not_negative(string fields, bool accepted) =>
        Accepted(Sound with { TstTail = Accuracy(Convert.FromHexString(fields)) }, accepted);

    [Fact]
    public void Ordering_nonce_name_and_plain_extensions_are_skipped()
    {
        byte[] extension = Tlv.Sequence(Tlv.Oid("1.3.6.1.4.1.32473.7"), Tlv.Octets([5, 0]));
        byte[] critical = Tlv.Sequence(Tlv.Oid("1.3.6.1.4.1.32473.7"), [1, 1, 0xFF], Tlv.Octets([5, 0]));
        byte[] before = Tlv.Join([1, 1, 0xFF], Tlv.Integer(long.MaxValue), Tlv.Of(0xA0, Tlv.Of(0xA4, Tsa.Subject)));
        Accepted(Sound with { TstTail = Tlv.Join(before, Tlv.Of(0xA1, extension)) }, true);
        Accepted(Sound with { TstTail = Tlv.Join(before, Tlv.Of(0xA1, critical)) }, false);
        Accepted(Sound with { TstTail = Tlv.Join(before, [5, 0]) }, false);
    }

    [Theory]
    [InlineData(TokenFields.Sha256, HashAlgorithm.Sha256)]
    [InlineData(TokenFields.Sha384, HashAlgorithm.Sha384)]
    [InlineData(TokenFields.Sha512, HashAlgorithm.Sha512)]
    [InlineData(TokenFields.Sha1, null)]
    [InlineData("1.2.840.113549.2.5", null)]
    public void Only_SHA2_imprints_have_an_algorithm(string oid, HashAlgorithm? expected)
    {
        var info = Parse(Sound with { ImprintHash = oid }).Info;
        Assert.Equal(oid, info.ImprintAlgorithmOid);
        Assert.Equal(expected, info.ImprintAlgorithm);
    }

    [Theory]
    [InlineData(31, false)]
    [InlineData(32, true)]
    [InlineData(33, false)]
    public void An_imprint_has_the_length_of_its_hash(int length, bool accepted) => Accepted(Sound with { Imprint = new byte[length] }, accepted);

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("3000")]
    [InlineData("30023000")]
    [InlineData("3080")]
    [InlineData("30800000")]
    [InlineData("0500")]
    public void Fragments_are_malformed(string hex) => Refused(Convert.FromHexString(hex));

    private static void Accepted(TokenFields recipe, bool accepted)
    {
        if (accepted)
            Parse(recipe);
        else
            Refused(recipe);
    }
}
