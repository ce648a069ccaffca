using Newtonsoft.Json.Linq;

namespace Provenance.Server.Resolution;

/// <summary>Where content is that is to be found again (the body of byReference).</summary>
internal sealed record ContentReference
{
    /// <summary>An https URL.</summary>
    public required string ReferenceUrl { get; init; }

    /// <summary>How many bytes there are.</summary>
    public long? AssetLength { get; init; }

    /// <summary>Its media type. What it is, its bytes tell.</summary>
    public string? AssetType { get; init; }

    /// <summary>The part that matters: for those who make fingerprints, which is not done here.</summary>
    public JToken? Region { get; init; }
}
