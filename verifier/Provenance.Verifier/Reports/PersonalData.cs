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
