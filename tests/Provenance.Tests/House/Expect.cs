using Xunit;

namespace Provenance.Tests.House;

internal static class Expect
{
    /// <summary>Fails with every one of the offenders, one a line; xunit's own message stops after five.</summary>
    public static void None<T>(IEnumerable<T> offenders)
    {
        var lines = offenders.Select(offender => offender?.ToString()).Order(StringComparer.Ordinal).ToList();
        if (lines.Count > 0)
            Assert.Fail(string.Join('\n', lines));
    }
}
