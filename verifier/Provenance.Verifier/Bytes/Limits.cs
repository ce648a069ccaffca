namespace Provenance.Verifier.Bytes;

/// <summary>What one asset may cost. Every figure is the smallest that leaves all known real files a wide margin.</summary>
public sealed record Limits
{
    /// <summary>The limits used unless a policy says otherwise.</summary>
    public static Limits Default { get; } = new();

    /// <summary>Bytes of one manifest store. The largest real one seen has 6 MB; the reference allows 1 GiB.</summary>
    public int StoreBytes { get; init; } = 32 << 20;

    /// <summary>Nesting of JUMBF superboxes. The standard needs 5.</summary>
    public int JumbfDepth { get; init; } = 16;

    /// <summary>
    /// JUMBF boxes of one store, unpacked ones included. A box of 8 bytes takes ten times as much memory; the largest real stores have some
    /// thousands.
    /// </summary>
    public int JumbfBoxes { get; init; } = 65_536;

    /// <summary>Child boxes of one superbox.</summary>
    public int JumbfChildren { get; init; } = 4096;

    /// <summary>Bytes of a JUMBF label.</summary>
    public int JumbfLabelBytes { get; init; } = 1024;

    /// <summary>Manifests of one store, and so validations of one asset: each manifest is validated once.</summary>
    public int Manifests { get; init; } = 512;

    /// <summary>Bytes of one claim, which is copied to be checked. 4,096 references of the usual length make 600 KB.</summary>
    public int ClaimBytes { get; init; } = 4 << 20;

    /// <summary>Assertions of one manifest, and references of one claim.</summary>
    public int Assertions { get; init; } = 4096;

    /// <summary>Nesting of CBOR arrays, maps and tags.</summary>
    public int CborDepth { get; init; } = 32;

    /// <summary>CBOR data items of one store. The largest real store has 5,285.</summary>
    public int CborItems { get; init; } = 131_072;

    /// <summary>Nesting of JSON assertions (RFC 8259 §9 leaves the figure to us).</summary>
    public int JsonDepth { get; init; } = 64;

    /// <summary>Bytes hashed for assertions and other boxes of the store, each box once.</summary>
    public long BoxHashBytes { get; init; } = 64L << 20;

    /// <summary>Certificates of one x5chain or CMS certificate set.</summary>
    public int ChainCertificates { get; init; } = 10;

    /// <summary>Bytes of one certificate.</summary>
    public int CertificateBytes { get; init; } = 32 << 10;

    /// <summary>Signature checks spent on one path (the figure of Go and rustls; RUSTSEC-2023-0052).</summary>
    public int PathSignatureChecks { get; init; } = 100;

    /// <summary>Signature checks spent on one asset.</summary>
    public int SignatureChecks { get; init; } = 1000;

    /// <summary>OCSP responses looked at for one signature.</summary>
    public int OcspResponses { get; init; } = 16;

    /// <summary>Bytes of one OCSP response.</summary>
    public int OcspBytes { get; init; } = 64 << 10;

    /// <summary>Questions sent to OCSP responders about one asset: some signers and the authorities above them.</summary>
    public int OcspQuestions { get; init; } = 16;

    /// <summary>Bytes of one time-stamp token.</summary>
    public int TimeStampBytes { get; init; } = 128 << 10;

    /// <summary>Ranges left out by one hard binding.</summary>
    public int Exclusions { get; init; } = 1024;

    /// <summary>Ingredients from the active manifest down to the deepest. The standard sets none; the reference stops at 200.</summary>
    public int IngredientDepth { get; init; } = 64;

    /// <summary>Identity assertions of one store that are checked. Real manifests have one for each author.</summary>
    public int IdentityAssertions { get; init; } = 32;

    /// <summary>Issuers of identities whose documents are asked for, for one asset: each may be a host that the file chose.</summary>
    public int IdentityIssuers { get; init; } = 4;

    /// <summary>Bytes of one credential of an identity claims aggregator, and of one DID document. Real ones have some kilobytes.</summary>
    public int IdentityDocumentBytes { get; init; } = 256 << 10;

    /// <summary>Output of one Brotli-compressed manifest (RFC 7932).</summary>
    public int BrotliOutputBytes { get; init; } = 8 << 20;

    /// <summary>Output bytes per input byte of one Brotli-compressed manifest.</summary>
    public int BrotliRatio { get; init; } = 100;

    /// <summary>
    /// Prefix codes and block types of one Brotli stream. Each costs time and none need yield output; an encoder at its best
    /// writes some hundreds for a megabyte.
    /// </summary>
    public int BrotliPrefixCodes { get; init; } = 65_536;

    /// <summary>Output of Deflate (RFC 1951) for one asset, all its streams together. A cross-reference stream of a million objects has 10 MB.</summary>
    public int InflatedBytes { get; init; } = 64 << 20;

    /// <summary>Segments, chunks or boxes of one container.</summary>
    public int ContainerParts { get; init; } = 65_536;

    /// <summary>Boxes of one BMFF file, nested ones included. Three hours in fragments of a second have 100,000.</summary>
    public int BmffBoxes { get; init; } = 262_144;

    /// <summary>Nesting of BMFF boxes. The sample tables of a film lie 6 deep; the reference stops at 32.</summary>
    public int BmffDepth { get; init; } = 16;

    /// <summary>
    /// How often a box of a BMFF file is compared with a rule that leaves boxes of its path out of the hash; each 64 bytes that the rule wants
    /// to see in the box count once more.
    /// </summary>
    public int BmffExclusionMatches { get; init; } = 1_000_000;

    /// <summary>Leaves of one Merkle tree of a BMFF hash. The reference allows 32 million, which is no figure.</summary>
    public int MerkleLeaves { get; init; } = 262_144;

    /// <summary>Bytes of an XMP packet that is searched for dcterms:provenance.</summary>
    public int XmpBytes { get; init; } = 1 << 20;

    /// <summary>
    /// Bytes of a container's own header that can only be read as a whole: the JSON of SafeTensors, the footer of Parquet. Those of the largest
    /// models have a few megabytes, besides the store.
    /// </summary>
    public int HeaderBytes { get; init; } = 64 << 20;

    /// <summary>
    /// Bytes of text that are normalized in memory before they are hashed (C2PA 2.5 §A.8.6.2). Text that is in NFC already, as nearly all is,
    /// needs none; the Bible has 4 MB.
    /// </summary>
    public int TextBytes { get; init; } = 32 << 20;

    /// <summary>How far a time stamp may lie in the future of the policy's time (RFC 3161 names no figure).</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(5);
}
