namespace Provenance.Verifier.X509;

/// <summary>The bits of the Key Usage extension (RFC 5280 §4.2.1.3); bit n of the BIT STRING is 1 &lt;&lt; n here.</summary>
[Flags]
public enum KeyUsages
{
    /// <summary>No bit is set.</summary>
    None = 0,

    /// <summary>Signatures other than on certificates and CRLs.</summary>
    DigitalSignature = 1 << 0,

    /// <summary>contentCommitment, once nonRepudiation.</summary>
    ContentCommitment = 1 << 1,

    /// <summary>Encrypting keys.</summary>
    KeyEncipherment = 1 << 2,

    /// <summary>Encrypting data.</summary>
    DataEncipherment = 1 << 3,

    /// <summary>Key agreement.</summary>
    KeyAgreement = 1 << 4,

    /// <summary>Signatures on certificates.</summary>
    KeyCertSign = 1 << 5,

    /// <summary>Signatures on CRLs.</summary>
    CrlSign = 1 << 6,

    /// <summary>Only encryption in key agreement.</summary>
    EncipherOnly = 1 << 7,

    /// <summary>Only decryption in key agreement.</summary>
    DecipherOnly = 1 << 8,
}
