using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cms;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Timestamps;
using Xunit;

namespace Provenance.Tests.Timestamps;

/// <summary>The stamps of real files, with System.Security.Cryptography.Pkcs as second opinion.</summary>
public sealed class RealTokenTests
{
    /// <summary>This JPEG's segment boundary runs through the token, which only a reader of the container can join.</summary>
    private const string CutInTwo = "public-testfiles/adobe-20220124-CII.jpg";

    /// <summary>ECDSA as r‖s with the curve as parameter: .NET takes neither, the reference and we do.</summary>
    private const string OursAlone = "c2pa-ts/trustnxt-icon-signed-timestamp.jpg";

    [Fact]
    public async Task Every_stamp_of_the_corpus_is_read_and_good()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        Assert.True(RealTokens.All.Count >= 100, $"only {RealTokens.All.Count} stamps found");
        foreach (var (file, bytes) in RealTokens.All)
        {
            var (result, fault) = await CheckAsync(bytes);
            Assert.True(result == (file == CutInTwo ? null : CmsCheckResult.Good), $"{file}: {result} {fault}");
        }
    }

    [Fact]
    public void What_NET_reads_in_real_tokens_is_what_we_read()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        foreach (var (file, bytes) in RealTokens.All.Where(real => real.File is not (CutInTwo or OursAlone)))
        {
            var ours = TimeStampToken.Parse(bytes, Limits.Default);
            Assert.True(Rfc3161TimestampToken.TryDecode(Bare(bytes), out var token, out _), file);
            var theirs = token.TokenInfo;
            Assert.Equal(theirs.Timestamp, ours.GenTime);
            Assert.Equal(theirs.PolicyId.Value, ours.Info.Policy);
            Assert.Equal(theirs.GetSerialNumber().ToArray(), ours.Info.SerialNumber.ToArray());
            Assert.Equal(theirs.GetMessageHash().ToArray(), ours.Info.Imprint.ToArray());
            Assert.Equal(theirs.HashAlgorithmId.Value, ours.Info.ImprintAlgorithmOid);
            Assert.Equal(theirs.AccuracyInMicroseconds, ours.Info.Accuracy is { } accuracy ? (long)accuracy.TotalMicroseconds : null);
            Assert.True(token.VerifySignatureForHash(theirs.GetMessageHash().Span, theirs.HashAlgorithmId, out var signer), file);
            Assert.Equal(signer.RawData, ours.SignerCertificate!.Raw.ToArray());
        }
    }

    // One wrong bit anywhere. What the signature covers must be found out; the rest (other certificates, hints) may be anything.
    [Fact]
    public async Task A_real_token_with_a_wrong_bit_proves_nothing_else_and_what_NET_verifies_we_verify()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var random = new Random(5);
        int good = 0, notGood = 0;
        foreach (var (file, original) in RealTokens.All.Where(real => real.File is not (CutInTwo or OursAlone)))
        {
            byte[] sound = Bare(original);
            var before = TimeStampToken.Parse(sound, Limits.Default);
            for (int i = 0; i < 12; i++)
            {
                byte[] bytes = [.. sound];
                int at = random.Next(bytes.Length);
                bytes[at] ^= (byte)(1 << random.Next(8));
                var (result, fault) = await CheckAsync(bytes);
                if (result == CmsCheckResult.Good)
                {
                    var after = TimeStampToken.Parse(bytes, Limits.Default);
                    Assert.Equal(before.GenTime, after.GenTime);
                    Assert.Equal(before.Info.Imprint.ToArray(), after.Info.Imprint.ToArray());
                    Assert.Equal(before.SignerCertificate!.Raw.ToArray(), after.SignerCertificate!.Raw.ToArray());
                    good++;
                    continue;
                }
                notGood++;
                // .NET looks neither at the versions of SignedData and SignerInfo nor at the parameters of algorithms.
                bool stricter = result == CmsCheckResult.AlgorithmNotAllowed || fault.Contains("version", StringComparison.Ordinal);
                Assert.True(stricter || !NetVerifies(bytes), $"{file}, byte 0x{at:X} from {sound[at]:X2} to {bytes[at]:X2}: {result} {fault}");
            }
        }
        Assert.True(good > 100 && notGood > 100, $"{good} good, {notGood} not");
    }

    private static async Task<(CmsCheckResult? Result, string Fault)> CheckAsync(byte[] bytes)
    {
        try
        {
            var token = TimeStampToken.Parse(bytes, Limits.Default);
            return ((await token.CheckSignatureAsync(new SystemCrypto(), new SignatureBudget(Limits.Default), TestContext.Current.CancellationToken)).Result, "");
        }
        catch (MalformedDataException malformed)
        {
            return (null, malformed.Rule);
        }
    }

    private static bool NetVerifies(byte[] bytes)
    {
        try
        {
            return Rfc3161TimestampToken.TryDecode(bytes, out var token, out int consumed) && consumed == bytes.Length
                && token.VerifySignatureForHash(token.TokenInfo.GetMessageHash().Span, token.TokenInfo.HashAlgorithmId, out X509Certificate2? _);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>The token without the TimeStampResp around it.</summary>
    private static byte[] Bare(byte[] bytes)
    {
        var reader = new AsnReader(bytes, AsnEncodingRules.BER).ReadSequence();
        if (reader.PeekTag() != Asn1Tag.Sequence)
            return bytes;
        reader.ReadEncodedValue();
        return reader.ReadEncodedValue().ToArray();
    }
}
