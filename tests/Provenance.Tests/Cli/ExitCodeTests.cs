using System.Buffers.Binary;
using Provenance.TestKit;
using Xunit;

namespace Provenance.Tests.Cli;

/// <summary>Each label's exit code, and which one wins.</summary>
public sealed class ExitCodeTests : IDisposable
{
    private static readonly TestAuthority Authority = TestAuthority.Root("Exit Root").Intermediate("Exit CA");

    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("good.jpg", 0, "intact-known")]
    [InlineData("changed.jpg", 1, "broken")]
    [InlineData("none.jpg", 4, "none")]
    [InlineData("absent.jpg", 3, "unreadable")]
    public async Task Every_label_has_its_code(string sample, int expected, string label)
    {
        var command = await _cli.RunAsync(["verify", "--format", "json", .. Cli.SampleLists, Cli.Sample(sample)]);

        Assert.Equal(expected, command.ExitCode);
        Assert.Equal(label, (string?)Cli.Parse(command.Output.TrimEnd('\n'))["label"]);
    }

    [Fact]
    public async Task A_credential_kept_elsewhere_is_5()
    {
        _cli.Save("remote.jpg", TestJpeg.Small().WithXmp(TestMetadata.Xmp("https://example.com/m.c2pa")).Bytes);

        Assert.Equal(5, (await _cli.RunAsync("verify", "remote.jpg")).ExitCode);
    }

    [Fact]
    public async Task A_certificate_out_of_force_without_a_time_stamp_is_5()
    {
        var signer = Authority.Issue("Expired", change: c => c.Valid("2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z"));
        _cli.Save("expired.jpg", new ManifestBuilder("exit/expired").Created().SignedBy(signer).Embed(TestJpeg.Small()).Bytes);

        Assert.Equal(5, (await _cli.RunAsync("verify", "expired.jpg")).ExitCode);
    }

    [Fact]
    public async Task A_certificate_that_was_withdrawn_is_1()
    {
        var signer = Authority.Issue("Withdrawn");
        byte[] answer = TestOcspResponder.Issuer(Authority).Respond(signer, OcspAnswer.Revoked);
        _cli.Save("revoked.jpg", new ManifestBuilder("exit/revoked").Created().SignedBy(signer).Stapled(answer).Embed(TestJpeg.Small()).Bytes);
        _cli.Save("root.pem", Authority.Certificate.Root.Pem);

        var command = await _cli.RunAsync("verify", "--trust-anchors", "root.pem", "--validation-time", "2026-03-15T00:00:00Z", "revoked.jpg");

        Assert.Equal(1, command.ExitCode);
        Assert.Contains("The issuer has withdrawn the certificate that signed this file. Do not rely on the credential.", command.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "good.jpg", "none.jpg", "absent.jpg", "changed.jpg")]
    [InlineData(3, "good.jpg", "none.jpg", "absent.jpg")]
    [InlineData(4, "good.jpg", "none.jpg")]
    [InlineData(0, "good.jpg", "ai.jpg")]
    public async Task Of_several_files_the_gravest_code_wins(int expected, params string[] samples) =>
        Assert.Equal(expected, (await _cli.RunAsync(["verify", .. samples.Select(Cli.Sample)])).ExitCode);

    [Theory]
    [InlineData(true, "good.jpg", 0)]
    [InlineData(false, "good.jpg", 1)]
    [InlineData(true, "none.jpg", 4)]
    [InlineData(true, "changed.jpg", 1)]
    public async Task Whoever_requires_a_known_issuer_gets_0_for_nothing_else(bool withLists, string sample, int expected)
    {
        string[] lists = withLists ? Cli.SampleLists : [];

        Assert.Equal(expected, (await _cli.RunAsync(["verify", "--require", "known", .. lists, Cli.Sample(sample)])).ExitCode);
    }

    [Fact]
    public async Task Boxes_ten_thousand_deep_are_refused_by_name_of_the_limit()
    {
        _cli.Save("deep.c2pa", Deep(10_000));

        var command = await _cli.RunAsync("verify", "--format", "json", "deep.c2pa");

        Assert.Equal(3, command.ExitCode);
        var error = Cli.Parse(command.Output.TrimEnd('\n'))["error"]!;
        Assert.Equal("JumbfDepth", (string?)error["limit"]);
    }

    /// <summary>Superboxes inside each other, each with a description.</summary>
    private static byte[] Deep(int depth)
    {
        byte[] description = [0, 0, 0, 30, .. "jumd"u8, .. "c2pa"u8, 0, 0x11, 0, 0x10, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71, 3, .. "c2pa\0"u8];
        var headers = new List<byte>();
        byte[] length = new byte[4];
        for (int level = depth; level > 0; level--)
        {
            BinaryPrimitives.WriteInt32BigEndian(length, level * (8 + description.Length));
            headers.AddRange([.. length, .. "jumb"u8, .. description]);
        }
        return [.. headers];
    }
}
