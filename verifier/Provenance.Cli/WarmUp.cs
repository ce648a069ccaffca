using System.Security.Cryptography;
using System.Text.Json;
using Provenance.Verifier;
using Provenance.Verifier.Reports;

namespace Provenance.Cli;

/// <summary>
/// A single short run spends most of its time on loading code. What every signed file needs late, another thread loads meanwhile: the
/// platform's crypto, the JSON reader, the report writer. Saves a tenth to a fifth of a cold start on two processors (docs/benchmarks.md);
/// changes no answer.
/// </summary>
internal static class WarmUp
{
    public static void Start()
    {
        if (Environment.ProcessorCount > 1)
            new Thread(Load) { IsBackground = true }.UnsafeStart(); // the pool would itself have to be loaded
    }

    private static void Load()
    {
        Convert.ToHexStringLower(CryptographicOperations.HashData(HashAlgorithmName.SHA256, ReadOnlySpan<byte>.Empty));
        byte[] modulus = new byte[256];
        modulus[0] = modulus[255] = 0xFF;
        using var rsa = RSA.Create(new RSAParameters { Modulus = modulus, Exponent = [1, 0, 1] });
        rsa.VerifyData(ReadOnlySpan<byte>.Empty, new byte[256], HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        new Utf8JsonReader("[]"u8).Read();
        ReportJson.Write(TextWriter.Null, VerificationReport.Unread(VerificationPolicy.WithoutTrustAnchorsUnsafe(DateTimeOffset.UnixEpoch), ""), "");
        Console.OpenStandardOutput().Write(ReadOnlySpan<byte>.Empty);
    }
}
