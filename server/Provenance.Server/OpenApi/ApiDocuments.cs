using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Provenance.Server.OpenApi;

/// <summary>
/// The description of the API (server/openapi.json, which tests make from the controllers and compare with them) and what goes with it: a page for
/// people in two languages, its style, and the schema of reports. All of it is made once.
/// </summary>
internal static class ApiDocuments
{
    /// <summary>The page has text and a style of this server, nothing else.</summary>
    private const string PagePolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string PageType = "text/html; charset=utf-8";

    public static void MapApiDocuments(this WebApplication server)
    {
        byte[] description = Read("openapi.json");
        var page = ApiPage.Of(description);
        Map(server, "/api", page.Write(ApiPage.English), PageType);
        Map(server, "/api/ko", page.Write(ApiPage.Korean), PageType);
        Map(server, "/api/style.css", Read("style.css"), "text/css; charset=utf-8");
        Map(server, "/api/openapi.json", description, "application/json");
        Map(server, "/api/schema/report.v1.schema.json", Read("report.v1.schema.json"), "application/schema+json");
    }

    private static void Map(WebApplication server, string address, byte[] content, string type)
    {
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\"");
        server.MapGet(address, (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-cache";
            if (type == PageType)
                context.Response.Headers.ContentSecurityPolicy = PagePolicy;
            return TypedResults.Bytes(content, type, entityTag: tag);
        });
    }

    private static byte[] Read(string name)
    {
        using var resource = typeof(ApiDocuments).Assembly.GetManifestResourceStream(name)!;
        byte[] content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }
}
