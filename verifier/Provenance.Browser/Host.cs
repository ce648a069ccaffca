using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("browser")]

namespace Provenance.Browser;

/// <summary>What an executable must have. Nobody runs it (package/src/engine.ts): all work is asked for through <see cref="Engine"/>.</summary>
internal static class Host
{
    private static void Main()
    {
        // Nothing is done before it is asked for.
    }
}
