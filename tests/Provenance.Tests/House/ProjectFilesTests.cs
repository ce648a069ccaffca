using System.Xml.Linq;
using Xunit;

namespace Provenance.Tests.House;

public sealed class ProjectFilesTests
{
    // What Directory.Build.props says once for all of them.
    private static readonly string[] SharedSettings =
    [
        "Version", "VersionPrefix", "PackageVersion", "AssemblyVersion", "TargetFramework", "TargetFrameworks", "LangVersion", "Nullable",
        "ImplicitUsings", "TreatWarningsAsErrors", "CheckForOverflowUnderflow", "Deterministic", "InvariantGlobalization", "RestorePackagesWithLockFile",
    ];

    private static readonly IReadOnlyList<string> Projects = Repository.Files("*.csproj");

    [Fact]
    public void There_are_projects_to_look_at() => Assert.Contains("verifier/Provenance.Verifier/Provenance.Verifier.csproj", Projects);

    [Fact]
    public void No_project_overrides_what_the_repository_says_once() =>
        Expect.None(from project in Projects
                    from element in Xml(project).Descendants()
                    where SharedSettings.Contains(element.Name.LocalName)
                    select $"{project}: {element.Name.LocalName}");

    [Fact]
    public void Every_folder_setting_builds_on_the_one_above_it() =>
        Expect.None(Repository.Files("Directory.Build.props")
            .Where(file => file != "Directory.Build.props")
            .Where(file => !Xml(file).Descendants("Import").Any(import => import.Attribute("Project")?.Value == "../Directory.Build.props")));

    [Fact]
    public void Every_project_has_its_lock_file() =>
        Expect.None(Projects.Select(project => $"{Path.GetDirectoryName(project)}/packages.lock.json").Where(file => !File.Exists(Repository.PathOf(file))));

    [Fact]
    public void Every_project_belongs_to_the_solution()
    {
        var solution = Repository.Read("Provenance.sln").Replace('\\', '/');
        Expect.None(Projects.Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Package_versions_are_exact_and_stand_in_one_file()
    {
        Expect.None(from project in Projects
                    from reference in Xml(project).Descendants("PackageReference")
                    where reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null
                    select $"{project}: {reference.Attribute("Include")?.Value}");
        Expect.None(Packages().Where(package => !System.Version.TryParse(package.Attribute("Version")?.Value, out _)));
    }

    [Fact]
    public void Every_package_has_its_paragraph()
    {
        var page = Repository.Read("docs", "decisions", "0009-packages.md");
        Expect.None(Packages().Select(package => package.Attribute("Include")!.Value).Where(name => !page.Contains($"\n**{name}**", StringComparison.Ordinal)));
    }

    private static IEnumerable<XElement> Packages() => Xml("Directory.Packages.props").Descendants("PackageVersion");

    private static XElement Xml(string file) => XElement.Parse(Repository.Read(file));
}
