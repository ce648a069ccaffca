using System.Formats.Asn1;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cms;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Trust;

/// <summary>What the signature beside a list turned out to be.</summary>
public enum ListSignatureResult
{
    /// <summary>The enclosed certificate's key signed exactly these bytes, and the certificate is the one that was pinned, if one was.</summary>
    Good,

    /// <summary>The file is no signature as it must be: DER or PEM of CMS SignedData (RFC 5652) with one signer and its certificate.</summary>
    Malformed,

    /// <summary>It is a signature on something else, or is damaged.</summary>
    Wrong,

    /// <summary>It was made by another certificate than the pinned one.</summary>
    OtherSigner,

    /// <summary>It rests on an algorithm or key that protects nothing, or that this platform cannot check.</summary>
    Unsupported,
}

/// <summary>
/// The detached CMS signature beside a list ("list.json.p7s"). Whoever uses a list pins its signer's certificate: nobody else vouches for
/// it, so its path, dates and purposes are not looked at, nor its revocation.
/// </summary>
public sealed class ListSignature
{
    /// <summary>Bytes of a signature that are looked at: one signer with ten certificates has a tenth of it.</summary>
    public const int MostBytes = 512 << 10;

    private ListSignature(ListSignatureResult result, string reason, Certificate? signer, string? signerSha256) =>
        (Result, Reason, Signer, SignerSha256) = (result, reason, signer, signerSha256);

    /// <summary>What it turned out to be.</summary>
    public ListSignatureResult Result { get; }

    /// <summary>For people: what was expected and what was found.</summary>
    public string Reason { get; }

    /// <summary>Whose key signed; null where the signature is malformed, wrong or unsupported.</summary>
    public Certificate? Signer { get; }

    /// <summary>The SHA-256 of the signer's certificate, 64 lower-case hex digits; null where there is no signer.</summary>
    public string? SignerSha256 { get; }

    /// <summary>Whether the list may be used.</summary>
    public bool IsGood => Result == ListSignatureResult.Good;

    /// <summary>Checks a signature over a list's bytes.</summary>
    /// <param name="content">The list's bytes, as they are.</param>
    /// <param name="signature">The signature's bytes, DER or PEM.</param>
    /// <param name="pinnedSha256">The SHA-256 of the only certificate that may sign, in hex; null to find out who signed, before somebody decides.</param>
    /// <param name="crypto">Digests and signature checks.</param>
    /// <param name="limits">Limits; null for the usual ones.</param>
    /// <param name="cancellation">Cancels.</param>
    public static async ValueTask<ListSignature> CheckAsync(
        ReadOnlyMemory<byte> content, ReadOnlyMemory<byte> signature, string? pinnedSha256, ICryptoProvider crypto, Limits? limits = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(crypto);
        limits ??= Limits.Default;
        SignedData signedData;
        try
        {
            signedData = Parse(signature, limits);
        }
        catch (MalformedDataException fault)
        {
            return new(ListSignatureResult.Malformed, fault.Message, null, null);
        }
        var check = await CmsSignature.CheckAsync(signedData, content, CmsProfile.List, crypto, new SignatureBudget(limits), cancellation).ConfigureAwait(false);
        var result = check.Result switch
        {
            CmsCheckResult.Good => ListSignatureResult.Good,
            CmsCheckResult.Mismatch => ListSignatureResult.Wrong,
            CmsCheckResult.NoCertificate => ListSignatureResult.Malformed,
            _ => ListSignatureResult.Unsupported,
        };
        if (result != ListSignatureResult.Good || signedData.FindSigner() is not { } signer)
            return new(result, check.Reason, null, null);

        string found = Convert.ToHexStringLower(await crypto.HashAsync(HashAlgorithm.Sha256, signer.Raw, cancellation).ConfigureAwait(false));
        return pinnedSha256 is not null && !found.Equals(pinnedSha256, StringComparison.OrdinalIgnoreCase)
            ? new(ListSignatureResult.OtherSigner, $"the list is signed by the certificate with SHA-256 {found}, not by the pinned one, {pinnedSha256}", signer, found)
            : new(ListSignatureResult.Good, check.Reason, signer, found);
    }

    private static SignedData Parse(ReadOnlyMemory<byte> signature, Limits limits)
    {
        const string Structure = "list signature";
        if (signature.Length > MostBytes)
            throw new LimitExceededException(Structure, 0, "ListSignature.MostBytes", MostBytes);
        if (signature.Span.StartsWith("-----BEGIN"u8))
            signature = PemBlocks.ReadOnly(System.Text.Encoding.ASCII.GetString(signature.Span), "CMS", Structure);
        var outer = new DerReader(signature, Structure, rules: AsnEncodingRules.BER);
        var contentInfo = outer.ReadSequence();
        outer.ExpectEnd();
        var signedData = SignedData.Read(contentInfo, limits, new());
        if (signedData.ContentType != CmsOids.Data)
            throw new MalformedDataException(Structure, 0, $"id-data expected, content type {signedData.ContentType} found");
        // What is inside would be what was signed, and what lies beside it would not be looked at.
        if (signedData.Content is not null)
            throw new MalformedDataException(Structure, 0, "the signature holds its own content: a detached one is expected");
        return signedData;
    }
}
