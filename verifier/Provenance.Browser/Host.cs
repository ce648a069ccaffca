using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("browser")]

namespace Provenance.Browser;

/// <summary>Where the runtime starts. All work is asked for through <see cref="Engine"/>.</summary>
internal static class Host
{
    private static void Main()
    {
        // Nothing is done before it is asked for.
    }
}
