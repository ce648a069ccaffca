using Provenance.Verifier.Reports;

namespace Provenance.Verifier.History;

/// <summary>How two things that were stated or found do not go together. Each has innocent causes; a conflict is shown and never resolved.</summary>
public enum ConflictKind
{
    /// <summary>One signer states that the content was captured, and that a model generated it or a part of it.</summary>
    CaptureBesideAi,

    /// <summary>A signer states that the content was captured; of what it was made from, another states that a model generated it or a part of it.</summary>
    CaptureOverAi,

    /// <summary>One signer states that the content was captured, and that it is a composite.</summary>
    CaptureBesideComposite,

    /// <summary>A time that a signer states lies after the proven time of signing.</summary>
    TimeAfterSigning,

    /// <summary>A time that a signer states, or that of signing, lies before the proven time at which what it was made from was signed.</summary>
    TimeBeforeSource,

    /// <summary>The bytes are of another format than the signer states.</summary>
    FormatDiffers,

    /// <summary>Title, description, creator or date differ between what the signer states and what the file's own metadata says, which nobody signed.</summary>
    CaptionDiffers,

    /// <summary>The file's own metadata dates it years before signing, or after it.</summary>
    CaptureFarFromSigning,
}

/// <summary>What kind of thing a piece of evidence is.</summary>
public enum EvidenceKind
{
    /// <summary>A signer states it: a source type, a time, a format, as written.</summary>
    Stated,

    /// <summary>A time stamp proves it: RFC 3339 in UTC.</summary>
    ProvenTime,

    /// <summary>The certificate's holder claims to have signed then: RFC 3339 in UTC.</summary>
    ClaimedSigningTime,

    /// <summary>The file's first bytes tell it.</summary>
    Bytes,

    /// <summary>The file's own metadata says it, which anybody can write.</summary>
    UnsignedMetadata,
}

/// <summary>One of the things that do not go together.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">What it says; of what is stated and of metadata as written: untrusted text.</param>
/// <param name="Manifest">The manifest it stands in or is proven of; null of what stands in none.</param>
/// <param name="Uri">The assertion or other box; null where it stands in none.</param>
public sealed record ConflictEvidence(EvidenceKind Kind, string Value, ManifestSummary? Manifest, string? Uri);

/// <summary>Things that do not go together.</summary>
/// <param name="Kind">How.</param>
/// <param name="Evidence">The things, those that are meant to be compared one behind the other; a few where there are many.</param>
public sealed record HistoryConflict(ConflictKind Kind, IReadOnlyList<ConflictEvidence> Evidence);
