namespace Provenance.Verifier.History;

/// <summary>What an event of the timeline is.</summary>
public enum HistoryEventKind
{
    /// <summary>Something was done to the content.</summary>
    Action,

    /// <summary>Something was made part of it, or it was made from it, and no action says how.</summary>
    Ingredient,

    /// <summary>Information was removed from the history.</summary>
    Redaction,

    /// <summary>A watermark or fingerprint by which the credential can be found again. It was not looked for in the content.</summary>
    SoftBinding,

    /// <summary>A source has a credential that does not hold, so that nothing of it is told.</summary>
    Withheld,

    /// <summary>All that was told of this manifest was signed.</summary>
    Signing,
}
