using Provenance.Verifier.Jumbf;

namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>What kind of thing data is, beyond its media type: { type, ?version } (C2PA 2.5 §16.6.3).</summary>
/// <param name="Type">For instance "c2pa.types.model.tensorflow".</param>
/// <param name="Version">Its version, if given.</param>
internal sealed record AssetType(string Type, string? Version)
{
    public static AssetType? Read(Fields fields) => fields.Text("type") is { } type ? new(type, fields.Text("version")) : null;
}

/// <summary>
/// A reference to data inside the store or outside of it: hashed_uri, hashed_ext_uri, unhashed_ext_uri or uri-hashed-data
/// (C2PA 2.5 §9.4.2, §16.4.2, §16.4.3).
/// </summary>
/// <param name="Url">The reference as written; fetched by nobody.</param>
/// <param name="Algorithm">The hash algorithm named beside it.</param>
/// <param name="Hash">The digest; null where the reference is not bound to content.</param>
/// <param name="Format">Media type, as stated.</param>
/// <param name="Size">Bytes of the data, as stated.</param>
/// <param name="Types">What kind of data it is said to be.</param>
internal sealed record ResourceReference(string Url, string? Algorithm, ReadOnlyMemory<byte>? Hash, string? Format, long? Size, IReadOnlyList<AssetType> Types)
{
    /// <summary>The reference inside the store; null where it leads outside.</summary>
    public JumbfUri? Target { get; } = JumbfUri.Parse(Url);

    /// <summary>Reads a reference; null where it names nothing.</summary>
    public static ResourceReference? Read(Fields fields) => (fields.Text("url") ?? fields.Text("uri")) is { } url
        ? new(url, fields.Text("alg"), fields.Bytes("hash"), fields.Text("dc:format"), fields.Integer("size"), fields.Maps("data_types", AssetType.Read))
        : null;
}
