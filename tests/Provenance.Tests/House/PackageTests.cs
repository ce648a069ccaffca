using System.Text;
using System.Text.Json;
using Xunit;

namespace Provenance.Tests.House;

public sealed class PackageTests(PackedLibrary package) : IClassFixture<PackedLibrary>
{
    private const string Assembly = "lib/net10.0/Provenance.Verifier.dll";

    [Fact]
    public void The_package_holds_the_library_its_words_and_its_licence()
    {
        var contents = package.Contents(".nupkg");
        Assert.Equal(
            ["LICENSE", "README.md", Assembly, "lib/net10.0/Provenance.Verifier.xml"],
            contents.Keys.Where(name => name != "Provenance.Verifier.nuspec" && !IsWrapping(name)).Order(StringComparer.Ordinal));
        Assert.Equal(File.ReadAllBytes(Repository.PathOf("README.md")), contents["README.md"]);

        var description = Encoding.UTF8.GetString(contents["Provenance.Verifier.nuspec"]);
        Assert.Contains("<license type=\"expression\">MIT</license>", description, StringComparison.Ordinal);
        Assert.Contains("<readme>README.md</readme>", description, StringComparison.Ordinal);
        Assert.Equal("Newtonsoft.Json", Assert.Single(description.Split("<dependency id=\"").Skip(1)).Split('"')[0]);
    }

    [Fact]
    public void The_symbols_are_packed_beside_it() =>
        Assert.Contains("lib/net10.0/Provenance.Verifier.pdb", package.Contents(".snupkg").Keys);

    [Fact]
    public void Its_version_is_the_one_property_of_the_repository()
    {
        var property = Repository.Read("Directory.Build.props").Split("<VersionPrefix>")[1].Split('<')[0];
        Assert.Equal(property, package.Version);
        Assert.Equal(3, property.Split('.').Select(part => uint.Parse(part, null)).Count());
    }

    [Fact]
    public void Packed_in_another_folder_it_is_the_same_to_the_byte()
    {
        foreach (var extension in new[] { ".nupkg", ".snupkg" })
        {
            var first = package.Contents(extension).Where(file => !IsWrapping(file.Key)).ToList();
            var second = package.Contents(extension, second: true);
            Assert.NotEmpty(first);
            Expect.None(first.Where(file => !second[file.Key].AsSpan().SequenceEqual(file.Value)).Select(file => file.Key));
        }
    }

    [Fact]
    public async Task A_fresh_program_restores_it_and_runs_the_example_of_the_README()
    {
        var blocks = MarkdownBlock.In(Repository.Read("README.md"));
        var example = blocks.FirstOrDefault(block => block.Language == "csharp");
        // Ends by itself on the day the library has its front door; from then on a page without the example fails.
        Assert.SkipWhen(example is null && !Repository.HasFrontDoor, "the library has no Verifier yet");
        Assert.NotNull(example);
        Assert.InRange(example.Lines.Count(line => line.Length > 0), 1, 10);
        var printed = blocks.First(block => block.Line > example.Line);
        Assert.Equal("text", printed.Language);

        var program = await BuildProgramAsync(example.Text);
        var run = await Command.RunAsync(Repository.Root, null, "dotnet", program);
        Assert.Equal(printed.Text + "\n", run.Output + run.Error);

        using var settings = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.ChangeExtension(program, ".runtimeconfig.json")));
        Assert.Equal("Microsoft.NETCore.App", settings.RootElement.GetProperty("runtimeOptions").GetProperty("framework").GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_fresh_program_that_only_names_it_builds() =>
        Assert.True(File.Exists(await BuildProgramAsync($"_ = nameof({Layers.Library});")));

    // A console project outside the repository that knows the package by its name and version alone. The packages folder is its
    // own, so that a package of an earlier run cannot stand in; what was restored before helps out where there is no network.
    private async Task<string> BuildProgramAsync(string source)
    {
        var folder = Directory.CreateDirectory(Path.Combine(package.Folder, "program-" + Guid.NewGuid().ToString("N"))).FullName;
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), source);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "Fresh.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestorePackagesPath>{Path.Combine(folder, "packages")}</RestorePackagesPath>
                <RestoreFallbackFolders>{packages}</RestoreFallbackFolders>
                <RestoreAdditionalProjectSources>{package.Feed}</RestoreAdditionalProjectSources>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{Layers.Library}" Version="[{package.Version}]" />
              </ItemGroup>
            </Project>
            """);
        var build = await Command.RunAsync(folder, Build.Quiet, "dotnet", "build", "-c", "Release", "-o", "out", "-v", "quiet", "-nologo");
        Assert.True(build.ExitCode == 0, build.Output + build.Error);
        Assert.True(Directory.Exists(Path.Combine(folder, "packages", "provenance.verifier", package.Version)), "The package came from elsewhere.");
        return Path.Combine(folder, "out", "Fresh.dll");
    }

    // The wrapping names its parts at random.
    private static bool IsWrapping(string name) =>
        name is "[Content_Types].xml" || name.StartsWith("_rels/", StringComparison.Ordinal) || name.StartsWith("package/", StringComparison.Ordinal);
}
