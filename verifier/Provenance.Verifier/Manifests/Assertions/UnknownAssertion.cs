namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>One content box as stored.</summary>
/// <param name="Type">The four letters of its type.</param>
/// <param name="Bytes">What it holds.</param>
internal sealed record RawContent(string Type, ReadOnlyMemory<byte> Bytes);

/// <summary>An assertion of no standard this verifier knows: kept as stored, shown by its name.</summary>
/// <param name="Contents">Its content boxes, in order.</param>
internal sealed record UnknownAssertion(IReadOnlyList<RawContent> Contents) : AssertionModel;

/// <summary>An assertion whose content was taken away (C2PA 2.5 §8.8): whoever did must say so in a later claim.</summary>
internal sealed record RedactedAssertion : AssertionModel;
