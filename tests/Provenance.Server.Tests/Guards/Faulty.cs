using Microsoft.AspNetCore.Builder;

namespace Provenance.Server.Tests.Guards;

/// <summary>An address of the API that fails, with words that nobody may see.</summary>
internal static class Faulty
{
    public const string Address = "/api/test/fault";

    public static void Map(WebApplication app) => app.MapGet(Address, string () => throw new InvalidOperationException($"{StandInPage.Secret} at /home/operator"));
}
