namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>What an embedded file is for.</summary>
internal enum EmbeddedRole
{
    /// <summary>"c2pa.thumbnail.claim": the asset as it was when it was signed.</summary>
    ClaimThumbnail,

    /// <summary>"c2pa.thumbnail.ingredient": an ingredient as it was when it was added.</summary>
    IngredientThumbnail,

    /// <summary>"c2pa.icon": a program or an action.</summary>
    Icon,

    /// <summary>"c2pa.embedded-data": whatever refers to it says what it is.</summary>
    Data,
}

/// <summary>
/// A file kept in the manifest (C2PA 2.5 §16.6.6, §16.6.1): the attacker's bytes. Nothing here decodes them; the first ones are compared with
/// the media type they are said to have.
/// </summary>
/// <param name="Role">What it is for.</param>
/// <param name="MediaType">As stated.</param>
/// <param name="FileName">As stated, if at all.</param>
/// <param name="Data">The file.</param>
internal sealed record EmbeddedFileAssertion(EmbeddedRole Role, string MediaType, string? FileName, ReadOnlyMemory<byte> Data) : AssertionModel
{
    /// <summary>The media type that its first bytes show; null where they show none.</summary>
    public string? DetectedMediaType { get; init; }

    /// <summary>Whether the first bytes are of the media type stated; null where they show none.</summary>
    public bool? IsAsStated => DetectedMediaType is null ? null : MediaSignature.AreSame(MediaType, DetectedMediaType);

    public static EmbeddedFileAssertion Read(AssertionReading reading)
    {
        var file = reading.Assertion.File();
        string label = reading.Assertion.Label.Base;
        var role = label.StartsWith(AssertionLabels.ClaimThumbnail, StringComparison.Ordinal) ? EmbeddedRole.ClaimThumbnail
            : label.StartsWith(AssertionLabels.Thumbnail, StringComparison.Ordinal) ? EmbeddedRole.IngredientThumbnail
            : label.StartsWith("c2pa.icon", StringComparison.Ordinal) ? EmbeddedRole.Icon
            : EmbeddedRole.Data;
        var model = new EmbeddedFileAssertion(role, file.MediaType, file.FileName, file.Data) { DetectedMediaType = MediaSignature.Find(file.Data.Span) };
        if (model.IsAsStated == false)
            reading.Note($"the file is said to be '{file.MediaType}', its first bytes are those of '{model.DetectedMediaType}'");
        return model;
    }
}
