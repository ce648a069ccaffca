using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cms;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Timestamps;
using Xunit;

namespace Provenance.Tests.Timestamps;

/// <summary>Whose signature a token carries, and over what (RFC 5652 §5.4, RFC 3161 §2.4.2).</summary>
public sealed class TimeStampSignatureTests
{
    private static readonly TestAuthority Ca = TestAuthority.Root("Time Root").Intermediate("Time CA");
    private static readonly TestCertificate Tsa = Ca.IssueTimeStamper("Time Stamper");
    private static readonly TestCertificate RsaTsa = Ca.IssueTimeStamper("RSA Stamper", TestKey.Rsa(2048));
    private static readonly TokenFields Sound = new(Tsa, "stamped"u8.ToArray());
    private static readonly TokenFields SoundRsa = new(RsaTsa, "stamped"u8.ToArray());

    private static async Task<CmsCheckResult> Check(TokenFields recipe) =>
        (await TimeStampToken.Parse(recipe.Build(), Limits.Default).CheckSignatureAsync(new SystemCrypto(), new SignatureBudget(Limits.Default), TestContext.Current.CancellationToken)).Result;

    [Fact]
    public async Task A_sound_token_is_good()
    {
        Assert.Equal(CmsCheckResult.Good, await Check(Sound));
        Assert.Equal(CmsCheckResult.Good, await Check(SoundRsa));
        Assert.Equal(CmsCheckResult.Good, await Check(Sound with { Ber = true }));
        Assert.Equal(CmsCheckResult.Good, await Check(Sound with { SignerByKey = true, SignerVersion = 3 }));
    }

    [Fact]
    public async Task Every_key_and_hash_of_the_profile_is_good()
    {
        Assert.Equal(CmsCheckResult.Good, await Check(new(Ca.IssueTimeStamper("384", TestKey.P384("t")), [1])));
        Assert.Equal(CmsCheckResult.Good, await Check(new(Ca.IssueTimeStamper("521", TestKey.P521("t")), [1])));
        Assert.Equal(CmsCheckResult.Good, await Check(new TokenFields(Ca.IssueTimeStamper("ed", TestKey.Ed25519("t")), [1])));
        Assert.Equal(CmsCheckResult.Good, await Check(SoundRsa with { Method = SignatureMethod.Rs384 }));
        Assert.Equal(CmsCheckResult.Good, await Check(SoundRsa with { Method = SignatureMethod.Rs512 }));
        Assert.Equal(CmsCheckResult.Good, await Check(SoundRsa with { Method = SignatureMethod.Ps256 }));
        Assert.Equal(CmsCheckResult.Good, await Check(Sound with { Method = SignatureMethod.Es384 }));
    }

    // RFC 3370 §3.2: most real tokens say rsaEncryption and leave the hash to the digest algorithm.
    [Fact]
    public async Task Plain_rsaEncryption_takes_the_hash_beside_it()
    {
        byte[] plain = Tlv.Algorithm(TokenFields.RsaEncryption);
        Assert.Equal(CmsCheckResult.Good, await Check(SoundRsa with { AlgorithmWritten = plain }));
        Assert.Equal(CmsCheckResult.Good, await Check(SoundRsa with { AlgorithmWritten = plain, Method = SignatureMethod.Rs384 }));
        Assert.Equal(CmsCheckResult.Mismatch, await Check(SoundRsa with { AlgorithmWritten = plain, Method = SignatureMethod.Rs384, DigestOid = TokenFields.Sha256 }));
    }

    [Fact]
    public async Task A_signature_algorithm_with_another_hash_than_the_digest_is_not_allowed() =>
        Assert.Equal(CmsCheckResult.AlgorithmNotAllowed, await Check(Sound with { DigestOid = TokenFields.Sha384 }));

    [Fact]
    public async Task SHA1_MD5_and_unknown_algorithms_are_not_allowed()
    {
        Assert.Equal(CmsCheckResult.AlgorithmNotAllowed, await Check(SoundRsa with { Method = SignatureMethod.Rs1 }));
        Assert.Equal(CmsCheckResult.AlgorithmNotAllowed, await Check(SoundRsa with { Method = SignatureMethod.Rs1, AlgorithmWritten = Tlv.Algorithm(TokenFields.RsaEncryption) }));
        Assert.Equal(CmsCheckResult.AlgorithmNotAllowed, await Check(SoundRsa with { DigestOid = "1.2.840.113549.2.5", AlgorithmWritten = Tlv.Algorithm("1.2.840.113549.1.1.4") }));
        Assert.Equal(CmsCheckResult.AlgorithmNotAllowed, await Check(Sound with { AlgorithmWritten = Tlv.Algorithm(TokenFields.Ed448, withNull: false) }));
    }

    [Theory]
    [InlineData(1024, CmsCheckResult.AlgorithmNotAllowed)]
    [InlineData(2048, CmsCheckResult.Good)]
    public async Task An_RSA_key_has_at_least_2048_bits(int bits, object expected) =>
        Assert.Equal(expected, await Check(new(Ca.IssueTimeStamper($"RSA {bits}", TestKey.Rsa(bits)), [1])));

    [Fact]
    public async Task An_algorithm_that_does_not_suit_the_key_is_a_mismatch()
    {
        Assert.Equal(CmsCheckResult.Mismatch, await Check(Sound with { AlgorithmWritten = Tlv.Algorithm(TokenFields.RsaEncryption) }));
        Assert.Equal(CmsCheckResult.Mismatch, await Check(SoundRsa with { AlgorithmWritten = Tlv.Algorithm(SignatureMethod.Es256.Oid, withNull: false) }));
    }

    [Fact]
    public async Task A_wrong_bit_in_signature_content_or_attributes_is_a_mismatch()
    {
        Assert.Equal(CmsCheckResult.Mismatch, await Check(SoundRsa with { SignatureChanged = s => [.. s[..^1], (byte)(s[^1] ^ 1)] }));
        Assert.Equal(CmsCheckResult.Mismatch, await Check(Sound with { SignatureChanged = s => [.. s[..^1], (byte)(s[^1] ^ 1)] }));
        Assert.Equal(CmsCheckResult.Mismatch, await Check(Sound with { SignatureChanged = _ => [] }));
        Assert.Equal(CmsCheckResult.Mismatch, await Check(Sound with { MessageDigestChanged = d => [.. d[..^1], (byte)(d[^1] ^ 1)] }));
        Assert.Equal(CmsCheckResult.Mismatch, await Check(Sound with { MessageDigestChanged = _ => [] }));
        Assert.Equal(CmsCheckResult.Mismatch, await Check(Sound with { ContentTypeAttribute = "1.2.840.113549.1.7.1" }));
    }

    // G01: the date is edited in the finished token.
    [Fact]
    public async Task An_edited_date_is_a_mismatch()
    {
        byte[] token = Sound.Build();
        int year = token.AsSpan().IndexOf("20250601120000Z"u8);
        token[year + 3] = (byte)'4';
        var parsed = TimeStampToken.Parse(token, Limits.Default);
        Assert.Equal(2024, parsed.GenTime.Year);
        var check = await parsed.CheckSignatureAsync(new SystemCrypto(), new SignatureBudget(Limits.Default), TestContext.Current.CancellationToken);
        Assert.Equal(CmsCheckResult.Mismatch, check.Result);
    }

    [Fact]
    public async Task The_signing_certificate_attribute_binds_the_certificate()
    {
        byte[] other = Ca.IssueTimeStamper("Other Name", Tsa.Key).Der;
        Assert.Equal(CmsCheckResult.Good, await Check(Sound with { EssV1 = true }));
        Assert.Equal(CmsCheckResult.Good, await Check(Sound with { EssV1 = true, EssV2 = false }));
        Assert.Equal(CmsCheckResult.Good, await Check(Sound with { EssV2Hash = TokenFields.Sha512 }));
        Assert.Equal(CmsCheckResult.Mismatch, await Check(Sound with { EssNames = other }));
        Assert.Equal(CmsCheckResult.Mismatch, await Check(Sound with { EssV1 = true, EssV2 = false, EssNames = other }));
        Assert.Equal(CmsCheckResult.Mismatch, await Check(Sound with { EssV2Hash = "1.2.840.113549.2.5" }));
        Assert.Equal(CmsCheckResult.Mismatch, await Check(Sound with { EssV2 = false }));
    }

    // The same key under another name: only the attribute tells whose token it is.
    [Fact]
    public async Task A_swapped_certificate_with_the_same_key_is_a_mismatch()
    {
        var twin = Ca.IssueTimeStamper("Somebody Else", Tsa.Key, recipe => recipe.Serial(Tsa.Serial));
        Assert.Equal(CmsCheckResult.Mismatch, await Check(Sound with { Certificates = [twin.Der] }));
    }

    [Fact]
    public async Task Without_the_signers_certificate_nothing_is_checked()
    {
        Assert.Equal(CmsCheckResult.NoCertificate, await Check(Sound with { WithoutCertificates = true }));
        Assert.Equal(CmsCheckResult.NoCertificate, await Check(Sound with { Certificates = [Ca.Certificate.Der] }));
    }

    // trustnxt-icon-signed-timestamp.jpg: RFC 5652 §5.4 signs the sorted set, whatever order it is stored in.
    [Fact]
    public async Task Unsorted_attributes_are_hashed_sorted()
    {
        Assert.Equal(CmsCheckResult.Good, await Check(Sound with { AttributesUnsorted = true }));
        Assert.Equal(CmsCheckResult.Mismatch, await Check(Sound with { AttributesUnsorted = true, SignedAsStored = true }));
    }

    // The same file stores ECDSA as r‖s.
    [Fact]
    public async Task Raw_ECDSA_of_the_right_width_is_taken()
    {
        var raw = Sound with { Ecdsa = EcdsaForm.Raw };
        Assert.Equal(CmsCheckResult.Good, await Check(raw));
        Assert.Equal(CmsCheckResult.Mismatch, await Check(raw with { SignatureChanged = s => s[..^1] }));
        Assert.Equal(CmsCheckResult.Mismatch, await Check(raw with { SignatureChanged = s => [.. s, 0] }));
        Assert.Equal(CmsCheckResult.Mismatch, await Check(raw with { SignatureChanged = s => [.. s[..^1], (byte)(s[^1] ^ 1)] }));
        Assert.Equal(CmsCheckResult.Mismatch, await Check(raw with { SignatureChanged = s => new byte[s.Length] }));
    }

    // E05
    [Fact]
    public async Task ECDSA_with_zero_or_damaged_numbers_is_a_mismatch()
    {
        byte[] zero = Tlv.Sequence([2, 1, 0], [2, 1, 0]);
        byte[] negative = Tlv.Sequence([2, 1, 0xFF], [2, 1, 1]);
        byte[] wide = Tlv.Sequence(Tlv.Of(2, [1], new byte[40]), [2, 1, 1]);
        foreach (byte[] signature in new[] { zero, negative, wide, [0x30, 0], [0x30, 0x80, 0, 0] })
            Assert.Equal(CmsCheckResult.Mismatch, await Check(Sound with { SignatureChanged = _ => signature }));
        Assert.Equal(CmsCheckResult.Mismatch, await Check(Sound with { SignatureChanged = s => [.. s, 0] }));
    }

    [Fact]
    public async Task What_the_platform_cannot_check_is_unsupported_and_never_good()
    {
        var token = TimeStampToken.Parse(Sound.Build(), Limits.Default);
        var check = await token.CheckSignatureAsync(new IncapableCrypto(), new SignatureBudget(Limits.Default), TestContext.Current.CancellationToken);
        Assert.Equal(CmsCheckResult.Unsupported, check.Result);
        Assert.False(check.IsGood);
    }

    private sealed class IncapableCrypto : ICryptoProvider
    {
        private readonly SystemCrypto _hashes = new();

        public ValueTask<byte[]> HashAsync(HashAlgorithm algorithm, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) =>
            _hashes.HashAsync(algorithm, bytes, cancellation);

        public ValueTask<byte[]> HashAsync(HashAlgorithm algorithm, AssetSource source, IReadOnlyList<DigestPart> parts, IProgress<long>? progress, CancellationToken cancellation) =>
            _hashes.HashAsync(algorithm, source, parts, progress, cancellation);

        public ValueTask<SignatureCheck> VerifyAsync(SignatureScheme scheme, PublicKey key, ReadOnlyMemory<byte> message, ReadOnlyMemory<byte> signature, CancellationToken cancellation) =>
            ValueTask.FromResult(SignatureCheck.Unsupported);
    }
}
