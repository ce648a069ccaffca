namespace Provenance.Verifier.Reports;

/// <summary>Whose privacy a piece of metadata touches.</summary>
public enum MetadataPrivacy
{
    /// <summary>Nobody's in particular.</summary>
    Open,

    /// <summary>Tells where somebody was.</summary>
    Location,

    /// <summary>Tells one device from all others.</summary>
    Device,

    /// <summary>Names the owner of a device.</summary>
    Owner,
}
