namespace Provenance.Verifier.Reports;

/// <summary>One thing a signer states in a metadata assertion: by the signer's word, as true as the signer is honest.</summary>
/// <param name="Key">What it tells.</param>
/// <param name="Value">As written: untrusted text, not fit for display before <see cref="Labels.DisplayText.Clean"/>.</param>
/// <param name="Property">The property as written, for instance "exif:GPSLatitude".</param>
/// <param name="IsCreated">Whether the signer states it; else it was passed on without vouching for it.</param>
/// <param name="Uri">The assertion it stands in.</param>
/// <param name="Manifest">Label of the manifest whose signer states it.</param>
/// <param name="OfIngredient">Whether it is about something this file was made from.</param>
public sealed record MetadataStatement(MetadataKey Key, string Value, string Property, bool IsCreated, string Uri, string Manifest, bool OfIngredient)
{
    /// <summary>Whose privacy it touches.</summary>
    public MetadataPrivacy Privacy => Key.Privacy;

    /// <summary>The time it tells, for the keys "time.…"; null for others, and where the value is no time.</summary>
    public MetadataTime? Time { get; init; }
}
