using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Provenance.Verifier;
using Provenance.Verifier.IO;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Trust;

namespace Provenance.Benchmarks;

/// <summary>
/// What verifying a large file costs beyond hashing it, in one process and in turn, so that a slow spell falls on all: SHA-256 of the
/// bytes in memory, SHA-256 of the file as it is read, verification of the file. Prints the medians and minima in ms as JSON.
/// </summary>
internal static class HashComparison
{
    private const int WarmUpRounds = 5;
    private const int BlockBytes = 256 << 10;

    public static async Task RunAsync(string file, string anchorFile, int rounds)
    {
        byte[] bytes = await File.ReadAllBytesAsync(file).ConfigureAwait(false);
        string anchors = await File.ReadAllTextAsync(anchorFile).ConfigureAwait(false);
        var policy = VerificationPolicy.WithTrust(DateTimeOffset.UtcNow, TrustList.FromPem("benchmark", TrustPurpose.Signer, anchors));
        var (memory, read, verified) = (new List<double>(), new List<double>(), new List<double>());
        for (int round = -WarmUpRounds; round < rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            SHA256.HashData(bytes);
            double memoryTime = Stopwatch.GetElapsedTime(start).TotalMilliseconds;

            start = Stopwatch.GetTimestamp();
            HashFile(file);
            double readTime = Stopwatch.GetElapsedTime(start).TotalMilliseconds;

            start = Stopwatch.GetTimestamp();
            await VerifyAsync(file, policy).ConfigureAwait(false);
            double verifiedTime = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (round < 0)
                continue;
            memory.Add(memoryTime);
            read.Add(readTime);
            verified.Add(verifiedTime);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $$"""{"bytes":{{bytes.Length}},"rounds":{{rounds}},"memory":{{Summary(memory)}},"read":{{Summary(read)}},"verified":{{Summary(verified)}}}"""));
    }

    private static void HashFile(string file)
    {
        using SafeFileHandle handle = File.OpenHandle(file);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] block = new byte[BlockBytes];
        for (long position = 0; RandomAccess.Read(handle, block, position) is > 0 and var count; position += count)
            hash.AppendData(block, 0, count);
        hash.GetHashAndReset();
    }

    private static async Task VerifyAsync(string file, VerificationPolicy policy)
    {
        var source = FileAssetSource.Open(file);
        await using (source.ConfigureAwait(false))
        {
            var report = await Verifier.Verifier.VerifyAsync(source, policy).ConfigureAwait(false);
            if (report.State != ValidationState.Trusted)
                throw new InvalidOperationException($"{file} is {report.State}, not trusted.");
        }
    }

    private static string Summary(List<double> times)
    {
        times.Sort();
        return string.Create(CultureInfo.InvariantCulture, $$"""{"median":{{times[times.Count / 2]:0.000}},"min":{{times[0]:0.000}}}""");
    }
}
