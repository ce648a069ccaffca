namespace Provenance.Verifier.Cms;

/// <summary>What a use of CMS demands beyond CMS itself.</summary>
/// <param name="Noun">What is signed, for reasons: "token".</param>
/// <param name="ContentType">What the content type must be, dotted.</param>
/// <param name="ContentTypeName">The same by name.</param>
/// <param name="NamesCertificate">The signed attributes must name the signer's certificate by hash; if not, they may.</param>
/// <param name="OddEcdsa">
/// Leniency: RFC 5758 §3.2 wants no parameters with ecdsa-with-SHA2, RFC 5753 §7.2 wants ECDSA-Sig-Value in DER;
/// trustnxt-icon-signed-timestamp.jpg of c2pa-ts names the curve and stores r‖s, and the reference takes it. The curve comes from the key
/// alone, and the two forms of a value cannot be confused: the other is only asked of what is no DER. May go when that file does.
/// </param>
internal sealed record CmsProfile(string Noun, string ContentType, string ContentTypeName, bool NamesCertificate, bool OddEcdsa)
{
    /// <summary>RFC 3161 §2.4.2.</summary>
    public static CmsProfile TimeStamp { get; } = new("token", CmsOids.TstInfo, "id-ct-TSTInfo", NamesCertificate: true, OddEcdsa: true);

    /// <summary>A signature beside a list; who may sign is told by a pin, so the attributes need not name a certificate.</summary>
    public static CmsProfile List { get; } = new("list", CmsOids.Data, "id-data", NamesCertificate: false, OddEcdsa: false);
}
