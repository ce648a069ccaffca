using Provenance.Verifier.Bytes;
using Provenance.Verifier.Identity;

namespace Provenance.Fetching;

/// <summary>
/// Fetches the documents of did:web (W3C CCG did:web §2.5.2) that nobody gave. The host was chosen by whoever made the file, and learns that
/// somebody looks into it: give it to a policy only where the user wants that.
/// </summary>
/// <param name="client">Fetches.</param>
/// <param name="given">Asked first; null where there are no documents at hand.</param>
public sealed class WebDidDocuments(GuardedClient client, IDidDocuments? given = null) : IDidDocuments
{
    private const string Web = "did:web:";

    /// <inheritdoc/>
    public async ValueTask<DidDocumentAnswer> FindAsync(string did, int longest, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(did);
        if (given is not null && await given.FindAsync(did, longest, cancellation).ConfigureAwait(false) is { Json: not null } known)
            return known;
        if (UrlOf(did) is not { } url)
            return DidDocumentAnswer.Unavailable("the identifier stands for no URL (did:web §2.5.2)");
        var answer = await client.FetchAsync(url, FetchLimits.DidDocument with { Bytes = longest }, cancellation).ConfigureAwait(false);
        await using (answer.ConfigureAwait(false))
        {
            return answer.IsFetched
                ? DidDocumentAnswer.Found((await answer.Body.ReadAsync(new ByteRange(0, answer.Body.Length), cancellation).ConfigureAwait(false)).ToArray())
                : DidDocumentAnswer.Unavailable(answer.Why);
        }
    }

    /// <summary>
    /// The document's URL: the host, which may have a port behind "%3A", then the path; or "/.well-known". Null for what is no did:web, and for
    /// whatever else is escaped: nothing that a host's name or an honest path needs.
    /// </summary>
    internal static string? UrlOf(string did)
    {
        if (Did.Parse(did) is not { Method: "web" } parsed || parsed.Specific.Split(':') is not [{ Length: > 0 } host, .. var path])
            return null;
        int port = host.IndexOf("%3A", StringComparison.OrdinalIgnoreCase);
        string authority = port < 0 ? host : $"{host[..port]}:{host[(port + 3)..]}";
        if (authority.Contains('%') || path.Any(part => part.Length == 0 || part is "." or ".." || part.Contains('%')))
            return null;
        return $"https://{authority}/{(path.Length == 0 ? ".well-known" : string.Join('/', path))}/did.json";
    }
}
