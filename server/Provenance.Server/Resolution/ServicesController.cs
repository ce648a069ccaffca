using Microsoft.AspNetCore.Mvc;
using Provenance.Server.Settings;
using Provenance.Server.Storage;

namespace Provenance.Server.Resolution;

/// <summary>What this service can do, for clients of the Soft Binding Resolution API.</summary>
[ApiController]
internal sealed class ServicesController(KnownAlgorithms algorithms, ResolutionSettings settings, StorageState storage, TimeProvider clock) : ControllerBase
{
    /// <summary>The standard whose API this is, as a version of three numbers.</summary>
    private const string Version = "2.4.0";

    private const string Base = "/v1";

    /// <summary>The algorithms whose values can be looked up (c2pa.softBindingAlgList).</summary>
    [HttpGet("v1/services/supportedAlgorithms")]
    public SupportedAlgorithms Algorithms() => new(Of(SoftBindingKind.Watermark), Of(SoftBindingKind.Fingerprint));

    /// <summary>Whether the service works (c2pa.serviceStatus): "degraded" while the database cannot be read or written.</summary>
    [HttpGet("v1/services/status")]
    public ServiceStatus Status()
    {
        Response.Headers.CacheControl = "no-store";
        return new(storage.IsReady ? "ok" : "degraded", clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>What of the optional parts there is (c2pa.serviceCapabilities).</summary>
    [HttpGet("v1/services/capabilities")]
    public ServiceCapabilities Capabilities()
    {
        List<string> can = ["storeManifests"];
        if (settings.ByContent)
            can.Add("queryByContent");
        if (settings.ByReference)
            can.Add("queryByReference");
        return new(Version, can);
    }

    /// <summary>Where the API is (c2pa.wellKnownDiscovery; RFC 8615).</summary>
    [HttpGet(".well-known/c2pa-soft-binding-resolution")]
    public Discovery Discover() => new(Base, Version, $"{Base}/services/capabilities", $"{Base}/services/status");

    private IReadOnlyList<AlgorithmName> Of(SoftBindingKind kind) => [.. algorithms.All.Where(algorithm => algorithm.Kind == kind).Select(algorithm => new AlgorithmName(algorithm.Name))];
}

internal sealed record SupportedAlgorithms(IReadOnlyList<AlgorithmName> Watermarks, IReadOnlyList<AlgorithmName> Fingerprints);

internal sealed record AlgorithmName(string Alg);

internal sealed record ServiceStatus(string Status, string Timestamp);

internal sealed record ServiceCapabilities(string C2paSpecificationVersion, IReadOnlyList<string> SupportedCapabilities);

internal sealed record Discovery(string ApiEndpoint, string C2paSpecificationVersion, string CapabilitiesEndpoint, string StatusEndpoint);
