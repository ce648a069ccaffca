namespace Provenance.Verifier.Trust;

/// <summary>On whose decision the CAs of a list are trusted.</summary>
public enum TrustModel
{
    /// <summary>Lists of the user's or of somebody they chose.</summary>
    Own,

    /// <summary>The C2PA Trust List and the C2PA TSA Trust List (C2PA 2.5 §13.4.1).</summary>
    Current,

    /// <summary>
    /// The interim list, frozen on 1 January 2026, whose members were not assessed as those of the C2PA Trust List are. Asked last, and
    /// named as such wherever it is what knows a signer.
    /// </summary>
    Older,
}
