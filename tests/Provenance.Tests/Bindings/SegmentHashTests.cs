using System.Text;
using Provenance.TestKit;
using Provenance.Tests.Formats;
using Provenance.Tests.Rules;
using Provenance.Verifier.Bindings;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Labels;
using Xunit;

namespace Provenance.Tests.Bindings;

public sealed class SegmentHashTests
{
    private const string Line = "-----BEGIN C2PA CHECKPOINT----- https://northwindtraders.com/provenance/chk1.c2pa -----END C2PA CHECKPOINT-----";

    private static CborFields First => new()
    {
        { "version", 1 },
        { "alg", "sha256" },
        { "hash", Convert.FromBase64String("Hsg2fWyLWendDHpPRyFNuNLnbr0s1b9BVVCMsnJj3S8=") },
        { "segmentStart", 0 },
        { "segmentEnd", 12 },
        { "sentinelLength", 112 },
    };

    [Fact]
    public async Task The_first_vector_of_the_standard_matches()
    {
        byte[] file = Encoding.ASCII.GetBytes($"alpha\nbravo\n{Line}\n");
        Assert.Equal(124, file.Length);
        Assert.Equal(BindingOutcome.Match, await CheckAsync(file, First));
    }

    [Fact]
    public async Task The_second_vector_binds_its_segment_and_the_line_before()
    {
        CborFields second = new()
        {
            { "version", 1 },
            { "alg", "sha256" },
            { "hash", Convert.FromBase64String("axfDsyQ12xTN4nWbwIPzKx/rxSLSC1UQhasygsqD4Ls=") },
            { "segmentStart", 127 },
            { "segmentEnd", 143 },
            { "sentinelLength", 113 },
            { "predecessorSentinel", new CborFields { { "start", 14 }, { "length", 113 }, { "hash", Convert.FromBase64String("52VROEjEl9C7I15jXoXVjuO9LzZvsBVf04bXeubHuM8=") } } },
        };
        byte[] file = Encoding.ASCII.GetBytes($"alpha\r\nbravo\r\n{Line}\r\ncharlie\r\ndelta\r\n{Line.Replace("chk1", "chk2", StringComparison.Ordinal)}\r\n");
        // The manifest of the first checkpoint is nowhere at hand, so its segment cannot be checked.
        Assert.Equal(BindingOutcome.ContentAbsent, await CheckAsync(file, second));
        Assert.Equal(BindingOutcome.PredecessorMismatch, await CheckAsync(file.FlipBit(60), second));
        Assert.Equal(BindingOutcome.Mismatch, await CheckAsync(file.FlipBit(130), second));
    }

    [Theory]
    [InlineData("version", null, nameof(BindingOutcome.Malformed))]
    [InlineData("version", 2, nameof(BindingOutcome.Malformed))]
    [InlineData("hash", null, nameof(BindingOutcome.Malformed))]
    [InlineData("segmentStart", null, nameof(BindingOutcome.Malformed))]
    [InlineData("segmentStart", -1, nameof(BindingOutcome.Malformed))]
    [InlineData("segmentStart", 13, nameof(BindingOutcome.Malformed))]
    [InlineData("segmentEnd", null, nameof(BindingOutcome.Malformed))]
    [InlineData("sentinelLength", null, nameof(BindingOutcome.Malformed))]
    [InlineData("sentinelLength", 0, nameof(BindingOutcome.Malformed))]
    [InlineData("predecessorSentinel", 0, nameof(BindingOutcome.Malformed))]
    [InlineData("segmentStart", 1, nameof(BindingOutcome.Mismatch))]
    [InlineData("segmentEnd", 11, nameof(BindingOutcome.Mismatch))]
    [InlineData("segmentEnd", 13, nameof(BindingOutcome.Mismatch))]
    [InlineData("sentinelLength", 111, nameof(BindingOutcome.PartialCoverage))]
    [InlineData("sentinelLength", 113, nameof(BindingOutcome.PartialCoverage))]
    [InlineData("alg", "md5", nameof(BindingOutcome.AlgorithmUnsupported))]
    [InlineData("alg", null, nameof(BindingOutcome.Match))]
    public async Task Every_field_is_held_to_its_rule(string field, object? value, string expected)
    {
        var fields = First;
        fields.Omit(field);
        if (value is not null)
            fields.Add(field, value);
        Assert.Equal(expected, (await CheckAsync(Encoding.ASCII.GetBytes($"alpha\nbravo\n{Line}\n"), fields)).ToString());
    }

    [Fact]
    public async Task A_line_made_shorter_leaves_no_room_behind_it()
    {
        // The end boundary of §14.12.6.2 alone would let this pass: 112 bytes, but not all of them the line.
        byte[] file = Encoding.ASCII.GetBytes($"alpha\nbravo\n{Line.Replace("northwindtraders", "north", StringComparison.Ordinal)}\nmade it up\n");
        Assert.Equal(124, file.Length);
        Assert.Equal(BindingOutcome.PartialCoverage, await CheckAsync(file, First));
    }

    [Theory]
    [InlineData(true, "\n")]
    [InlineData(true, "\r\n")]
    [InlineData(false, "\n")]
    [InlineData(false, "\r\n")]
    public async Task A_chain_is_followed_to_the_start_of_the_file(bool isJson, string lineEnd)
    {
        var log = new TestJsonLines { IsJson = isJson, LineEnd = lineEnd };
        var first = World.Sound("first").Embed(log);
        var second = World.Silent("second").Opened(first).Embed(log.After(first));
        var third = World.Silent("third").Opened(second).Embed(log.After(second));
        Assert.Equal(ValidationState.Trusted, (await new CaseFile(third.Bytes).VerifyAsync()).State);
        foreach (var (at, code) in new[]
        {
            (5L, "assertion.segmentHash.mismatch"),
            (first.StoreExtent.Start + 2, "assertion.segmentHash.predecessorMismatch"),
            (second.StoreExtent.Start - 5, "assertion.segmentHash.mismatch"),
            (second.StoreExtent.End - 20, "assertion.segmentHash.predecessorMismatch"),
            (third.StoreExtent.Start - 5, "assertion.segmentHash.mismatch"),
        })
        {
            var report = await new CaseFile(third.Bytes.FlipBit(at)).VerifyAsync();
            Assert.Equal(Label.Broken, report.Label);
            Assert.Contains(report.Findings, finding => finding.Code.Text == code);
        }
    }

    [Fact]
    public async Task What_was_appended_or_cut_off_is_not_covered()
    {
        var first = World.Sound("first").Embed(TestJsonLines.Small());
        var second = World.Silent("second").Opened(first).Embed(TestJsonLines.Small().After(first));
        async Task<string[]> CodesAsync(byte[] file) => [.. (await new CaseFile(file).VerifyAsync()).Findings.Where(finding => finding.IsFailure).Select(finding => finding.Code.Text)];
        Assert.Contains("assertion.segmentHash.partialCoverage", await CodesAsync([.. second.Bytes, .. "{}\n"u8]));
        Assert.Contains("assertion.segmentHash.partialCoverage", await CodesAsync([.. second.Bytes, .. "x"u8]));
        Assert.Contains("assertion.segmentHash.mismatch", await CodesAsync([.. "{}\n"u8, .. second.Bytes]));
        Assert.Contains("assertion.segmentHash.mismatch", await CodesAsync(second.Bytes[(int)first.StoreExtent.End..]));
        // Cut behind its first checkpoint a file is what it was then.
        Assert.Empty(await CodesAsync(second.Bytes[..(int)first.StoreExtent.End]));
    }

    [Theory]
    [InlineData("gap")]
    [InlineData("start")]
    public async Task Segments_follow_each_other_from_the_first_byte(string hole)
    {
        var log = TestJsonLines.Small();
        var first = World.Sound("first").Embed(log);
        var next = log.After(first);
        var bytes = next.Embed(new byte[3]).Bytes;
        Action<CborFields> change = hole == "gap"
            ? fields => Move(fields, first.StoreExtent.End + 1, bytes)
            : fields =>
            {
                Move(fields, first.StoreExtent.End, bytes);
                fields.Omit("predecessorSentinel");
            };
        var second = World.Silent("second").Opened(first).BoundBy(next.Segment(change)).Embed(next);
        var report = await new CaseFile(second.Bytes).VerifyAsync();
        Assert.Contains(report.Findings, finding => finding.Code.Text == "assertion.segmentHash.partialCoverage");
    }

    private static void Move(CborFields fields, long start, byte[] file)
    {
        int end = file.AsSpan().LastIndexOf("{\"c2pa:"u8);
        fields.Omit("segmentStart");
        fields.Omit("hash");
        fields.Add("segmentStart", start);
        fields.Add("hash", System.Security.Cryptography.SHA256.HashData(file.AsSpan((int)start, end - (int)start)));
    }

    [Fact]
    public async Task Only_text_with_checkpoints_has_segments()
    {
        var jpeg = World.Sound("jpeg").BoundBy(Assertion.Cbor("c2pa.hash.segment", First)).Embed(World.Jpeg);
        Assert.Equal(Label.Broken, (await new CaseFile(jpeg.Bytes).VerifyAsync()).Label);
        var data = World.Sound("log").BoundBy(Provenance.TestKit.HardBinding.Data()).Embed(TestJsonLines.Small());
        // A data hash over a log binds all of it, whatever §A.3.17.3 would rather have.
        Assert.Equal(ValidationState.Trusted, (await new CaseFile(data.Bytes).VerifyAsync()).State);
    }

    private static async Task<BindingOutcome> CheckAsync(byte[] file, CborFields fields)
    {
        var map = await Sample.MapAsync(file);
        var asset = new BoundAsset(AssetSource.FromMemory(file), map, map.Stores, new SystemCrypto(), Limits.Default, null);
        try
        {
            var hash = SegmentHash.Read(CborReader.Read(TestCbor.Encode(fields), "segment hash", new CborBudget(Limits.Default)), Limits.Default);
            return (await hash.CheckAsync(asset, "sha256", false, CancellationToken.None)).Outcome;
        }
        catch (MalformedDataException)
        {
            return BindingOutcome.Malformed;
        }
    }
}
