namespace Provenance.Server.Verification.Labels;

/// <summary>What is remembered.</summary>
/// <param name="Labels">A label, as reports name it, for each item in its order; null where none is remembered.</param>
/// <param name="TrustVersion">The version of the lists under which they hold.</param>
internal sealed record LabelsAnswer(IReadOnlyList<string?> Labels, string TrustVersion);
