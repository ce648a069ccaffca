using System.Security.Cryptography.X509Certificates;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.X509;
using Provenance.Verifier.X509.Ocsp;
using Xunit;

namespace Provenance.Tests.X509.Ocsp;

/// <summary>The responses of the reference's fixtures (made by OpenSSL) and those stapled to real files.</summary>
public sealed class RealOcspTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);

    private static ValueTask<OcspResult> Evaluate(OcspResponse response, Certificate subject, Certificate issuer, DateTimeOffset? signedAt) =>
        OcspCheck.EvaluateAsync(response, subject, issuer, signedAt, Now, OcspOrigin.Enclosed, TimeSpan.Zero, new SystemCrypto(), new SignatureBudget(Limits.Default), TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("response_good.der", "Good", "Good", "NotApplicable")]
    [InlineData("response_revoked.der", "Revoked", "Revoked", "Revoked")]
    [InlineData("response_unknown.der", "Unknown", "Unknown", "Unknown")]
    public async Task The_reference_fixtures_say_what_their_names_say(string file, string status, string withStamp, string withoutStamp)
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        const string Prefix = "sdk__tests__fixtures__crypto__ocsp__";
        var response = OcspResponse.Parse(File.ReadAllBytes(Shared.Path("corpus", "trust", "c2pa-rs", Prefix + file)), Limits.Default);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(Shared.Path("corpus", "trust", "c2pa-rs", Prefix + "ocsp_chain.pem"));
        var (subject, issuer) = (Certificate.Parse(chain[0].RawData), Certificate.Parse(chain[1].RawData));

        Assert.Equal(Enum.Parse<CertificateStatus>(status), Assert.Single(response.Responses).Status);
        Assert.Equal(Enum.Parse<OcspOutcome>(withStamp), (await Evaluate(response, subject, issuer, response.ProducedAt.AddHours(1))).Outcome);
        Assert.Equal(Enum.Parse<OcspOutcome>(withoutStamp), (await Evaluate(response, subject, issuer, null)).Outcome);
        // No nextUpdate: after a day a good answer is stale.
        if (status == "Good")
            Assert.Equal(OcspOutcome.NotApplicable, (await Evaluate(response, subject, issuer, response.ProducedAt.AddHours(24))).Outcome);
    }

    [Fact]
    public async Task Every_staple_of_the_corpus_is_good_for_a_certificate_of_its_file()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(Shared.Path("corpus"), "*", SearchOption.AllDirectories))
        {
            byte[] bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            var staples = Staples(bytes).Where(staple => seen.Add(Convert.ToHexString(staple))).ToList();
            if (staples.Count == 0)
                continue;
            var certificates = Certificates(bytes);
            foreach (byte[] staple in staples)
            {
                var response = OcspResponse.Parse(staple, Limits.Default);
                var outcomes = new List<OcspOutcome>();
                foreach (var leaf in certificates.Where(leaf => leaf.SerialNumber.Span.SequenceEqual(response.Responses[0].SerialNumber.Span)))
                {
                    foreach (var issuer in certificates.Where(issuer => issuer.Subject.Equals(leaf.Issuer)))
                        outcomes.Add((await Evaluate(response, leaf, issuer, response.ProducedAt)).Outcome);
                }
                Assert.True(outcomes.Contains(OcspOutcome.Good), $"{file}: {string.Join(',', outcomes)} among {certificates.Count} certificates");
            }
        }
        Assert.True(seen.Count >= 20, $"only {seen.Count} staples found");
    }

    /// <summary>The first element of each CBOR "ocspVals", where it is a byte string with two length bytes.</summary>
    private static IEnumerable<byte[]> Staples(byte[] bytes)
    {
        byte[] key = [0x68, .. "ocspVals"u8];
        for (int at = 0; bytes.AsSpan(at).IndexOf(key) is >= 0 and var next; at += next + key.Length)
        {
            int head = at + next + key.Length;
            if (head + 4 > bytes.Length || bytes[head] is not (>= 0x81 and <= 0x97) || bytes[head + 1] != 0x59)
                continue;
            int length = (bytes[head + 2] << 8) | bytes[head + 3];
            if (length <= bytes.Length - head - 4)
                yield return bytes[(head + 4)..(head + 4 + length)];
        }
    }

    /// <summary>Everything in the file that reads as a certificate.</summary>
    private static List<Certificate> Certificates(byte[] bytes)
    {
        var certificates = new List<Certificate>();
        byte[] version3 = [0xA0, 3, 2, 1, 2];
        for (int at = 0; bytes.AsSpan(at).IndexOf(version3) is >= 0 and var next; at += next + version3.Length)
        {
            int start = at + next - 8;
            if (start < 0 || bytes[start] != 0x30 || bytes[start + 1] != 0x82)
                continue;
            int length = 4 + ((bytes[start + 2] << 8) | bytes[start + 3]);
            if (length > bytes.Length - start)
                continue;
            try
            {
                certificates.Add(Certificate.Parse(bytes.AsMemory(start, length)));
            }
            catch (MalformedDataException)
            {
                // Something else, or cut by a JPEG segment.
            }
        }
        return [.. certificates.DistinctBy(certificate => Convert.ToHexString(certificate.Raw.Span))];
    }
}
