using Provenance.Verifier.Jumbf;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Status;

namespace Provenance.Verifier.Checks;

/// <summary>
/// What outer claims say they removed from manifests below them (C2PA 2.5 §8.6). Collected before any inner assertion is checked, and only
/// from claims on the way down from the active manifest: a manifest that nothing refers to removes nothing (attack H05).
/// </summary>
internal sealed class Redactions
{
    private readonly Dictionary<string, HashSet<string>> _labelsByManifest = new(StringComparer.Ordinal);

    /// <summary>Whether any assertion of the manifest was removed: then its box hash no longer holds, and its signature's does (§14.11.3).</summary>
    public bool Touch(Manifest manifest) => _labelsByManifest.ContainsKey(manifest.Label);

    public bool Covers(Manifest manifest, string assertionLabel) =>
        _labelsByManifest.TryGetValue(manifest.Label, out var labels) && labels.Contains(assertionLabel);

    /// <summary>Checks the list of one claim and takes up what may be removed.</summary>
    /// <param name="run">The run.</param>
    /// <param name="redactor">The manifest whose claim removes.</param>
    /// <param name="below">Labels of the manifests below it.</param>
    public void Add(VerificationRun run, ManifestResult redactor, IReadOnlySet<string> below)
    {
        foreach (string url in redactor.Claim?.Redacted ?? [])
        {
            var uri = JumbfUri.Parse(url);
            string target = uri?.Manifest ?? redactor.Manifest.Label;
            if (target == redactor.Manifest.Label)
            {
                redactor.Findings.Add(StatusCodes.SelfRedacted, redactor.ClaimUri, $"the claim removes '{url}', an assertion of its own manifest (§8.6)");
                continue;
            }
            // Of a manifest that is not on the way down nothing is asked (§14.11.3.3): it may have gone with the ingredient it belonged to.
            if (!below.Contains(target) || run.Store.Find(target) is not { } manifest)
                continue;
            if (uri is not { Path: [Manifest.AssertionStoreLabel, var label] })
            {
                redactor.Findings.Add(StatusCodes.NotRedacted, redactor.ClaimUri, $"the claim removes '{url}', which is no assertion of an ingredient's manifest (§8.6)");
                continue;
            }
            string absolute = uri.ToAbsolute(redactor.Manifest.Label);
            var parsed = AssertionLabel.Parse(label);
            if (parsed.Base == AssertionLabels.Actions)
                redactor.Findings.Add(StatusCodes.ActionRedacted, absolute, "actions may not be removed (§8.6)");
            else if (AssertionLabels.IsHardBinding(parsed))
                redactor.Findings.Add(StatusCodes.HardBindingRedacted, absolute, "the binding to the content may not be removed (§8.6)");
            else if (manifest.Assertions.Any(assertion => assertion.Label.Full == label && !assertion.IsBlanked))
                redactor.Findings.Add(StatusCodes.NotRedacted, absolute, "declared as removed, and its content is still there");
            if (!_labelsByManifest.TryGetValue(target, out var labels))
                _labelsByManifest.Add(target, labels = new(StringComparer.Ordinal));
            labels.Add(label);
        }
    }
}
