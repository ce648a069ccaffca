namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>One outcome as the signer of an outer manifest recorded it (C2PA 2.5 §16.5.13.4): their words, never our finding.</summary>
/// <param name="Code">The code, of any version of the standard or of somebody's own.</param>
/// <param name="Url">The box it is about.</param>
/// <param name="ResourceUrl">The linked resource it is about (2.5).</param>
/// <param name="Explanation">In words.</param>
/// <param name="Success">Whether it counts as success, where that was recorded (before v3).</param>
internal sealed record RecordedCode(string Code, string? Url, string? ResourceUrl, string? Explanation, bool? Success)
{
    public static RecordedCode? Read(Fields fields) => fields.Text("code") is { } code
        ? new(code, fields.Text("url"), fields.Text("resourceUrl"), fields.Text("explanation"), fields.Boolean("success"))
        : null;
}

/// <summary>Outcomes of one manifest's validation, by kind.</summary>
internal sealed record RecordedCodes(IReadOnlyList<RecordedCode> Success, IReadOnlyList<RecordedCode> Informational, IReadOnlyList<RecordedCode> Failure)
{
    public static RecordedCodes Read(Fields fields) =>
        new(fields.Maps("success", RecordedCode.Read), fields.Maps("informational", RecordedCode.Read), fields.Maps("failure", RecordedCode.Read));
}

/// <summary>What changed about an ingredient further down since it was recorded there.</summary>
/// <param name="IngredientUri">The ingredient assertion.</param>
/// <param name="Codes">The outcomes that were not recorded in it.</param>
internal sealed record RecordedDelta(string IngredientUri, RecordedCodes Codes)
{
    public static RecordedDelta? Read(Fields fields) => fields.Text("ingredientAssertionURI") is { } uri && fields.Map("validationDeltas") is { } deltas
        ? new(uri, RecordedCodes.Read(deltas))
        : null;
}

/// <summary>A trust list that vouched for a signer or a time stamp, as recorded.</summary>
internal sealed record RecordedTrustList(string Uri, string? Type, string? Identifier);

/// <summary>"validationResults" of an ingredient (C2PA 2.5 §14.2.2).</summary>
/// <param name="ActiveManifest">About the ingredient's own manifest.</param>
/// <param name="Deltas">About manifests further down.</param>
/// <param name="SpecVersion">The version of the standard that was followed.</param>
/// <param name="TrustLists">The lists that vouched.</param>
internal sealed record RecordedResults(RecordedCodes? ActiveManifest, IReadOnlyList<RecordedDelta> Deltas, string? SpecVersion, IReadOnlyList<RecordedTrustList> TrustLists)
{
    public static RecordedResults Read(Fields fields) => new(
        fields.Map("activeManifest") is { } codes ? RecordedCodes.Read(codes) : null,
        fields.Maps("ingredientDeltas", RecordedDelta.Read),
        fields.Text("specVersion"),
        // 2.5 has a list where 2.3 had one URI.
        fields.Text("trustListUri") is { } single
            ? [new(single, null, null)]
            : fields.Maps("trustListUris", list => list.Text("uri") is { } uri ? new RecordedTrustList(uri, list.Text("type"), list.Text("identifier")) : null));
}
