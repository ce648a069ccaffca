using System.Reflection;

namespace Provenance.Verifier.Reports;

/// <summary>Who made a report: the one place that knows our name and version.</summary>
internal static class Product
{
    public const string Name = "Provenance";

    /// <summary>The version of the specification whose rules were applied, as reports spell it.</summary>
    public const string SpecificationVersion = "2.5.0";

    /// <summary>The version of this library (SemVer 2.0) without the build's commit, so that equal versions write equal reports.</summary>
    public static string Version { get; } = WithoutCommit(
        typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0");

    private static string WithoutCommit(string version) => version.Split('+')[0];
}
