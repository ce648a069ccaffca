using Provenance.Verifier.Bytes;
using Provenance.Verifier.Checks;
using Provenance.Verifier.Trust;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Identity;

/// <summary>What the checks of all identity assertions of one asset share.</summary>
internal sealed class IdentityRun(VerificationRun run, StoreResult store)
{
    private readonly Dictionary<string, DidDocumentAnswer> _documents = new(StringComparer.Ordinal);

    public VerificationRun Run { get; } = run;

    public StoreResult Store { get; } = store;

    public VerificationPolicy Policy => Run.Policy;

    public Limits Limits => Run.Limits;

    public IEnumerable<TrustList> Lists => Policy.Lists.Where(list => list.Purpose == TrustPurpose.Identity);

    public IReadOnlyList<TrustAnchor> TimeAnchors { get; } =
        [.. run.Policy.Lists.Where(list => list.Purpose == TrustPurpose.TimeStamp).SelectMany(list => list.Anchors)];

    /// <summary>The document of an identifier, asked for once: a file could name as many hosts as it has assertions.</summary>
    public async ValueTask<DidDocumentAnswer> FindAsync(Did did, CancellationToken cancellation)
    {
        string text = did.ToString();
        if (_documents.TryGetValue(text, out var known))
            return known;
        if (Policy.DidDocuments is not { } documents)
            return DidDocumentAnswer.Unavailable("no document of it was given, and nobody was asked");
        if (_documents.Count >= Limits.IdentityIssuers)
            return DidDocumentAnswer.Unavailable($"the file names more than {Limits.IdentityIssuers} issuers");
        var answer = await documents.FindAsync(text, Limits.IdentityDocumentBytes, cancellation).ConfigureAwait(false);
        if (answer.Json is { } json && json.Length > Limits.IdentityDocumentBytes)
            answer = DidDocumentAnswer.Unavailable($"the document has more than {Limits.IdentityDocumentBytes} bytes");
        _documents.Add(text, answer);
        return answer;
    }
}
