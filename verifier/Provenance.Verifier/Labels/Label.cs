namespace Provenance.Verifier.Labels;

/// <summary>The eight things a label can say. Codes, words and exit codes stand in <see cref="LabelTable"/>.</summary>
public enum Label
{
    /// <summary>Unchanged since an issuer signed it whom a trust list knows.</summary>
    IntactKnown,

    /// <summary>Unchanged since it was signed; no trust list knows the issuer, or none was asked.</summary>
    IntactUnknownIssuer,

    /// <summary>Unchanged since it was signed, but the certificate was not in force and no trusted time stamp says when that was.</summary>
    IntactTimeUnproven,

    /// <summary>The issuer withdrew the certificate.</summary>
    Revoked,

    /// <summary>Content or signature does not match.</summary>
    Broken,

    /// <summary>Malformed, against the rules, unsupported, or over a limit: nothing can be said.</summary>
    Unreadable,

    /// <summary>There is a credential, but it was not looked at.</summary>
    NotChecked,

    /// <summary>No Content Credentials.</summary>
    None,
}

/// <summary>The state of the reference reader's reports (C2PA 2.5 §13.3).</summary>
public enum ValidationState
{
    /// <summary>A check failed.</summary>
    Invalid,

    /// <summary>Everything holds; no anchor vouches for the signer, or for one of an ingredient.</summary>
    Valid,

    /// <summary>Everything holds, and an anchor vouches for the signer.</summary>
    Trusted,
}
