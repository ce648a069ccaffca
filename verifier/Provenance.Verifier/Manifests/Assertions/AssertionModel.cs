namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>What an assertion is about, as the end of its label says.</summary>
internal enum AssertionSubject
{
    /// <summary>The content of the manifest it stands in.</summary>
    Content,

    /// <summary>".ingredient": an ingredient without a manifest of its own (C2PA 2.5 §16.5.11).</summary>
    Ingredient,

    /// <summary>".part": one part of a multi-asset file (§16.3.5).</summary>
    Part,
}

/// <summary>
/// What an assertion says, typed for display: the words of whoever wrote it. Nothing in it is proven by being here, and no verdict rests on
/// it: a field that is absent or of another type is null here, whereas the rules of validation read for themselves and are strict.
/// </summary>
internal abstract record AssertionModel
{
    public AssertionLabel Label { get; init; }

    public AssertionEncoding Encoding { get; init; }

    public AssertionSubject Subject { get; init; }

    /// <summary>What its maker adds about the assertion itself (§16.9.1); null where nothing.</summary>
    public AssertionMetadata? Metadata { get; init; }

    /// <summary>What stands there and could not be read, and so reads as absent.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
