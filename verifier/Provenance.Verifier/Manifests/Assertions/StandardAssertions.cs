using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Jumbf;

namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>The one list of assertions that C2PA 1.0 to 2.5 and CAWG define. The first row that covers a label reads it.</summary>
internal static class StandardAssertions
{
    private const AssertionEncoding Cbor = AssertionEncoding.Cbor, Json = AssertionEncoding.Json, File = AssertionEncoding.EmbeddedFile;

    public static IReadOnlyList<StandardAssertion> All { get; } =
    [
        new(AssertionLabels.Actions, 2, Cbor, ActionsAssertion.Read),
        new(AssertionLabels.Ingredient, 3, Cbor, IngredientAssertion.Read),
        new(AssertionLabels.DataHash, 1, Cbor, DataHashAssertion.Read),
        new(AssertionLabels.BoxesHash, 1, Cbor, BoxesHashAssertion.Read),
        new(AssertionLabels.BmffHash, 3, Cbor, BmffHashAssertion.Read),
        new(AssertionLabels.CollectionHash, 1, Cbor, CollectionHashAssertion.Read),
        new(AssertionLabels.SegmentHash, 1, Cbor, SegmentHashAssertion.Read),
        new(AssertionLabels.MultiAssetHash, 1, Cbor, MultiAssetHashAssertion.Read),
        new(AssertionLabels.ClaimThumbnail, 1, File, EmbeddedFileAssertion.Read) { Pattern = LabelPattern.Prefix },
        new("c2pa.thumbnail.ingredient", 1, File, EmbeddedFileAssertion.Read) { Pattern = LabelPattern.Prefix },
        new("c2pa.icon", 1, File, EmbeddedFileAssertion.Read),
        new("c2pa.embedded-data", 1, File, EmbeddedFileAssertion.Read),
        new("c2pa.assertion.metadata", 1, Cbor, AssertionMetadataAssertion.Read),
        new(AssertionLabels.SoftBinding, 1, Cbor, SoftBindingAssertion.Read),
        new(AssertionLabels.CloudData, 1, Cbor, CloudDataAssertion.Read),
        new(AssertionLabels.ExternalReference, 1, Cbor, ExternalReferenceAssertion.Read),
        new(AssertionLabels.LinkedResources, 1, Cbor, LinkedResourceIntegrityAssertion.Read),
        new("c2pa.asset-ref", 1, Cbor, AssetReferenceAssertion.Read),
        new("c2pa.asset-type", 2, Cbor, AssetTypeAssertion.Read),
        new("c2pa.depthmap.GDepth", 1, Cbor, DepthMapAssertion.Read),
        new("font.info", 1, Cbor, FontInfoAssertion.Read),
        new("c2pa.font.info", 1, Cbor, FontInfoAssertion.Read),
        new(AssertionLabels.CertificateStatus, 1, Cbor, CertificateStatusAssertion.Read),
        new(AssertionLabels.TimeStamp, 1, Cbor, TimeStampAssertion.Read),
        new("c2pa.session-keys", 1, Cbor, SessionKeysAssertion.Read),
        new("c2pa.livevideo.segment", 1, Cbor, LiveSegmentAssertion.Read),
        new(AssertionLabels.AiDisclosure, 1, Cbor, AiDisclosureAssertion.Read),
        new("c2pa.environmental-sustainability", 1, Cbor, SustainabilityAssertion.Read),
        new("c2pa.repository-receipt", 1, Json, RepositoryReceiptAssertion.Read),
        new(AssertionLabels.AlternativeContent, 1, Cbor, AlternativeContentAssertion.Read),
        new(AssertionLabels.Identity, 1, Cbor, IdentityAssertion.Read),
        new(AssertionLabels.TrainingMining, 1, Cbor, TrainingMiningAssertion.Read),
        new("c2pa.training-mining", 1, Cbor, TrainingMiningAssertion.Read),
        new("cawg.endorsement", 1, Cbor, EndorsementAssertion.Read),
        new("c2pa.endorsement", 1, Cbor, EndorsementAssertion.Read),
        new("stds.schema-org.", 1, Json, SchemaOrgAssertion.Read) { Pattern = LabelPattern.Prefix, AlsoSeenAs = Cbor },
        new("stds.exif", 1, Json, MetadataAssertion.Read) { AlsoSeenAs = Cbor },
        new("stds.iptc", 1, Json, MetadataAssertion.Read) { AlsoSeenAs = Cbor },
        new("stds.iptc.photo-metadata", 1, Json, MetadataAssertion.Read) { AlsoSeenAs = Cbor },
        new(".metadata", 1, Json, MetadataAssertion.Read) { Pattern = LabelPattern.Suffix, AlsoSeenAs = Cbor },
    ];

    /// <summary>Reads an assertion for display; one that no row covers is kept as stored.</summary>
    /// <exception cref="MalformedDataException">The content cannot be what the label says: not in its encoding, or without what it is made of.</exception>
    public static AssertionModel Read(Assertion assertion, Limits limits)
    {
        var (name, version, subject) = Parse(assertion.Label);
        var reading = new AssertionReading(assertion, version, limits);
        var kind = assertion.IsBlanked ? null : All.FirstOrDefault(kind => kind.Covers(name, version));
        AssertionModel model = kind is not null ? ReadAs(kind, reading)
            : assertion.IsBlanked ? new RedactedAssertion()
            : new UnknownAssertion([.. assertion.Box.Children.Select(child => new RawContent(JumbfType.Name(child.Type), child.Payload))]);
        return model with
        {
            Label = assertion.Label,
            Encoding = assertion.Encoding,
            Subject = subject,
            Metadata = model.Metadata ?? MetadataOf(kind, reading),
            Notes = reading.Notes,
        };
    }

    private static AssertionModel ReadAs(StandardAssertion kind, AssertionReading reading)
    {
        if (reading.Assertion.Encoding != kind.Encoding && reading.Assertion.Encoding != kind.AlsoSeenAs)
            throw new MalformedDataException(reading.Structure, reading.Assertion.Box.Offset, $"{kind.Encoding} expected, {reading.Assertion.Encoding} found");
        return kind.Reader(reading);
    }

    /// <summary>Any standard CBOR map may say something about itself (§16.9.1).</summary>
    private static AssertionMetadata? MetadataOf(StandardAssertion? kind, AssertionReading reading)
    {
        if (kind?.Encoding != Cbor || reading.Assertion.Cbor() is not { Kind: CborKind.Map } map)
            return null;
        return new Fields(reading, map).Map("metadata") is { } metadata ? AssertionMetadata.Read(metadata) : null;
    }

    /// <summary>
    /// Takes the ending off a label that says what the assertion is about (§16.3.5, §16.5.11): it stands behind the version. An ingredient's
    /// thumbnail and the ingredient itself end so by name.
    /// </summary>
    private static (string Name, int Version, AssertionSubject Subject) Parse(AssertionLabel label)
    {
        if (label.Base != AssertionLabels.Ingredient && !label.Base.StartsWith(AssertionLabels.Thumbnail, StringComparison.Ordinal))
        {
            foreach (var (ending, subject) in new[] { (".ingredient", AssertionSubject.Ingredient), (".part", AssertionSubject.Part) })
            {
                if (!label.Base.EndsWith(ending, StringComparison.Ordinal))
                    continue;
                var rest = AssertionLabel.Parse(label.Base[..^ending.Length]);
                return (rest.Base, rest.Version, subject);
            }
        }
        return (label.Base, label.Version, AssertionSubject.Content);
    }
}
