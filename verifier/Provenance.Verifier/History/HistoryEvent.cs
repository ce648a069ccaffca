using Provenance.Verifier.Manifests.Assertions;
using Provenance.Verifier.Reports;

namespace Provenance.Verifier.History;

/// <summary>
/// One entry of the timeline, as the signer of <see cref="Manifest"/> tells it. Texts are as written: untrusted, and not fit for display
/// before <see cref="Labels.DisplayText.Clean"/>. A time here is claimed; the proven one is that of the manifest's signing.
/// </summary>
public sealed class HistoryEvent
{
    internal HistoryEvent()
    {
    }

    /// <summary>What it is.</summary>
    public required HistoryEventKind Kind { get; init; }

    /// <summary>The manifest that tells it: one that holds.</summary>
    public required ManifestSummary Manifest { get; init; }

    /// <summary>The assertion or other box it stands in.</summary>
    public required string Uri { get; init; }

    /// <summary>Whether the signer states it; else it was passed on without vouching for it.</summary>
    public bool IsCreated { get; init; } = true;

    /// <summary>The action, for instance "c2pa.cropped"; of a soft binding its algorithm.</summary>
    public string? Name { get; init; }

    /// <summary>Whether it was done together with the action before it (C2PA 2.5 §16.4.1.8).</summary>
    public bool IsRelated { get; init; }

    /// <summary>The program or device that did it.</summary>
    public string? Agent { get; init; }

    /// <summary>Who did it, by name.</summary>
    public IReadOnlyList<string> Actors { get; init; } = [];

    /// <summary>When it was done.</summary>
    public ClaimedTime? When { get; init; }

    /// <summary>When doing it began.</summary>
    public ClaimedTime? Start { get; init; }

    /// <summary>When doing it ended.</summary>
    public ClaimedTime? End { get; init; }

    /// <summary>The kind of source, a URI of the IPTC's list or another.</summary>
    public string? DigitalSourceType { get; init; }

    /// <summary>Free text.</summary>
    public string? Description { get; init; }

    /// <summary>Why, for instance why something was removed.</summary>
    public string? Reason { get; init; }

    /// <summary>What was changed, in words (C2PA 1.x).</summary>
    public string? Changed { get; init; }

    /// <summary>Where in the content; nothing means that it is not said.</summary>
    public IReadOnlyList<RegionOfInterest> Regions { get; init; } = [];

    /// <summary>Whether it was done more than once; null where that is not said.</summary>
    public bool? MultipleInstances { get; init; }

    /// <summary>Identifier of the content as it was after it.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Language translated from, as a tag.</summary>
    public string? SourceLanguage { get; init; }

    /// <summary>Language translated to, as a tag.</summary>
    public string? TargetLanguage { get; init; }

    /// <summary>What it was done with, of the manifest's ingredients, at most <see cref="MostIngredients"/>.</summary>
    public IReadOnlyList<IngredientSummary> Ingredients { get; init; } = [];

    /// <summary>URI of what was removed; of a redaction.</summary>
    public string? Redacted { get; init; }

    /// <summary>How it stands with the source's credential; of what is withheld.</summary>
    public CredentialState? State { get; init; }

    /// <summary>Whether the signer says that nothing else was done to the content; null where nothing is said. Of a signing.</summary>
    public bool? AllActionsIncluded { get; init; }

    /// <summary>How many ingredients of one action are told: a hostile file may name thousands for each of thousands.</summary>
    public const int MostIngredients = 64;
}
