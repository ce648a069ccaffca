using System.Security.Cryptography;
using System.Text;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Trust;

namespace Provenance.TrustStore;

/// <summary>A list in a file that somebody names and that is not installed: named after the file, and identified by its digest.</summary>
internal static class NamedList
{
    /// <exception cref="MalformedDataException">The bytes hold a damaged entry, or none at all.</exception>
    public static TrustList OfAnchors(string file, TrustPurpose purpose, byte[] bytes, string? purposes = null) =>
        Named(TrustList.FromPem(Path.GetFileName(file), purpose, Encoding.UTF8.GetString(bytes), purposes), bytes);

    /// <exception cref="MalformedDataException">The bytes hold a damaged entry, or none at all.</exception>
    public static TrustList OfAllowed(string file, byte[] bytes) =>
        Named(TrustList.FromAnchors(Path.GetFileName(file), TrustPurpose.Signer, [], null, Encoding.UTF8.GetString(bytes)), bytes);

    private static TrustList Named(TrustList list, byte[] bytes) => list.PublishedAs(null, null, "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes)));
}
