using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Manifests.Assertions;
using Xunit;

namespace Provenance.Tests.Manifests.Assertions;

public sealed class OtherAssertionTests
{
    private static readonly byte[] s_hash = new byte[32];

    [Fact]
    public void A_soft_binding_is_read()
    {
        var binding = Made.Clean<SoftBindingAssertion>("c2pa.soft-binding", new CborFields
        {
            { "alg", "com.litware.w" }, { "name", "n" }, { "url", "u" }, { "pad", new byte[3] }, { "alg-params", new byte[] { 1 } },
            { "bindingMetadata", new CborFields { { "description", "d" }, { "contact", "c" }, { "informationalUrl", "i" } } },
            {
                "blocks", new[]
                {
                    new CborFields { { "scope", new CborFields { { "timespan", new CborFields { { "start", 0 }, { "end", 9 } } } } }, { "value", new byte[] { 7 } } },
                    new CborFields { { "scope", new CborFields { { "extent", new byte[] { 2 } }, { "region", new CborFields { { "region", Array.Empty<object>() } } } } }, { "value", new byte[] { 8 } } },
                }
            },
        });
        Assert.Equal(("com.litware.w", "n", "u", "d", "c", "i"), (binding.Algorithm, binding.Name, binding.Url, binding.BindingDescription, binding.Contact, binding.InformationalUrl));
        Assert.Equal(new SoftBindingTimespan(0, 9), binding.Blocks[0].Timespan);
        Assert.Equal([7], binding.Blocks[0].Value!.Bytes.ToArray());
        Assert.Null(binding.Blocks[0].Value!.Text);
        Assert.Equal([2], binding.Blocks[1].Extent!.Bytes.ToArray());
        Assert.NotNull(binding.Blocks[1].Region);
    }

    [Fact]
    public void The_value_of_a_soft_binding_may_be_text()
    {
        var binding = Made.Clean<SoftBindingAssertion>("c2pa.soft-binding", new CborFields { { "blocks", new[] { new CborFields { { "scope", new CborFields() }, { "value", "ab" } } } } });
        Assert.Equal(("ab", "6162"), (binding.Blocks[0].Value!.Text, Convert.ToHexString(binding.Blocks[0].Value!.Bytes.Span)));
    }

    [Fact]
    public void Data_kept_elsewhere_is_read()
    {
        var location = new CborFields { { "url", "https://example.com/x" }, { "alg", "sha256" }, { "hash", s_hash }, { "dc:format", "f" }, { "data_types", new[] { new CborFields { { "type", "t" } } } } };
        var cloud = Made.Clean<CloudDataAssertion>("c2pa.cloud-data", new CborFields { { "label", "c2pa.metadata" }, { "size", 4321 }, { "location", location }, { "content_type", "application/jumbf" } });
        Assert.Equal(("c2pa.metadata", 4321L, "application/jumbf"), (cloud.ReferencedLabel, cloud.Size, cloud.ContentType));
        Assert.Equal(("https://example.com/x", "sha256", "f"), (cloud.Location!.Url, cloud.Location.Algorithm, cloud.Location.Format));
        Assert.Equal("t", Assert.Single(cloud.Location.Types).Type);

        var external = Made.Clean<ExternalReferenceAssertion>("c2pa.external-reference", new CborFields { { "location", new CborFields { { "url", "u" } } }, { "description", "d" } });
        Assert.Equal(("u", null, "d"), (external.Location!.Url, external.Location.Hash, external.Description));
    }

    [Fact]
    public void Linked_resources_are_external_or_relative()
    {
        var external = Made.Clean<LinkedResourceIntegrityAssertion>("c2pa.linked-resource-integrity", new CborFields
        {
            { "resources", new CborFields { { "externalResources", new[] { new CborFields { { "url", "https://example.com/a.js" }, { "alg", "sha256" }, { "hash", s_hash } } } } } }, { "allURIsIncluded", true },
        });
        Assert.Equal("https://example.com/a.js", Assert.Single(external.External).Url);
        Assert.True(external.AllUrisIncluded);

        var relative = Made.Clean<LinkedResourceIntegrityAssertion>("c2pa.linked-resource-integrity", new CborFields
        {
            { "resources", new CborFields { { "relativeResources", new[] { new CborFields { { "uri", "./a.png" }, { "hash", s_hash } } } }, { "alg", "sha256" } } },
        });
        Assert.Equal("./a.png", Assert.Single(relative.Relative).Url);
        Assert.Equal("sha256", relative.Algorithm);
        Assert.Null(relative.AllUrisIncluded);
    }

    [Fact]
    public void Places_of_copies_are_read()
    {
        var places = Made.Clean<AssetReferenceAssertion>("c2pa.asset-ref", new CborFields
        {
            { "references", new[] { new CborFields { { "description", "d" }, { "reference", new CborFields { { "uri", "ipfs://cid" } } } } } },
        });
        Assert.Equal(new AssetLocation("ipfs://cid", "d"), Assert.Single(places.References));
    }

    [Fact]
    public void Asset_types_are_a_list_or_one()
    {
        var list = Made.Clean<AssetTypeAssertion>("c2pa.asset-type.v2", new CborFields { { "dc:format", "text/csv" }, { "types", new[] { new CborFields { { "type", "a" }, { "version", "1" } } } } });
        Assert.Equal(("text/csv", new AssetType("a", "1")), (list.Format, Assert.Single(list.Types)));
        Assert.Equal(new AssetType("b", null), Assert.Single(Made.Clean<AssetTypeAssertion>("c2pa.asset-type", new CborFields { { "type", "b" } }).Types));
    }

    [Fact]
    public void A_depth_map_is_read()
    {
        var depth = Made.Clean<DepthMapAssertion>("c2pa.depthmap.GDepth", new CborFields
        {
            { "GDepth:Format", "RangeInverse" }, { "GDepth:Near", 29.3 }, { "GDepth:Far", 878 }, { "GDepth:Mime", "image/jpeg" }, { "GDepth:Data", "AAAA" }, { "GDepth:Units", "mm" },
        });
        Assert.Equal(("RangeInverse", 29.3, 878.0, "image/jpeg", "AAAA", "mm"), (depth.Format, depth.Near, depth.Far, depth.MediaType, depth.Data, depth.Units));
    }

    [Theory]
    [InlineData("font.info")]
    [InlineData("c2pa.font.info")]
    public void A_font_is_described(string label)
    {
        var font = Made.Clean<FontInfoAssertion>(label, new CborFields
        {
            { "fullName", "Example Two Italic" }, { "familyName", "ExampleTwo" }, { "style", "Italic" }, { "weight", new CborFields { { "class", "Bold" }, { "value", 700 } } },
            { "postScriptName", "Example-Two" }, { "format", "OpenType" }, { "copyrightNotice", "c" }, { "copyrightHolder", new CborFields { { "name", "F" } } }, { "copyrightYears", new[] { 1982, 2017 } },
            { "designers", new[] { new CborFields { { "person", new CborFields { { "name", "J" }, { "url", "u" } } }, { "contribution", "L" }, { "startDate", Made.Date("2020-01-01T00:00:00Z") } } } },
        });
        Assert.Equal(("Example Two Italic", "Bold", 700L, "F"), (font.FullName, font.WeightClass, font.Weight, font.CopyrightHolder!.Name));
        Assert.Equal([1982L, 2017L], font.CopyrightYears);
        Assert.Equal((new FontEntity("J", "u"), "L", "2020-01-01T00:00:00Z"), (font.Designers[0].Person, font.Designers[0].Contribution, font.Designers[0].Start!.Text));
    }

    [Fact]
    public void Answers_about_certificates_are_bytes_or_their_Base64()
    {
        var status = Made.Read<CertificateStatusAssertion>("c2pa.certificate-status", new CborFields { { "ocspVals", new object[] { new byte[] { 1, 2 }, "AwQ=", "no base64!" } } });
        Assert.Equal(["0102", "0304"], status.Responses.Select(response => Convert.ToHexString(response.Span)));
        Assert.Single(status.Notes);
    }

    [Fact]
    public void Time_stamps_are_a_map_from_manifest_to_token()
    {
        var stamps = Made.Read<TimeStampAssertion>("c2pa.time-stamp", new CborFields { { "urn:c2pa:a", new byte[] { 9 } }, { "urn:c2pa:b", "no token" } });
        var stamp = Assert.Single(stamps.Entries);
        Assert.Equal(("urn:c2pa:a", "09"), (stamp.Manifest, Convert.ToHexString(stamp.Token.Span)));
        Assert.Single(stamps.Notes);
    }

    [Fact]
    public void Session_keys_and_live_segments_are_read()
    {
        var keys = Made.Clean<SessionKeysAssertion>("c2pa.session-keys", new CborFields
        {
            {
                "keys", new[]
                {
                    new CborFields
                    {
                        { "key", new CborFields { { 1, 2 }, { 2, new byte[] { 0x6B } } } }, { "minSequenceNumber", 175 }, { "createdAt", Made.Date("2025-07-29T10:00:00Z") },
                        { "validityPeriod", 3900 }, { "signerBinding", new CborTagged(18, new object?[] { Array.Empty<byte>(), new CborFields(), null, new byte[64] }) },
                    },
                }
            },
        });
        var key = Assert.Single(keys.Keys);
        Assert.Equal((175L, 3900L, "2025-07-29T10:00:00Z"), (key.MinSequenceNumber, key.ValiditySeconds, key.CreatedAt!.Text));
        Assert.Equal([0x6B], key.KeyId!.Value.ToArray());
        Assert.Equal(0xD2, key.SignerBinding!.Value.Span[0]);

        var segment = Made.Clean<LiveSegmentAssertion>("c2pa.livevideo.segment", new CborFields { { "sequenceNumber", 175 }, { "streamId", "s" }, { "continuityMethod", "c2pa.manifestId" }, { "previousManifestId", "p" } });
        Assert.Equal((175L, "s", "c2pa.manifestId", "p"), (segment.SequenceNumber, segment.StreamId, segment.ContinuityMethod, segment.PreviousManifestId));
    }

    [Fact]
    public void Disclosures_are_read()
    {
        var ai = Made.Clean<AiDisclosureAssertion>("c2pa.ai-disclosure", new CborFields
        {
            { "modelType", "c2pa.types.model" }, { "modelName", "n" }, { "modelIdentifier", "i" }, { "contentProfile", new CborFields { { "humanOversightLevel", "prompt_guided" } } }, { "scientificDomain", new[] { "cs.AI" } },
        });
        Assert.Equal(("c2pa.types.model", "n", "i", "prompt_guided"), (ai.ModelType, ai.ModelName, ai.ModelIdentifier, ai.HumanOversightLevel));
        Assert.Equal(["cs.AI"], ai.ScientificDomains);

        var cost = Made.Clean<SustainabilityAssertion>("c2pa.environmental-sustainability", new CborFields { { "energy_kwh", new CborFields { { "value", 1.82 }, { "measurementMethod", "m" } } }, { "water_litres", new CborFields { { "value", 12 } } } });
        Assert.Equal(new Measurement(1.82, "m"), cost.Energy);
        Assert.Equal(new Measurement(12, null), cost.Water);
        Assert.Null(cost.Carbon);
    }

    [Fact]
    public void Another_form_of_the_content_is_a_part_or_embedded()
    {
        const string label = "c2pa.alternative-content-representation";
        var part = Made.Clean<AlternativeContentAssertion>(label, new CborFields { { "type", "exif.originalPreservationImage" }, { "parameters", new CborFields { { "multiAssetPartIndex", 1 } } } });
        Assert.Equal((1L, null), (part.MultiAssetPartIndex, part.EmbeddedImage));
        var embedded = Made.Clean<AlternativeContentAssertion>(label, new CborFields { { "type", "t" }, { "parameters", new CborFields { { "embeddedOriginalPreservationImage", Made.Uri("c2pa.embedded-data") } } } });
        Assert.Equal("self#jumbf=c2pa.assertions/c2pa.embedded-data", embedded.EmbeddedImage!.Url);
    }

    [Fact]
    public void An_identity_keeps_what_is_signed_as_stored()
    {
        var payload = new CborFields { { "sig_type", "cawg.x509.cose" }, { "role", new[] { "cawg.creator" } }, { "referenced_assertions", new[] { Made.Uri("c2pa.hash.data") } } };
        var identity = Made.Clean<IdentityAssertion>("cawg.identity", new CborFields { { "signer_payload", payload }, { "signature", new byte[] { 5 } }, { "pad1", new byte[9] } });
        Assert.Equal("cawg.x509.cose", identity.SignatureType);
        Assert.Equal(["cawg.creator"], identity.Roles);
        Assert.Single(identity.ReferencedAssertions);
        Assert.Equal(TestCbor.Encode(payload), identity.SignerPayload.ToArray());
        Assert.Equal([5], identity.Signature.ToArray());
    }

    [Fact]
    public void Without_payload_and_signature_it_is_no_identity() =>
        Assert.Throws<MalformedDataException>(() => Made.Read(Made.Cbor("cawg.identity", new CborFields { { "signature", new byte[1] } })));

    [Theory]
    [InlineData("allowed", null, false)]
    [InlineData("notAllowed", null, true)]
    [InlineData("constrained", null, true)]
    [InlineData("constrained", "ask", false)]
    [InlineData("Allowed", null, true)]
    public void Leave_to_train_must_be_said(string use, string? constraint, bool refused)
    {
        var entry = new CborFields { { "use", use }, { "constraint_info", constraint } };
        var inside = Made.Clean<TrainingMiningAssertion>("cawg.training-mining", new CborFields { { "entries", new CborFields { { "cawg.ai_training", entry } } } });
        Assert.Equal(new TrainingMiningEntry("cawg.ai_training", use, constraint), Assert.Single(inside.Entries));
        Assert.Equal(refused, inside.Entries[0].IsRefused);

        var bare = Made.Clean<TrainingMiningAssertion>("c2pa.training-mining", new CborFields { { "c2pa.ai_training", entry }, { "metadata", new CborFields() } });
        Assert.Equal("c2pa.ai_training", Assert.Single(bare.Entries).Name);
    }

    [Theory]
    [InlineData("cawg.endorsement")]
    [InlineData("c2pa.endorsement")]
    public void An_endorsement_shows_its_payload(string label)
    {
        byte[] payload = TestCbor.Encode(new CborFields
        {
            { "endorseeCredential", new CborFields { { 1, new byte[] { 0x30, 0x00 } } } }, { "notValidBefore", Made.Date("2026-01-01T00:00:00Z") }, { "notValidAfter", Made.Date("2027-01-01T00:00:00Z") },
        });
        var endorsement = Made.Clean<EndorsementAssertion>(label, new CborTagged(18, new object?[] { Array.Empty<byte>(), new CborFields(), payload, new byte[64] }));
        Assert.Equal([0x30, 0x00], endorsement.EndorseeKey!.Value.ToArray());
        Assert.Equal(("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"), (endorsement.NotValidBefore!.Text, endorsement.NotValidAfter!.Text));
    }

    [Fact]
    public void An_endorsement_without_its_payload_is_none() =>
        Assert.Throws<MalformedDataException>(() => Made.Read(Made.Cbor("cawg.endorsement", new CborTagged(18, new object?[] { Array.Empty<byte>(), new CborFields(), null, new byte[64] }))));
}
