using System.Diagnostics;
using System.Text;
using Newtonsoft.Json.Linq;
using Provenance.TestKit;
using Xunit;

namespace Provenance.Tests.Cli;

/// <summary>"verify --format csv": one row a file, for spreadsheets, which also run what they read.</summary>
public sealed class VerifyCsvTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Each_file_has_one_row_that_says_what_was_proven()
    {
        foreach (string name in (string[])["good.jpg", "changed.jpg", "none.jpg", "ai.jpg"])
            _cli.Save("in/" + name, File.ReadAllBytes(Cli.Sample(name)));
        _cli.Save("in/empty.png", "");

        var rows = await TableAsync(["--recursive", "--digest", .. Cli.SampleLists, "in"]);

        Assert.Equal(["ai.jpg", "changed.jpg", "empty.png", "good.jpg", "none.jpg"], rows.Select(row => Path.GetFileName(row["file"])));
        Assert.Equal(["intact-known", "broken", "unreadable", "intact-known", "none"], rows.Select(row => row["label"]));
        var good = rows[3];
        Assert.Equal("Unchanged since Example Newsroom Signing signed it on 14 Mar 2026.", good["sentence"]);
        Assert.Equal(("Trusted", "Example Newsroom Signing", "anchors.pem", ""), (good["state"], good["issuer_proven"], good["list"], good["issuer_claimed"]));
        Assert.Matches("^2026-03-14T09:26:[0-9]{2}Z$", good["signed_proven"]);
        Assert.Equal("", good["signed_claimed"]);
        Assert.Equal(("not-declared", "sound", "complete", "embedded", "image/jpeg"), (good["ai"], good["sources"], good["coverage"], good["credential"], good["media_type"]));
        Assert.Equal(new FileInfo(Cli.Sample("good.jpg")).Length.ToString(System.Globalization.CultureInfo.InvariantCulture), good["bytes"]);
        Assert.Matches("^[0-9a-f]{64}$", good["sha256"]);
        Assert.Equal(("ai-generated", "Example Dream 2.0", "Issuer declares: AI-generated (Example Dream 2.0)."), (rows[0]["ai"], rows[0]["ai_tool"], rows[0]["notes"]));
    }

    [Fact]
    public async Task Of_a_credential_that_does_not_hold_nothing_is_repeated()
    {
        _cli.Save("changed.jpg", File.ReadAllBytes(Cli.Sample("changed.jpg")));

        var row = Assert.Single(await TableAsync([.. Cli.SampleLists, "changed.jpg"]));

        Assert.Equal(("broken", "Invalid", "assertion.dataHash.mismatch"), (row["label"], row["state"], row["failures"]));
        Assert.All((string[])["issuer_proven", "issuer_claimed", "list", "signed_proven", "signed_claimed", "made_with", "ai_tool"], column => Assert.Equal("", row[column]));
        Assert.Equal(("not-checked", "not-checked"), (row["ai"], row["coverage"]));
    }

    [Fact]
    public async Task What_nobody_vouches_for_stands_in_the_columns_of_claims()
    {
        _cli.Save("good.jpg", File.ReadAllBytes(Cli.Sample("good.jpg")));

        var row = Assert.Single(await TableAsync(["--no-trust", "good.jpg"]));

        Assert.Equal(("intact-unknown-issuer", "", "", "Example Newsroom Signing"), (row["label"], row["issuer_proven"], row["list"], row["issuer_claimed"]));
        Assert.Equal("", row["signed_proven"]);
        Assert.StartsWith("2026-03-14T", row["signed_claimed"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_begins_with_the_mark_that_spreadsheets_need_and_codes_are_the_same_in_every_language()
    {
        _cli.Save("사진.jpg", File.ReadAllBytes(Cli.Sample("none.jpg")));

        byte[] english = await BytesAsync("verify", "--format", "csv", "사진.jpg"), korean = await BytesAsync("verify", "--format", "csv", "--lang", "ko", "사진.jpg");

        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), english[..3]);
        var (one, other) = (Csv.Table(Encoding.UTF8.GetString(english))[0], Csv.Table(Encoding.UTF8.GetString(korean))[0]);
        Assert.Equal(one.Keys, other.Keys);
        Assert.Equal(["sentence"], one.Keys.Where(column => one[column] != other[column]));
        Assert.Equal(("사진.jpg", "none"), (other["file"], other["label"]));
        Assert.Contains("콘텐츠 자격 증명", other["sentence"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_and_values_can_neither_run_nor_break_a_row()
    {
        string[] hostile = ["=HYPERLINK(\"https://example.com\")", "+1", "-1", "@SUM(A1)", "\t=1", "a\r\n=1,b", "x;=1", "\u202E=1", "\"=1", "＝1"];
        var names = new List<string>();
        foreach (string text in hostile)
        {
            var signer = TestAuthority.Root("R").Intermediate("I").Issue(text);
            names.Add(_cli.Save($"in/{text.Replace('/', '|')}.jpg", new ManifestBuilder("csv/" + text).GeneratedBy(text).Created().SignedBy(signer).Embed(TestJpeg.Small()).Bytes));
        }

        var rows = await TableAsync(["--", .. names]);

        Assert.Equal(hostile.Length, rows.Count);
        Assert.All(rows.SelectMany(row => row.Values), cell =>
        {
            Assert.DoesNotMatch(@"[\t\r\n\u202E]", cell);
            Assert.DoesNotMatch("""(^|;)[ "]*[=+@\uFF1D-]""", cell);
        });
        Assert.Equal("'=HYPERLINK(\"https://example.com\")", rows[0]["made_with"]);
        Assert.Equal("a =1,b (Example Organization)", rows[5]["issuer_claimed"]);
    }

    [Fact]
    public async Task No_string_of_the_collection_can_run()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var strings = JArray.Parse(File.ReadAllText(Shared.Path("vectors", "strings", "ui", "hostile-strings.json"))).Select(item => (string)item["text"]!).ToList();
        var signer = TestAuthority.Root("R").Intermediate("I").Issue("S");
        var names = strings.Select((text, i) => _cli.Save($"{i}.jpg", new ManifestBuilder("csv/" + i).GeneratedBy(Clean(text)).Created().SignedBy(signer).Embed(TestJpeg.Small()).Bytes)).ToList();

        var rows = await TableAsync([.. names]);

        Assert.Equal(strings.Count, rows.Count);
        Assert.All(rows.SelectMany(row => row.Values), cell => Assert.DoesNotMatch("""[\t\r\n]|(^|;)[ "]*[=+@-]""", cell));
    }

    // CBOR holds no lone surrogates.
    private static string Clean(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> TableAsync(params string[] arguments) =>
        Csv.Table(Encoding.UTF8.GetString(await BytesAsync(["verify", "--format", "csv", .. arguments])));

    /// <summary>What the program prints, line ends and all.</summary>
    private async Task<byte[]> BytesAsync(params string[] arguments)
    {
        using Process process = _cli.Start(arguments);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await errors);
        return output.ToArray();
    }
}
