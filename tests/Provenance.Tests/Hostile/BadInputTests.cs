using Newtonsoft.Json.Linq;
using Provenance.TestKit;
using Provenance.Tests.House;
using Xunit;

namespace Provenance.Tests.Hostile;

/// <summary>Whatever file the command line is given, it names what is wrong, where, and by which rule, and exits as the table says.</summary>
public sealed class BadInputTests(BadInputTests.Folder folder) : IClassFixture<BadInputTests.Folder>
{
    /// <summary>Files nobody should be able to upset us with, asked about in one command.</summary>
    public sealed class Folder : IAsyncLifetime
    {
        internal string Path { get; } = Directory.CreateTempSubdirectory("provenance-hostile-").FullName;

        internal Command Verified { get; private set; } = new(-1, "", "");

        internal Dictionary<string, JObject> Answers { get; } = [];

        public async ValueTask InitializeAsync()
        {
            foreach (var (name, bytes) in Files())
                await File.WriteAllBytesAsync(System.IO.Path.Combine(Path, name), bytes);
            Directory.CreateDirectory(System.IO.Path.Combine(Path, "folder.jpg"));
            Verified = await RunAsync("verify", ["--format", "json", "--no-trust", .. s_files.Keys]);
            foreach (string line in Verified.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var answer = JObject.Parse(line);
                Answers.Add((string)answer["file"]!, answer);
            }
        }

        public ValueTask DisposeAsync()
        {
            Directory.Delete(Path, recursive: true);
            return ValueTask.CompletedTask;
        }

        internal Task<Command> RunAsync(string verb, params IReadOnlyList<string> arguments) => Command.RunAsync(Path, null, "dotnet", [Repository.CommandLine, verb, .. arguments]);
    }

    // What the file is, and what the error names: structure, rule (a part of it), limit.
    private static readonly Dictionary<string, (Func<byte[]>? Bytes, string Structure, string Rule, string? Limit)> s_files = new()
    {
        ["empty.jpg"] = (() => [], "asset", "the file is empty", null),
        ["one-byte.jpg"] = (() => [0xFF], "asset", "no format", null),
        ["seven-bytes.png"] = (() => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A], "PNG signature", "expected", null),
        ["zeros.webp"] = (() => new byte[65536], "asset", "no format", null),
        ["random.jpg"] = (() => Seeded.Bytes("random", 65536), "asset", "no format", null),
        ["random.c2pa"] = (() => Seeded.Bytes("random", 999), "asset", "no format", null),
        ["text.png"] = (() => "<svg><metadata><c2pa:manifest>QUJD"u8.ToArray(), "SVG c2pa:manifest", "the file ends", null),
        ["cut-in-the-store.png"] = (() => Subject.Named("png").Bytes[..700], "PNG caBX", "the file ends", null),
        ["cut-in-the-store.jpg"] = (() => Subject.Named("jpeg").Bytes[..700], "JPEG APP11", "the file ends", null),
        ["cut-in-the-store.webp"] = (() => Subject.Named("webp").Bytes[..700], "RIFF C2PA", "the file ends", null),
        ["deep.png"] = (() => Bomb.WithStore(StoreBombTests.Nested(10_000)), "JUMBF superbox", "limit", "JumbfDepth"),
        ["length-2-63.png"] = (() => Bomb.WithStore([0, 0, 0, 1, .. "jumb"u8, 0x80, 0, 0, 0, 0, 0, 0, 0, .. new byte[40]]), "JUMBF superbox", "reaches beyond", null),
        ["deep-cbor.png"] = (() => Subject.Manifest("deep").Created().ClaimBytes(_ => [.. Enumerable.Repeat((byte)0x81, 100_000), 0]).Embed(Bomb.Picture).Bytes, "claim", "limit", "CborDepth"),
        ["many-certificates.png"] = (() => Subject.Manifest("many").Created().Cose(cose => cose.Chain = chain => [.. Enumerable.Repeat(chain[0], 1000)]).Embed(Bomb.Picture).Bytes, "x5chain", "limit", "ChainCertificates"),
        ["many-exclusions.png"] = (() => Subject.Manifest("many").Created().BoundBy(HardBinding.Data("c2pa.hash.data", c =>
            [c.Asset.Extent, .. Enumerable.Range(0, 1024).Select(i => new Extent(c.Asset.Extent.End + i, 1))])).Embed(TestPng.Small()).Bytes, "data hash", "limit", "Exclusions"),
        ["bomb.png"] = (() => Bomb.WithStore(TestBox.Super("c2pa", "c2pa", TestBox.Super("c2cm", "m", TestBox.Content("brob", ManifestBuilder.Brotli(new byte[1 << 20])))).ToBytes()), "Brotli stream", "limit", "BrotliRatio"),
        ["two-stores.png"] = (() => Subject.Named("png").Asset.StoreTwice(), "PNG", "2 manifest stores", null),
        ["folder.jpg"] = (null, "file", "folder", null),
        ["missing.jpg"] = (null, "file", "no such file", null),
    };

    public static TheoryData<string> Names => [.. s_files.Keys];

    private static IEnumerable<(string Name, byte[] Bytes)> Files() => s_files.Where(file => file.Value.Bytes is not null).Select(file => (file.Key, file.Value.Bytes!()));

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_wrong_is_named_and_nothing_else_is_said(string name)
    {
        var (_, structure, rule, limit) = s_files[name];
        var answer = folder.Answers[name];

        Assert.Equal("unreadable", (string?)answer["label"]);
        Assert.StartsWith(structure, (string?)answer["error"]?["structure"], StringComparison.Ordinal);
        Assert.Contains(rule, (string?)answer["error"]!["rule"], StringComparison.Ordinal);
        Assert.Equal(limit, (string?)answer["error"]!["limit"]);
        Assert.InRange((long)answer["error"]!["offset"]!, 0, 1 << 20);
        Assert.Equal("not-checked", (string?)answer["coverage"]!["result"]);
        Assert.Null((string?)answer["signedAt"]);
        Assert.NotEqual("intact", (string?)answer["integrity"]!["result"]);
        Assert.DoesNotContain((string?)answer["validationState"], new[] { "Valid", "Trusted" });
    }

    [Fact]
    public void All_of_them_together_exit_with_3_and_no_fault_of_ours()
    {
        Assert.Equal(3, folder.Verified.ExitCode);
        Assert.Equal("", folder.Verified.Error);
        Assert.Equal(s_files.Count, folder.Answers.Count);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("c2patool")]
    [InlineData("crjson")]
    public async Task Every_other_format_answers_too(string format)
    {
        var run = await folder.RunAsync("verify", ["--format", format, "--no-trust", .. s_files.Keys]);

        Assert.Equal(3, run.ExitCode);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task So_does_inspect()
    {
        var run = await folder.RunAsync("inspect", [.. s_files.Keys]);

        Assert.Equal(3, run.ExitCode);
        Assert.Equal("", run.Error);
    }

    [Theory]
    [InlineData("empty.jpg")]
    [InlineData("missing.jpg")]
    [InlineData("deep.png")]
    public async Task Each_alone_exits_with_3_and_says_why_in_words(string name)
    {
        var run = await folder.RunAsync("verify", "--no-trust", name);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains(s_files[name].Rule, run.Output, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task A_file_that_may_not_be_read_exits_with_3()
    {
        Assert.SkipWhen(Environment.UserName == "root", "whoever runs this may read every file");
        string path = Path.Combine(folder.Path, "locked.jpg");
        await File.WriteAllBytesAsync(path, Subject.Named("jpeg").Bytes, TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.None);
        using var locked = OperatingSystem.IsWindows() ? File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None) : null;

        Assert.Equal(3, (await folder.RunAsync("verify", "--no-trust", "locked.jpg")).ExitCode);
    }

    /// <summary>The bytes decide what a file is; a name that says otherwise is told.</summary>
    [Fact]
    public async Task A_name_that_lies_changes_a_note_and_no_verdict()
    {
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "picture.png"), Subject.Named("png").Bytes, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "picture.jpg"), Subject.Named("png").Bytes, TestContext.Current.CancellationToken);
        var run = await folder.RunAsync("verify", "--format", "json", "--no-trust", "--validation-time", "2026-06-01T00:00:00Z", "picture.png", "picture.jpg");
        var answers = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(JObject.Parse).ToList();

        Assert.Equal(0, run.ExitCode);
        Assert.Equal([null, "the name ends in .jpg, the bytes are PNG"], answers.Select(answer => (string?)answer["fileNote"]));
        foreach (var answer in answers)
        {
            answer.Remove("file");
            answer.Remove("fileNote");
        }
        Assert.True(JToken.DeepEquals(answers[0], answers[1]));
    }

    /// <summary>Neither the time zone nor the language of the machine is in a report (attacks.md R6).</summary>
    [Fact]
    public async Task A_report_is_the_same_everywhere()
    {
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "stamped.jpg"), Subject.Named("stamped").Bytes, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "anchors.pem"), Subject.AnchorPem, TestContext.Current.CancellationToken);
        var outputs = new HashSet<string>();
        foreach (var (zone, language) in new[] { ("UTC", "C"), ("Pacific/Kiritimati", "tr_TR.UTF-8"), ("Pacific/Pago_Pago", "ar_SA.UTF-8") })
        {
            foreach (string format in new[] { "json", "text" })
            {
                var environment = new Dictionary<string, string?> { ["TZ"] = zone, ["LANG"] = language, ["LC_ALL"] = language };
                var run = await Command.RunAsync(folder.Path, environment, "dotnet",
                    [Repository.CommandLine, "verify", "--format", format, "--trust-anchors", "anchors.pem", "--tsa-anchors", "anchors.pem", "--validation-time", "2026-06-01T00:00:00Z", "stamped.jpg"]);
                Assert.Equal(0, run.ExitCode);
                outputs.Add(run.Output);
            }
        }

        Assert.Equal(2, outputs.Count);
    }
}
