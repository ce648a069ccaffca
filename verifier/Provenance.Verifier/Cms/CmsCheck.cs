namespace Provenance.Verifier.Cms;

/// <summary>What the signature of a SignedData turned out to be.</summary>
internal enum CmsCheckResult
{
    /// <summary>The enclosed certificate's key signed exactly this content. Nothing is said of who that is.</summary>
    Good,

    /// <summary>The signature, or a signed attribute, does not fit.</summary>
    Mismatch,

    /// <summary>The signature rests on something that protects nothing: SHA-1, MD5, a weak key.</summary>
    AlgorithmNotAllowed,

    /// <summary>The signer's certificate is not enclosed, or cannot be read.</summary>
    NoCertificate,

    /// <summary>This platform cannot check this algorithm.</summary>
    Unsupported,

    /// <summary>The budget of signature checks is spent.</summary>
    LimitReached,
}

/// <summary>The result with its reason.</summary>
/// <param name="Result">What it turned out to be.</param>
/// <param name="Reason">For people: what was expected and what was found.</param>
internal sealed record CmsCheck(CmsCheckResult Result, string Reason)
{
    public bool IsGood => Result == CmsCheckResult.Good;
}
