using System.Runtime.CompilerServices;

namespace Provenance.Tests.House;

/// <summary>No test sees what the developer has installed, nor installs anything for them: every program started from here inherits an empty home.</summary>
internal static class NoUserData
{
    [ModuleInitializer]
    internal static void Hide() => Environment.SetEnvironmentVariable("PROVENANCE_HOME", Path.Combine(Path.GetTempPath(), $"provenance-no-home-{Environment.ProcessId}"));
}
