namespace Provenance.Verifier.Manifests;

/// <summary>Base labels of the assertions that rules speak of (C2PA 2.5 §16).</summary>
internal static class AssertionLabels
{
    public const string Actions = "c2pa.actions";
    public const string Ingredient = "c2pa.ingredient";
    public const string DataHash = "c2pa.hash.data";
    public const string BoxesHash = "c2pa.hash.boxes";
    public const string BmffHash = "c2pa.hash.bmff";
    public const string CollectionHash = "c2pa.hash.collection.data";
    public const string SegmentHash = "c2pa.hash.segment";
    public const string MultiAssetHash = "c2pa.hash.multi-asset";
    public const string Thumbnail = "c2pa.thumbnail.";
    public const string ClaimThumbnail = "c2pa.thumbnail.claim";
    public const string SoftBinding = "c2pa.soft-binding";
    public const string CloudData = "c2pa.cloud-data";
    public const string ExternalReference = "c2pa.external-reference";
    public const string LinkedResources = "c2pa.linked-resource-integrity";
    public const string AlternativeContent = "c2pa.alternative-content-representation";
    public const string CertificateStatus = "c2pa.certificate-status";
    public const string TimeStamp = "c2pa.time-stamp";
    public const string AiDisclosure = "c2pa.ai-disclosure";
    public const string Metadata = "c2pa.metadata";
    public const string Identity = "cawg.identity";
    public const string TrainingMining = "cawg.training-mining";
    public const string CawgMetadata = "cawg.metadata";

    /// <summary>
    /// Whether the label is a hard binding (§12.2): v1 of the BMFF hash counts as absent since 2.0 (§16.3.2.1), a data hash has only ever
    /// had one version, and ".part" hashes belong to a multi-asset hash.
    /// </summary>
    public static bool IsHardBinding(AssertionLabel label) => label.Base switch
    {
        DataHash or BoxesHash or CollectionHash or SegmentHash => label.Version == 1,
        BmffHash => label.Version is 2 or 3,
        _ => false,
    };
}
