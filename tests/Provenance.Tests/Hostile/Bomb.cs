using Provenance.TestKit;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;
using Xunit;

namespace Provenance.Tests.Hostile;

/// <summary>Small files that ask for much. Whoever has a certificate of any kind can sign them.</summary>
internal static class Bomb
{
    /// <summary>The report may not grow with the attacker's wishes (attacks.md R24).</summary>
    public const int MostReport = 1 << 20;

    public static TestPng Picture { get; } = TestPng.Of(TestPicture.Flat(4, 4));

    /// <summary>Verifies and writes the report, and asserts that both stay within bounds.</summary>
    public static async Task<VerificationReport> SetOffAsync(byte[] file, VerificationPolicy? policy = null)
    {
        policy ??= Subject.Trusting;
        var (report, cost) = await Cost.OfAsync(() => Verifier.Verifier.VerifyAsync(AssetSource.FromMemory(file), policy));
        // What is slow once may have been compiled or collected; what is slow twice is slow.
        if (cost.Time > Cost.MostTime)
            (report, cost) = await Cost.OfAsync(() => Verifier.Verifier.VerifyAsync(AssetSource.FromMemory(file), policy));
        cost.AssertBounded(file.Length, "verifying");
        var (json, writing) = await Cost.OfAsync(() => ValueTask.FromResult(Subject.Json(report)));
        writing.AssertBounded(file.Length, "writing the report");
        Assert.True(json.Length <= MostReport, $"a report of {json.Length} bytes about a file of {file.Length}");
        foreach (Action<TextWriter, VerificationReport> write in (Action<TextWriter, VerificationReport>[])[C2paToolJson.Write, CrJson.Write])
        {
            (_, writing) = await Cost.OfAsync(() => ValueTask.FromResult(Written(write, report)));
            writing.AssertBounded(file.Length, $"writing {write.Method.DeclaringType!.Name}");
        }
        (_, cost) = await Cost.OfAsync(() => Inspection.ReadAsync(AssetSource.FromMemory(file), policy.Limits));
        cost.AssertBounded(file.Length, "inspecting");
        return report;
    }

    /// <summary>Asserts that this limit refused the file, and that nothing else is said of it.</summary>
    public static async Task AssertLimitAsync(string limit, byte[] file)
    {
        var report = await SetOffAsync(file);

        Assert.Equal(limit, report.Error?.Limit);
        AssertRefused(report);
    }

    /// <summary>Asserts that the file was refused: what, where, why, and no word on who signed it.</summary>
    public static void AssertRefused(VerificationReport report)
    {
        Assert.NotNull(report.Error);
        Assert.NotEmpty(report.Error.Structure);
        Assert.NotEmpty(report.Error.Rule);
        Assert.True(report.Error.Offset >= 0);
        Assert.Equal(3, report.Labelling.ExitCode);
        Assert.False(report.State is ValidationState.Trusted or ValidationState.Valid);
        Assert.Null(report.Signer);
        Assert.Null(report.SignedAt);
    }

    /// <summary>A picture with these bytes for a store.</summary>
    public static byte[] WithStore(byte[] store) => Picture.Embed(store).Bytes;

    /// <summary>A signed picture whose store was changed afterwards.</summary>
    public static byte[] Changed(Action<TestBox> change) => Subject.Named("png").Asset.BoxesChanged(change);

    /// <summary>A picture with one manifest that holds these assertions besides the usual ones.</summary>
    public static byte[] Signed(params Assertion[] assertions) => Subject.Manifest("bomb").Created().With(assertions).Embed(Picture).Bytes;

    private static long Written(Action<TextWriter, VerificationReport> write, VerificationReport report)
    {
        using var counted = new CountingWriter();
        write(counted, report);
        return counted.Written;
    }

    /// <summary>Keeps nothing: what is measured is what the writer itself needs.</summary>
    private sealed class CountingWriter : TextWriter
    {
        public long Written { get; private set; }

        public override System.Text.Encoding Encoding => System.Text.Encoding.UTF8;

        public override void Write(char value) => Written++;

        public override void Write(char[] buffer, int index, int count) => Written += count;

        public override void Write(string? value) => Written += value?.Length ?? 0;
    }
}
