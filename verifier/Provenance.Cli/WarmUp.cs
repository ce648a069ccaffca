using System.Security.Cryptography;
using Provenance.Verifier;
using Provenance.Verifier.Reports;

namespace Provenance.Cli;

/// <summary>
/// A single short run spends most of its time on loading code. What every signed file needs late, another thread loads meanwhile: the
/// platform's crypto, the report writer, the console. More than that, keys for instance, gains nothing: two threads that load code wait
/// for each other. Saves a tenth of a cold start on two processors; changes no answer.
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
        ReportJson.Write(TextWriter.Null, VerificationReport.Unread(VerificationPolicy.WithoutTrustAnchorsUnsafe(DateTimeOffset.UnixEpoch), ""), "");
        Console.OpenStandardOutput().Write(ReadOnlySpan<byte>.Empty);
    }
}
