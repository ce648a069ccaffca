using System.Security.Cryptography;
using Provenance.TestKit;
using Provenance.Tests.Revocation;
using Xunit;

namespace Provenance.Tests.Cli;

/// <summary>--check-revocation and --incidents. How answers are judged is tested in <see cref="RevocationInquiryTests"/>; here, that nobody is asked unasked.</summary>
public sealed class RevocationOptionsTests : IDisposable
{
    private const string Time = "2026-03-15T12:00:00Z";

    private static readonly TestCertificate s_camera = Signed.Authority.Issue("Shut Camera", change: leaf => leaf.OcspAt("http://127.0.0.1:9/ocsp"));

    private readonly Cli _cli = new();
    private readonly string[] _lists;

    public RevocationOptionsTests()
    {
        _cli.Save("anchors.pem", Signed.Root.AnchorPem);
        _cli.Save("photo.jpg", Signed.Photo(signer: s_camera));
        _lists = ["--trust-anchors", "anchors.pem", "--validation-time", Time, "photo.jpg"];
    }

    public void Dispose() => _cli.Dispose();

    private string List(string reason) => _cli.Save("incidents.json", $$"""
        { "format": "provenance-list", "version": 1, "kind": "incidents", "name": "Example News", "sequenceNumber": 1, "issued": "2026-03-01T00:00:00Z",
          "incidents": [ { "certificateSha256": "{{Convert.ToHexString(SHA256.HashData(s_camera.Der))}}", "reason": "{{reason}}" } ] }
        """);

    [Fact]
    public async Task Only_the_option_asks_and_the_guards_stand_before_the_asked()
    {
        var plain = Assert.Single(await _cli.ReportsAsync(_lists));
        var asked = Assert.Single(await _cli.ReportsAsync(["--check-revocation", .. _lists]));

        Assert.Equal("nothing-enclosed", (string?)plain["revocation"]!["notCheckedBecause"]);
        Assert.Equal("no-answer", (string?)asked["revocation"]!["notCheckedBecause"]);
        Assert.Contains("the port is not one that may be asked", (string?)asked["revocation"]!["reason"], StringComparison.Ordinal);
        Assert.Equal(("intact-known", "intact-known"), ((string?)plain["label"], (string?)asked["label"]));
    }

    [Theory]
    [InlineData("en", "not checked: its authority was asked, and gave no answer")]
    [InlineData("ko", "발급 기관에 문의했으나 응답이 없음")]
    public async Task Text_says_it_in_a_line_of_its_own(string language, string line) =>
        Assert.Contains(line, (await _cli.RunAsync(["verify", "--lang", language, "--check-revocation", .. _lists])).Output, StringComparison.Ordinal);

    [Fact]
    public async Task A_certificate_on_a_list_is_1_and_the_list_is_named()
    {
        List("the key was published");

        var command = await _cli.RunAsync(["verify", "--incidents", "incidents.json", .. _lists]);

        Assert.Equal(1, command.ExitCode);
        Assert.Contains("the list \u201cExample News\u201d names this certificate: the key was published", command.Output, StringComparison.Ordinal);
        Assert.Contains("the issuer itself did not withdraw it, as far as is known here", command.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("The issuer has withdrawn", command.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await _cli.RunAsync(["verify", .. _lists])).ExitCode);
    }

    [Fact]
    public async Task Hostile_words_of_a_list_are_cleaned()
    {
        List("a\\u001b[31m\\u202eb");

        var command = await _cli.RunAsync(["verify", "--incidents", "incidents.json", .. _lists]);

        Assert.DoesNotContain('\u001b', command.Output);
        Assert.DoesNotContain('\u202e', command.Output);
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_ends_the_command()
    {
        _cli.Save("incidents.json", "{}");

        Assert.Equal(2, (await _cli.RunAsync(["verify", "--incidents", "incidents.json", .. _lists])).ExitCode);
        Assert.Equal(2, (await _cli.RunAsync(["verify", "--incidents", "absent.json", .. _lists])).ExitCode);
    }
}
