using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Trust;

/// <summary>
/// Exact end-entity certificates that are trusted by themselves (C2PA 2.5 §13.4.3): as certificates, or as Base64 of the SHA-256 of
/// their DER. They never act as issuers and never vouch for time.
/// </summary>
internal sealed class AllowedCertificates
{
    /// <summary>Base64 of 32 bytes: 43 characters and one "=".</summary>
    private const int HashLineLength = 44;

    /// <summary>Base64-looking lines of this length and more are taken for damaged entries, not for text.</summary>
    private const int TokenLength = 24;

    private readonly HashSet<string> _certificates = new(StringComparer.Ordinal);
    private readonly HashSet<string> _hashes = new(StringComparer.Ordinal);

    public static AllowedCertificates None { get; } = new();

    public int Count => _certificates.Count + _hashes.Count;

    /// <summary>These certificates, and those with these SHA-256 of their DER.</summary>
    public static AllowedCertificates Of(IEnumerable<Certificate> certificates, IEnumerable<byte[]> hashes)
    {
        var allowed = new AllowedCertificates();
        foreach (var certificate in certificates)
            allowed._certificates.Add(Convert.ToBase64String(certificate.Raw.Span));
        foreach (byte[] hash in hashes)
            allowed._hashes.Add(Convert.ToBase64String(hash));
        return allowed;
    }

    /// <summary>Reads PEM certificates and lines of 44 characters, with comments and other text between them.</summary>
    /// <exception cref="MalformedDataException">An entry is damaged, or there is none.</exception>
    public static AllowedCertificates Read(string text, string structure)
    {
        var allowed = new AllowedCertificates();
        foreach (var item in PemBlocks.Read(text, structure))
        {
            if (item.Der is { } der)
            {
                allowed._certificates.Add(Convert.ToBase64String(TrustText.ParseCertificate(item, structure).Raw.Span));
                continue;
            }
            bool isToken = item.Text.Length >= TokenLength && item.Text.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '=');
            if (!isToken)
                continue;
            if (item.Text.Length != HashLineLength || PemBlocks.Decode(item.Text) is not { Length: 32 } hash)
                throw new MalformedDataException(structure, item.Offset, $"line {item.Line} looks like a hash and is not {HashLineLength} characters of Base64");
            allowed._hashes.Add(Convert.ToBase64String(hash));
        }
        return allowed.Count > 0 ? allowed : throw new MalformedDataException(structure, 0, "no certificate and no hash at all");
    }

    /// <summary>The SHA-256 of every certificate, in Base64, in ascending order.</summary>
    public async ValueTask<IReadOnlyList<string>> HashesAsync(ICryptoProvider crypto, CancellationToken cancellation)
    {
        var hashes = new SortedSet<string>(_hashes, StringComparer.Ordinal);
        foreach (string certificate in _certificates)
            hashes.Add(Convert.ToBase64String(await crypto.HashAsync(HashAlgorithm.Sha256, Convert.FromBase64String(certificate), cancellation).ConfigureAwait(false)));
        return [.. hashes];
    }

    public async ValueTask<bool> ContainsAsync(Certificate leaf, ICryptoProvider crypto, CancellationToken cancellation)
    {
        if (_certificates.Count > 0 && _certificates.Contains(Convert.ToBase64String(leaf.Raw.Span)))
            return true;
        return _hashes.Count > 0
            && _hashes.Contains(Convert.ToBase64String(await crypto.HashAsync(HashAlgorithm.Sha256, leaf.Raw, cancellation).ConfigureAwait(false)));
    }
}
