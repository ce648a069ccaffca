using System.Diagnostics;
using System.Globalization;
using Provenance.TestKit;
using Provenance.Tests.House;
using Xunit;

namespace Provenance.Tests.Hostile;

/// <summary>What the program itself takes from the machine: the kernel's own count, over a command that is kept open.</summary>
public sealed class MemoryTests
{
    [Theory]
    [InlineData("jpg")]
    [InlineData("png")]
    public async Task Twenty_megabytes_take_no_more_than_32_MiB_over_a_small_file(string extension)
    {
        byte[] bulk = [.. Enumerable.Repeat(Seeded.Bytes("noise", 1 << 20), 20).SelectMany(part => part)];
        var manifest = Subject.Manifest("large").Created();

        await AssertPeakAsync((extension == "jpg" ? manifest.Embed(TestJpeg.Small().WithTrailing(bulk)) : manifest.Embed(TestPng.Small().WithChunk("noIS", bulk))).Bytes, mostMiB: 32);
    }

    /// <summary>Files of 30 MB that are nothing but credential (attacks.md R4).</summary>
    [Theory]
    [InlineData("title")]
    [InlineData("JSON")]
    [InlineData("reference")]
    [InlineData("chunks")]
    public async Task A_store_of_30_megabytes_takes_no_more_than_128_MiB(string kind)
    {
        string text = new('x', 30_000_000);
        var manifest = Subject.Manifest("large").Created();
        // Bound to another picture: it is read all the same, and signed in one go.
        await AssertPeakAsync(Bomb.WithStore((kind switch
        {
            "title" => manifest.Titled(text),
            "JSON" => manifest.With(StandardAssertions.Metadata($"\"a\": \"{text}\"")),
            "reference" => manifest.With(Assertion.Cbor("c2pa.ingredient.v3", new CborFields { { "relationship", "componentOf" }, { "thumbnail", new CborFields { { "url", "self#jumbf=" + text } } } })),
            _ => manifest.With(Assertion.CborBytes("c2pa.soft-binding", [0xA1, 0x63, .. "alg"u8, 0x7F, .. Enumerable.Repeat((byte[])[0x79, 0xFF, 0xFF, .. System.Text.Encoding.ASCII.GetBytes(text[..65535])], 450).SelectMany(chunk => chunk), 0xFF])),
        }).Sidecar(Bomb.Picture).Store), mostMiB: 128);
    }

    private static async Task AssertPeakAsync(byte[] large, int mostMiB)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the peak is read from /proc");
        string folder = Directory.CreateTempSubdirectory("provenance-memory-").FullName;
        try
        {
            string small = Path.Combine(folder, "small"), big = Path.Combine(folder, "large");
            await File.WriteAllBytesAsync(small, Subject.Named("png").Bytes, TestContext.Current.CancellationToken);
            await File.WriteAllBytesAsync(big, large, TestContext.Current.CancellationToken);
            var start = new ProcessStartInfo("dotnet", [Repository.CommandLine, "verify", "--format", "json", "--no-trust", "--validation-time", "2026-06-01T00:00:00Z", "--files-from", "-"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            };
            using var program = Process.Start(start)!;
            long idle = await PeakAfterAsync(program, small);
            long peak = await PeakAfterAsync(program, big);
            program.StandardInput.Close();
            await program.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.True(peak - idle <= mostMiB, $"{idle} MiB after a small file, {peak} MiB at the peak of a large one");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<long> PeakAfterAsync(Process program, string file)
    {
        await program.StandardInput.WriteLineAsync(file);
        await program.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        string? answer = await program.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.Contains("\"label\":", answer, StringComparison.Ordinal);
        string peak = File.ReadLines($"/proc/{program.Id}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(peak.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) >> 10;
    }
}
