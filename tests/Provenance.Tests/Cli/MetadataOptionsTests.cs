using Newtonsoft.Json.Linq;
using Provenance.TestKit;
using Provenance.Tests.House;
using Xunit;

namespace Provenance.Tests.Cli;

public sealed class MetadataOptionsTests
{
    private static readonly byte[] Photograph = TestJpeg.Small().WithExif(new TestExif().With(0x010F, "Maker").Taken(0xA431, "B-1").At("N", [37, 30, 0], "E", [127, 0, 0]).ToBytes()).Bytes;

    private static string Keys(JObject report) => string.Join(' ', report["metadata"]!["fields"]!.Select(field => field["key"]));

    [Fact]
    public async Task Metadata_is_told_unless_it_is_not_wanted_and_personal_data_only_if_they_are()
    {
        using var cli = new Cli();
        cli.Save("photo.jpg", Photograph);

        Assert.Equal("camera.make", Keys((await cli.ReportsAsync("--no-trust", "photo.jpg"))[0]));
        Assert.Equal("camera.make location.latitude location.longitude device.serial", Keys((await cli.ReportsAsync("--no-trust", "--include-location", "--include-device", "photo.jpg"))[0]));
        Assert.Equal(JTokenType.Null, (await cli.ReportsAsync("--no-trust", "--no-metadata", "photo.jpg"))[0]["metadata"]!.Type);
    }

    [Fact]
    public async Task Text_says_what_is_recorded_and_hides_it_unless_asked()
    {
        using var cli = new Cli();
        cli.Save("photo.jpg", Photograph);
        string hidden = (await cli.RunAsync("verify", "--no-trust", "photo.jpg")).Output, shown = (await cli.RunAsync("verify", "--no-trust", "--include-location", "photo.jpg")).Output;

        Assert.Contains("recorded, hidden", hidden, StringComparison.Ordinal);
        Assert.DoesNotContain("37.5", hidden, StringComparison.Ordinal);
        Assert.Contains("37.5", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("B-1", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Maker", (await cli.RunAsync("verify", "--no-trust", "--no-metadata", "photo.jpg")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_the_reader_is_loaded_for_a_file_without_metadata()
    {
        using var cli = new Cli();
        cli.Save("photo.jpg", Photograph);
        cli.Save("plain.png", TestPng.Small().Bytes);
        // A copy of the program in which the reader and its packages are no assemblies.
        string program = Path.Combine(cli.Folder, "program");
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(Repository.CommandLine)!))
        {
            Directory.CreateDirectory(program);
            File.Copy(file, Path.Combine(program, Path.GetFileName(file)));
        }
        foreach (string name in new[] { "Provenance.Metadata.dll", "MetadataExtractor.dll", "XmpCore.dll" })
            File.WriteAllText(Path.Combine(program, name), "no assembly");
        async Task<Command> RunAsync(string file) => await Command.RunAsync(cli.Folder, null, "dotnet", Path.Combine(program, Path.GetFileName(Repository.CommandLine)), "verify", "--format", "json", "--no-trust", file);

        var plain = await RunAsync("plain.png");
        Assert.Equal("", plain.Error);
        Assert.Equal("", Keys(Cli.Parse(plain.Output)));
        Assert.Equal("unreadable", (string?)Cli.Parse((await RunAsync("photo.jpg")).Output)["label"]);
    }
}
