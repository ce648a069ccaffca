using Provenance.TestKit;
using Xunit;

namespace Provenance.Tests.Cli;

/// <summary>Credentials in files beside the files they belong to.</summary>
public sealed class BesideTests : IDisposable
{
    private readonly Cli _cli = new();
    private readonly SignedAsset _asset = Signed("beside");

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("photo.jpg", "photo.jpg.c2pa")]
    [InlineData("photo.jpg", "photo.c2pa")]
    [InlineData("in/photo.jpg", "in/photo.jpg.c2pa")]
    [InlineData("photo", "photo.c2pa")]
    [InlineData("a.b/photo", "a.b/photo.c2pa")]
    [InlineData("photo.v2.jpg", "photo.v2.c2pa")]
    public async Task A_store_beside_a_file_without_one_is_found_and_told(string file, string store)
    {
        _cli.Save(file, _asset.Bytes);
        _cli.Save(store, _asset.Store);

        var report = Assert.Single(await _cli.ReportsAsync(file));
        string text = (await _cli.RunAsync("verify", file)).Output;

        Assert.Equal("intact-unknown-issuer", (string?)report["label"]);
        Assert.Equal("beside", (string?)report["origin"]);
        Assert.Equal(Path.GetFileName(store), (string?)report["manifestLocation"]);
        Assert.Contains($"  Credential   not in the file: found beside it, in {Path.GetFileName(store)}\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("photo.c2pa.jpg")]
    [InlineData("photo.jpg.C2PA.bak")]
    [InlineData("other.c2pa")]
    [InlineData("a/photo.jpg.c2pa")]
    [InlineData("a.c2pa")]
    public async Task Other_files_are_none_of_it(string store)
    {
        _cli.Save("photo.jpg", _asset.Bytes);
        _cli.Save("a.b/photo", _asset.Bytes);
        _cli.Save(store, _asset.Store);

        Assert.All(await _cli.ReportsAsync("--beside", "photo.jpg", "a.b/photo"), report => Assert.Equal("none", (string?)report["label"]));
    }

    [Fact]
    public async Task The_longer_name_comes_first_the_file_before_both_and_the_option_before_what_is_found()
    {
        byte[] other = Signed("other").Store;
        _cli.Save("photo.jpg", _asset.Bytes);
        _cli.Save("photo.jpg.c2pa", _asset.Store);
        _cli.Save("photo.c2pa", other);
        _cli.Save("own.jpg", new ManifestBuilder("cli/own").Created().SignedBy(Signer).Embed(TestJpeg.Small()).Bytes);
        _cli.Save("own.jpg.c2pa", _asset.Store);

        var found = Assert.Single(await _cli.ReportsAsync("photo.jpg"));
        Assert.Equal("photo.jpg.c2pa", (string?)found["manifestLocation"]);
        var own = Assert.Single(await _cli.ReportsAsync("own.jpg"));
        Assert.Equal(("embedded", null), ((string?)own["origin"], (string?)own["manifestLocation"]));
        var named = Assert.Single(await _cli.ReportsAsync("--manifest", "photo.c2pa", "photo.jpg"));
        Assert.Equal(("detached", null), ((string?)named["origin"], (string?)named["manifestLocation"]));
        Assert.NotEqual((string?)found["activeManifest"], (string?)named["activeManifest"]);
    }

    [Fact]
    public async Task A_file_of_a_kind_nobody_knows_can_have_a_credential_beside_it()
    {
        var asset = new ManifestBuilder("cli/unknown").Created().SignedBy(Signer).Sidecar(TestJpeg.Small());
        byte[] unknown = [0, 1, 2, .. asset.Bytes];
        _cli.Save("data.bin", unknown);
        _cli.Save("data.bin.c2pa", asset.Store);

        var report = Assert.Single(await _cli.ReportsAsync("data.bin"));

        // It binds other bytes; what matters is that it was looked at.
        Assert.Equal(("broken", "beside"), ((string?)report["label"], (string?)report["origin"]));
        Assert.Contains("assertion.dataHash.mismatch", report["codes"]!["failure"]!.Select(code => (string?)code));
    }

    [Fact]
    public async Task A_store_that_does_not_match_may_be_another_file_s()
    {
        _cli.Save("photo.jpg", _asset.Bytes);
        _cli.Save("photo.c2pa", new ManifestBuilder("cli/raw").Created().SignedBy(Signer).Sidecar(TestPng.Small()).Store);

        var command = await _cli.RunAsync("verify", "photo.jpg");

        Assert.Equal(1, command.ExitCode);
        Assert.Contains("found beside it, in photo.c2pa. It may belong to another file", command.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_is_no_missing_one()
    {
        _cli.Save("a.jpg", _asset.Bytes);
        _cli.Save("a.jpg.c2pa", "no store");
        _cli.Save("b.jpg", _asset.Bytes);
        using (var large = File.Create(Path.Combine(_cli.Folder, "b.jpg.c2pa")))
            large.SetLength((32 << 20) + 1);

        var reports = await _cli.ReportsAsync("--beside", "a.jpg", "b.jpg");

        Assert.Equal(["unreadable", "not-checked"], reports.Select(report => (string?)report["label"]));
        Assert.Equal(["manifest.inaccessible.malformed", "manifest.inaccessible"], reports.Select(report => (string?)report["codes"]!["failure"]![0]));
    }

    [Fact]
    public async Task It_is_found_for_every_file_of_a_folder_and_is_no_question_of_its_own()
    {
        _cli.Save("in/a.jpg", _asset.Bytes);
        _cli.Save("in/a.jpg.c2pa", _asset.Store);
        _cli.Save("in/b.jpg", _asset.Bytes);
        _cli.Save("in/b.c2pa", _asset.Store);
        _cli.Save("in/alone.c2pa", _asset.Store);

        var reports = await _cli.ReportsAsync("--recursive", "--beside", "in");

        Assert.Equal(["a.jpg", "alone.c2pa", "b.jpg"], reports.Select(report => Path.GetFileName((string?)report["file"])));
        Assert.Equal(["intact-unknown-issuer", "not-checked", "intact-unknown-issuer"], reports.Select(report => (string?)report["label"]));
    }

    [Fact]
    public async Task A_file_of_no_known_kind_is_asked_about_if_its_credential_lies_beside_it_and_two_stores_are_no_pair()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the spelling of names matters here");
        _cli.Save("in/data.bin", [0, 1, 2]);
        _cli.Save("in/data.bin.c2pa", _asset.Store);
        _cli.Save("in/other.bin", [0, 1, 2]);
        _cli.Save("in/large.jpg", _asset.Bytes);
        _cli.Save("in/large.jpg.C2PA", _asset.Store);
        _cli.Save("in/pair.C2PA", _asset.Store);
        _cli.Save("in/pair.c2pa", _asset.Store);

        var reports = await _cli.ReportsAsync("--recursive", "--beside", "in");

        Assert.Equal(["data.bin", "large.jpg", "large.jpg.C2PA", "pair.C2PA", "pair.c2pa"], reports.Select(report => Path.GetFileName((string?)report["file"])));
        Assert.Equal(["beside", null, "embedded", "embedded", "embedded"], reports.Select(report => (string?)report["origin"]));
    }

    [Theory]
    [InlineData("a.jpg", "b.jpg")]
    [InlineData("--recursive", ".")]
    public async Task Several_files_are_answered_from_their_own_bytes_unless_it_is_asked_for(params string[] words)
    {
        _cli.Save("a.jpg", _asset.Bytes);
        _cli.Save("b.jpg", _asset.Bytes);
        _cli.Save("a.jpg.c2pa", _asset.Store);

        var own = await _cli.ReportsAsync(words);
        var beside = await _cli.ReportsAsync(["--beside", .. words]);

        Assert.Equal("none", (string?)own.First(report => ((string?)report["file"])!.EndsWith("a.jpg", StringComparison.Ordinal))["label"]);
        Assert.Equal("intact-unknown-issuer", (string?)beside.First(report => ((string?)report["file"])!.EndsWith("a.jpg", StringComparison.Ordinal))["label"]);
    }

    [Fact]
    public async Task The_files_that_the_reference_signed_with_a_store_beside_them_are_intact()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        string[] files = [Shared.Path("corpus", "made-remote", "test-sidecar.webp"), Shared.Path("corpus", "made-remote", "libpng-test-remote-only.png"), Shared.Path("corpus", "made-variants", "sidecar.png")];

        var reports = await _cli.ReportsAsync(["--beside", "--validation-time", "2026-11-21T12:00:00Z", .. files]);

        Assert.All(reports, report => Assert.Equal(("intact-unknown-issuer", "beside"), ((string?)report["label"], (string?)report["origin"])));
    }

    private static TestCertificate Signer { get; } = TestAuthority.Root("R").Intermediate("I").Issue("S");

    private static SignedAsset Signed(string seed) => new ManifestBuilder("cli/" + seed).Created().SignedBy(Signer).Sidecar(TestJpeg.Small());
}
