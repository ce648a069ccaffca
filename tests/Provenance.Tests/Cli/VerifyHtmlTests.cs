using System.Text;
using Provenance.TestKit;
using Provenance.Tests.Presentation.Html;
using Xunit;

namespace Provenance.Tests.Cli;

/// <summary>"verify --format html": one document, on standard output or in a file.</summary>
public sealed class VerifyHtmlTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_document_goes_to_standard_output_and_the_exit_code_is_that_of_the_label()
    {
        _cli.Save("good.jpg", File.ReadAllBytes(Cli.Sample("good.jpg")));
        _cli.Save("folder/changed.jpg", File.ReadAllBytes(Cli.Sample("changed.jpg")));

        var good = await _cli.RunAsync(["verify", "--format", "html", .. Cli.SampleLists, "good.jpg"]);
        var changed = await _cli.RunAsync(["verify", "--format", "html", "--lang", "ko", .. Cli.SampleLists, "folder/changed.jpg"]);

        Assert.Equal((0, 1), (good.ExitCode, changed.ExitCode));
        Assert.Empty(good.Error);
        Assert.Equal("good.jpg", HtmlText.AssertOurs(good.Output).Descendants("h1").Single().Value);
        var root = HtmlText.AssertOurs(changed.Output);
        Assert.Equal(("ko", "changed.jpg"), (root.Attribute("lang")!.Value, root.Descendants("h1").Single().Value));
    }

    [Fact]
    public async Task A_document_goes_into_a_file_and_takes_the_place_of_an_earlier_one()
    {
        _cli.Save("good.jpg", File.ReadAllBytes(Cli.Sample("good.jpg")));

        foreach (string option in (string[])["--output", "-o"])
        {
            var command = await _cli.RunAsync("verify", "--format", "html", option, "report.html", "good.jpg");
            Assert.Equal((0, "", ""), (command.ExitCode, command.Output, command.Error));
        }

        HtmlText.AssertOurs(File.ReadAllText(Path.Combine(_cli.Folder, "report.html")));
        Assert.Equal(["good.jpg", "report.html"], Directory.GetFiles(_cli.Folder).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("good.jpg")]
    [InlineData("./good.jpg")]
    [InlineData("other.html")]
    [InlineData("empty")]
    public async Task Nothing_but_such_a_document_is_overwritten(string output)
    {
        byte[] picture = File.ReadAllBytes(Cli.Sample("good.jpg")), page = Encoding.UTF8.GetBytes("<!DOCTYPE html><html lang=\"en\"></html>");
        _cli.Save("good.jpg", picture);
        _cli.Save("other.html", page);
        _cli.Save("empty", []);

        var command = await _cli.RunAsync("verify", "--format", "html", "--output", output, "good.jpg");

        Assert.Equal(2, command.ExitCode);
        Assert.Contains("stays as it is", command.Error, StringComparison.Ordinal);
        Assert.Equal(picture, File.ReadAllBytes(Path.Combine(_cli.Folder, "good.jpg")));
        Assert.Equal(page, File.ReadAllBytes(Path.Combine(_cli.Folder, "other.html")));
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_to_is_told_before_anything_is_read()
    {
        _cli.Save("good.jpg", File.ReadAllBytes(Cli.Sample("good.jpg")));

        var folder = await _cli.RunAsync("verify", "--format", "html", "-o", ".", "good.jpg");
        var nowhere = await _cli.RunAsync("verify", "--format", "html", "-o", "missing/report.html", "good.jpg");

        Assert.Equal((2, 2), (folder.ExitCode, nowhere.ExitCode));
        Assert.Contains("that is a folder", folder.Error, StringComparison.Ordinal);
        Assert.Contains("no such folder", nowhere.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_picture_is_there_without_its_metadata_unless_it_is_to_be_left_out()
    {
        var signer = TestAuthority.Root("Html Root").Intermediate("Html CA").Issue("Html Signer");
        _cli.Save("photo.jpg", new ManifestBuilder("html/photo").Created().SignedBy(signer).Embed(TestJpeg.Small().WithExif(TestMetadata.Exif("SECRET-CAMERA"))).Bytes);

        var with = await _cli.RunAsync("verify", "--format", "html", "photo.jpg");
        var without = await _cli.RunAsync("verify", "--format", "html", "--no-picture", "photo.jpg");

        var image = HtmlText.AssertOurs(with.Output).Descendants("img").Single().Attribute("src")!.Value;
        string shown = Encoding.Latin1.GetString(Convert.FromBase64String(image[(image.IndexOf(',', StringComparison.Ordinal) + 1)..]));
        Assert.DoesNotContain("SECRET-CAMERA", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("c2pa", shown, StringComparison.Ordinal);
        Assert.Empty(HtmlText.AssertOurs(without.Output).Descendants("img"));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_has_a_document_too()
    {
        var command = await _cli.RunAsync("verify", "--format", "html", "no\u202esuch<b>.jpg");

        Assert.Equal(3, command.ExitCode);
        Assert.Equal("unreadable", HtmlText.AssertOurs(command.Output).Descendants("div").Single(div => div.Attribute("data-label") is not null).Attribute("data-label")!.Value);
    }

    [Fact]
    public async Task Its_options_go_with_it_alone()
    {
        var text = await _cli.RunAsync("verify", "--output", "x.html", "a.jpg");
        var picture = await _cli.RunAsync("verify", "--format", "json", "--no-picture", "a.jpg");

        Assert.Equal((2, 2), (text.ExitCode, picture.ExitCode));
        Assert.Contains("--format html", text.Error, StringComparison.Ordinal);
        Assert.Contains("--format html", picture.Error, StringComparison.Ordinal);
    }
}
