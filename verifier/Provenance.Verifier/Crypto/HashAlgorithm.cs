namespace Provenance.Verifier.Crypto;

/// <summary>A digest algorithm. C2PA 2.5 §12.1 allows the SHA-2 three; SHA-1 serves OCSP certIDs and old ESSCertIDs only.</summary>
public enum HashAlgorithm
{
    /// <summary>SHA-256.</summary>
    Sha256,

    /// <summary>SHA-384.</summary>
    Sha384,

    /// <summary>SHA-512.</summary>
    Sha512,

    /// <summary>SHA-1: identifies certificates inside OCSP and CMS (RFC 6960, RFC 2634), never protects anything.</summary>
    Sha1,
}

/// <summary>What is known of each digest algorithm.</summary>
public static class HashAlgorithms
{
    /// <summary>Length of the digest in bytes.</summary>
    public static int DigestLength(this HashAlgorithm algorithm) => algorithm switch
    {
        HashAlgorithm.Sha256 => 32,
        HashAlgorithm.Sha384 => 48,
        HashAlgorithm.Sha512 => 64,
        _ => 20,
    };

    /// <summary>The algorithm for a C2PA "alg" string; null for every other string (C2PA 2.5 §12.1: exact lower case).</summary>
    public static HashAlgorithm? FromC2pa(string? name) => name switch
    {
        "sha256" => HashAlgorithm.Sha256,
        "sha384" => HashAlgorithm.Sha384,
        "sha512" => HashAlgorithm.Sha512,
        _ => null,
    };
}
