namespace Provenance.Server.Resolution;

/// <summary>A soft binding to be looked up (c2pa.softBindingQuery).</summary>
internal sealed record BindingQuery
{
    /// <summary>The algorithm's identifier.</summary>
    public required string Alg { get; init; }

    /// <summary>The value, Base64.</summary>
    public required string Value { get; init; }
}
