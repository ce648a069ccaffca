namespace Provenance.Verifier.Reports;

/// <summary>What is kept outside the file.</summary>
public enum OutsideReferenceKind
{
    /// <summary>The manifest store itself.</summary>
    RemoteManifest,

    /// <summary>An assertion (C2PA 2.5 §16.4.5).</summary>
    CloudData,

    /// <summary>Anything else (C2PA 2.5 §16.4.2).</summary>
    ExternalReference,
}

/// <summary>Something that is said to be kept outside the file. It was not fetched.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Url">Where, as written: untrusted text.</param>
/// <param name="Label">The label of what is there, if it is told.</param>
/// <param name="Uri">The assertion that says so; null where the asset does.</param>
public sealed record OutsideReference(OutsideReferenceKind Kind, string Url, string? Label, string? Uri);
