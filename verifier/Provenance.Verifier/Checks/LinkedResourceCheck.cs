using Provenance.Verifier.Cbor;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Status;

namespace Provenance.Verifier.Checks;

/// <summary>
/// Files that belong to the asset and lie elsewhere (C2PA 2.5 §14.10.4.2.3). The list must follow its rules; nothing is fetched, and each
/// entry says so.
/// <code>{ resources: { externalResources: [{ url, alg, hash }] } | { relativeResources: [{ uri, hash }], alg } }</code>
/// </summary>
internal static class LinkedResourceCheck
{
    public static void Run(ManifestResult result, ClaimedAssertion claimed, CborValue value, string uri)
    {
        if (!claimed.IsCreated)
            result.Findings.Add(StatusCodes.LinkedResourceNotCreated, uri, "linked resources are the signer's own statement or none");
        var resources = value["resources"];
        var external = EntriesOf(resources?["externalResources"]);
        var relative = EntriesOf(resources?["relativeResources"]);
        if (external.Count == 0 && (relative.Count == 0 || resources!["alg"] is null))
        {
            result.Findings.Add(StatusCodes.LinkedResourceMalformed, uri, "externalResources, or relativeResources with alg, expected; neither may be empty");
            return;
        }
        foreach (var entry in external)
        {
            if (Require(result, uri, entry, "url", "alg", "hash"))
                Skip(result, uri, entry["url"]!.Text);
        }
        if (relative.Count > 0 && HashAlgorithms.FromC2pa(resources!["alg"]?.Text) is null)
            result.Findings.Add(StatusCodes.AlgorithmUnsupported, uri, $"sha256, sha384 or sha512 expected, '{resources["alg"]?.Text}' found (§12.1)");
        foreach (var entry in relative)
        {
            if (!Require(result, uri, entry, "uri", "hash"))
                continue;
            string? path = entry["uri"]!.Text;
            if (path is null || Uri.UnescapeDataString(path).Split('/').Contains(".."))
                result.Findings.Add(StatusCodes.LinkedResourceInvalidUri, uri, $"'{path}' climbs out of its folder");
            else
                Skip(result, uri, path);
        }
    }

    private static IReadOnlyList<CborValue> EntriesOf(CborValue? list) => list is { Kind: CborKind.Array } ? list.Items : [];

    private static bool Require(ManifestResult result, string uri, CborValue entry, params ReadOnlySpan<string> fields)
    {
        foreach (string field in fields)
        {
            if (entry[field] is not null and not { IsNull: true })
                continue;
            result.Findings.Add(StatusCodes.LinkedResourceMalformed, uri, $"an entry lacks {field}");
            return false;
        }
        return true;
    }

    private static void Skip(ManifestResult result, string uri, string? resource) =>
        result.Findings.Add(StatusCodes.LinkedResourceSkipped, uri, $"'{resource}' was not fetched");
}
