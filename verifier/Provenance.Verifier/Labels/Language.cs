namespace Provenance.Verifier.Labels;

/// <summary>A language in which reports are told.</summary>
public enum Language
{
    /// <summary>English, "en".</summary>
    English,

    /// <summary>Korean, "ko".</summary>
    Korean,
}
