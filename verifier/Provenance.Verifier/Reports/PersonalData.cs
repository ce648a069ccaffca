namespace Provenance.Verifier.Reports;

/// <summary>Which personal data of metadata a report hands on. What it leaves out it names by kind, so that nobody takes it for absent.</summary>
[Flags]
public enum PersonalData
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>What tells where somebody was.</summary>
    Location = 1,

    /// <summary>Serial numbers, names of computers and of owners.</summary>
    Device = 2,
}

/// <summary>Which metadata may be handed on.</summary>
internal static class PersonalDataRule
{
    /// <summary>Whether metadata of this privacy is among what is shown. Names of owners go with their devices.</summary>
    public static bool IsShown(MetadataPrivacy privacy, PersonalData shown) => privacy switch
    {
        MetadataPrivacy.Location => (shown & PersonalData.Location) != 0,
        MetadataPrivacy.Device or MetadataPrivacy.Owner => (shown & PersonalData.Device) != 0,
        _ => true,
    };
}
