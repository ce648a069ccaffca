using Provenance.Verifier.Reports;

namespace Provenance.Verifier.History;

/// <summary>
/// One file of the tree of sources: this one at the root, below each what it was made from. A tree in a list, each node behind the one it
/// belongs to.
/// </summary>
public sealed class SourceNode
{
    private readonly Func<RecordedThumbnail?> _findThumbnail;
    private RecordedThumbnail? _thumbnail;
    private bool _isThumbnailKnown;

    internal SourceNode(Func<RecordedThumbnail?> findThumbnail) => _findThumbnail = findThumbnail;

    /// <summary>Place of the node it belongs to; null of the root.</summary>
    public required int? Parent { get; init; }

    /// <summary>How many nodes lie between it and the root, itself counted: 0 of the root.</summary>
    public required int Depth { get; init; }

    /// <summary>What the outer signer says of it; null of the root.</summary>
    public IngredientSummary? Ingredient { get; init; }

    /// <summary>How it stands with its own credential.</summary>
    public required CredentialState State { get; init; }

    /// <summary>Its manifest, where that holds; null where it does not or there is none, for then nothing of it is to be repeated.</summary>
    public ManifestSummary? Manifest { get; init; }

    /// <summary>Whether its manifest stands in the tree already, with all that is below it.</summary>
    public bool IsShownAbove { get; init; }

    /// <summary>Whether by its signer's word nothing was done but to write the content of its one source anew: resized, converted, published.</summary>
    public bool IsRendition { get; init; }

    /// <summary>Its title: the outer signer's word, else its own.</summary>
    public string? Title => Ingredient?.Title ?? Manifest?.Title;

    /// <summary>Its media type: the outer signer's word, else its own.</summary>
    public string? Format => Ingredient?.Format ?? Manifest?.Format;

    /// <summary>A small picture of it as recorded; null where there is none that can be passed on.</summary>
    public RecordedThumbnail? Thumbnail
    {
        get
        {
            if (!_isThumbnailKnown)
                (_thumbnail, _isThumbnailKnown) = (_findThumbnail(), true);
            return _thumbnail;
        }
    }
}
