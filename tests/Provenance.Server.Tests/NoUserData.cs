using System.Runtime.CompilerServices;

namespace Provenance.Server.Tests;

/// <summary>No test sees what the developer keeps, nor keeps anything among it: every program started from here inherits a home of its own.</summary>
internal static class NoUserData
{
    private static readonly string s_home = Path.Combine(Path.GetTempPath(), $"provenance-server-home-{Environment.ProcessId}");

    /// <summary>For a server: what one keeps is not another one's.</summary>
    internal static string AnotherHome => Path.Combine(s_home, Guid.NewGuid().ToString("N"));

    [ModuleInitializer]
    internal static void Hide()
    {
        Environment.SetEnvironmentVariable("PROVENANCE_HOME", s_home);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            if (Directory.Exists(s_home))
                Directory.Delete(s_home, recursive: true);
        };
    }
}
