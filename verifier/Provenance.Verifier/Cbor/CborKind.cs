namespace Provenance.Verifier.Cbor;

/// <summary>What a data item is (RFC 8949 §3.1, §3.3).</summary>
internal enum CborKind
{
    UnsignedInteger,
    NegativeInteger,
    ByteString,
    TextString,
    Array,
    Map,
    Tag,
    Boolean,
    Null,
    Undefined,
    Float,

    /// <summary>A simple value without a name of its own: 0…19 and 32…255.</summary>
    Simple,
}
