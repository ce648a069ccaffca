using Provenance.Verifier.Reports;

namespace Provenance.Verifier.History;

/// <summary>
/// Manifests one behind the other whose signers say that they only wrote the content of their one source anew, as networks that deliver
/// pictures do, and what they began with. That the content is the same is their word; nothing here compared it.
/// </summary>
/// <param name="Origin">The manifest they began with; it holds, and is no such rendition itself.</param>
/// <param name="Steps">The renditions, from the first to the last; each holds.</param>
/// <param name="Actions">What was done, each action once, in the order of its first use; to have opened the source is not among them.</param>
public sealed record RenditionRun(ManifestSummary Origin, IReadOnlyList<ManifestSummary> Steps, IReadOnlyList<string> Actions);
