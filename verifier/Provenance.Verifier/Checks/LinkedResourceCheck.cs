using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Status;

namespace Provenance.Verifier.Checks;

/// <summary>
/// What the content links to is listed as the standard wants it (C2PA 2.5 §14.10.4.2.3). Nothing is fetched, so each well-formed entry ends
/// as skipped, and no hash here says anything about the resources.
/// </summary>
internal static class LinkedResourceCheck
{
    public static void Run(VerificationRun run, ManifestResult result, ClaimedAssertion claimed, CborValue value)
    {
        string uri = result.Manifest.UriOf(claimed.Assertion!);
        if (!claimed.IsCreated) // step 1
            result.Findings.Add(StatusCodes.LinkedResourceNotCreated, uri, "a list of linked resources is a statement of the signer, and stands in created_assertions");

        var resources = value["resources"];
        var external = ListOf(run, resources?["externalResources"]);
        var relative = ListOf(run, resources?["relativeResources"]);
        if (external.Count == 0 && (relative.Count == 0 || resources!["alg"]?.Text is null)) // step 2
        {
            result.Findings.Add(StatusCodes.LinkedResourceMalformed, uri, "resources holds externalResources, or relativeResources with alg; neither may be empty");
            return;
        }
        foreach (var entry in external)
            CheckEntry(result, uri, entry, "url", needsAlgorithm: true);
        if (relative.Count > 0 && HashAlgorithms.FromC2pa(resources!["alg"]?.Text) is null) // step 6.2
            result.Findings.Add(StatusCodes.AlgorithmUnsupported, uri, $"sha256, sha384 or sha512 expected, '{resources["alg"]?.Text}' found (§12.1)");
        foreach (var entry in relative)
            CheckEntry(result, uri, entry, "uri", needsAlgorithm: false);
    }

    private static void CheckEntry(ManifestResult result, string uri, CborValue entry, string key, bool needsAlgorithm)
    {
        string? url = entry[key]?.Text;
        if (url is null || entry["hash"]?.Bytes is null || (needsAlgorithm && entry["alg"]?.Text is null)) // steps 5.1 and 6.1
            result.Findings.Add(StatusCodes.LinkedResourceMalformed, uri, $"each linked resource has {key}{(needsAlgorithm ? ", alg" : "")} and hash", url);
        else if (key == "uri" && ClimbsOut(url)) // step 6.3
            result.Findings.Add(StatusCodes.LinkedResourceInvalidUri, uri, $"'{url}' leaves the folder of the asset", url);
        else
            result.Findings.Add(StatusCodes.LinkedResourceSkipped, uri, "a linked resource is not fetched", url); // step 4
    }

    /// <summary>Whether a segment of the path is ".." once "%2e" is a dot and "%2f" a slash again: decoded once, as whoever resolves it will.</summary>
    private static bool ClimbsOut(string url) => Uri.UnescapeDataString(url).Split('/').Contains("..");

    private static IReadOnlyList<CborValue> ListOf(VerificationRun run, CborValue? list)
    {
        if (list?.Items.Count > run.Limits.Assertions)
            throw new LimitExceededException("linked resources", list.Offset, nameof(Limits.Assertions), run.Limits.Assertions);
        return list?.Items ?? [];
    }
}
