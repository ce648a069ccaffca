namespace Provenance.Verifier.Reports;

/// <summary>Whether the hashes of the credential cover the bytes a piece of metadata stands in. Covered does not mean that anybody vouches for it.</summary>
public enum FieldCoverage
{
    /// <summary>There is no binding that holds, so nothing is known.</summary>
    NotEstablished,

    /// <summary>Every byte is covered: it has not changed since signing.</summary>
    Covered,

    /// <summary>Some bytes of the block are left out, so this one may have been changed since signing.</summary>
    PartlyCovered,

    /// <summary>No byte is covered: anybody may have written it since signing.</summary>
    NotCovered,
}
