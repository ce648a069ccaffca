using System.Security.Cryptography;

namespace Provenance.Server.Telemetry;

/// <summary>What is told of a request in its answer, the log and the trace. All of it is ours: what a caller would call the request is not asked.</summary>
internal sealed class RequestFacts
{
    /// <summary>The header of the answer that holds the id.</summary>
    public const string IdHeader = "X-Request-Id";

    /// <summary>A name for the request: 128 random bits.</summary>
    public string Id { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The pattern of the address, once routing has found it: "v1/manifests/{id}".</summary>
    public string? Route { get; set; }

    public static RequestFacts Of(HttpContext context)
    {
        if (context.Features.Get<RequestFacts>() is { } facts)
            return facts;
        context.Features.Set(facts = new RequestFacts());
        return facts;
    }
}
