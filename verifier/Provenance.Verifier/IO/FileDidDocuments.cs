using Provenance.Verifier.Bytes;
using Provenance.Verifier.Identity;

namespace Provenance.Verifier.IO;

/// <summary>
/// DID documents in a folder. The document of "did:web:example.org:users:ana" is "did-example.org_users_ana.json" or
/// "example.org_users_ana.json": what stands behind "did:web:", with "_" for ":". Other methods need no document.
/// </summary>
/// <param name="path">The folder.</param>
public sealed class FileDidDocuments(string path) : IDidDocuments
{
    private const string Web = "did:web:";

    private readonly FileAssetFolder _folder = new(path);

    /// <inheritdoc/>
    public async ValueTask<DidDocumentAnswer> FindAsync(string did, int longest, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(did);
        if (!did.StartsWith(Web, StringComparison.Ordinal))
            return DidDocumentAnswer.Unavailable("only documents of did:web are kept in files");
        string name = did[Web.Length..].Replace(':', '_') + ".json";
        try
        {
            return await ReadAsync("did-" + name, longest, cancellation).ConfigureAwait(false)
                ?? await ReadAsync(name, longest, cancellation).ConfigureAwait(false)
                ?? DidDocumentAnswer.Unavailable($"the folder of documents has no 'did-{name}'");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return DidDocumentAnswer.Unavailable($"'{name}' is there and cannot be read");
        }
    }

    private async ValueTask<DidDocumentAnswer?> ReadAsync(string name, int longest, CancellationToken cancellation)
    {
        if (await _folder.OpenAsync(name, cancellation).ConfigureAwait(false) is not { } source)
            return null;
        await using (source.ConfigureAwait(false))
        {
            return source.Length > longest
                ? DidDocumentAnswer.Unavailable($"'{name}' has more than {longest} bytes")
                : DidDocumentAnswer.Found((await source.ReadAsync(new ByteRange(0, source.Length), cancellation).ConfigureAwait(false)).ToArray());
        }
    }
}
