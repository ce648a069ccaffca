namespace Provenance.Verifier.Formats;

/// <summary>How a container writes the bytes of a manifest store.</summary>
public enum StoreEncoding
{
    /// <summary>As they are.</summary>
    Raw,

    /// <summary>As Base64 (RFC 4648 §4), white space around it.</summary>
    Base64,

    /// <summary>As Unicode variation selectors (C2PA 2.5 §A.8).</summary>
    VariationSelectors,
}
