namespace Provenance.Verifier.Status;

/// <summary>
/// Every status code, one line each (C2PA 2.5 Appendix D: 18 successes, 22 informational, 86 failures), behind them those of CAWG identity 1.3,
/// and those of ours, which begin with "provenance." (§14.2.2 leaves room for them). The JSON, the docs page and the
/// extension's types follow from this list.
/// </summary>
public static class StatusCodes
{
    private static readonly List<StatusCode> Listed = [];

    /// <summary>The assertion kept elsewhere was read.</summary>
    public static readonly StatusCode AssertionAccessible = Success("assertion.accessible", "14.10.5", "The assertion kept elsewhere was read.");
    /// <summary>The preserved original matches its hash.</summary>
    public static readonly StatusCode AlternativeContentMatch = Success("assertion.alternativeContentRepresentation.match", "14.10.4.2.8", "The preserved original matches its hash.");
    /// <summary>The boxes of the file match their hash.</summary>
    public static readonly StatusCode BmffHashMatch = Success("assertion.bmffHash.match", "14.12.2", "The boxes of the file match their hash.");
    /// <summary>The listed parts of the file match their hashes.</summary>
    public static readonly StatusCode BoxesHashMatch = Success("assertion.boxesHash.match", "14.12.3", "The listed parts of the file match their hashes.");
    /// <summary>Every listed file matches its hash.</summary>
    public static readonly StatusCode CollectionHashMatch = Success("assertion.collectionHash.match", "14.12.5", "Every listed file matches its hash.");
    /// <summary>The bytes of the file match their hash.</summary>
    public static readonly StatusCode DataHashMatch = Success("assertion.dataHash.match", "14.12.1", "The bytes of the file match their hash.");
    /// <summary>The assertion matches the hash in the claim.</summary>
    public static readonly StatusCode AssertionHashedUriMatch = Success("assertion.hashedURI.match", "14.10.4", "The assertion matches the hash in the claim.");
    /// <summary>The linked resource matches size, type and hash.</summary>
    public static readonly StatusCode LinkedResourceMatch = Success("assertion.linkedResourceIntegrity.match", "14.10.4.2.3", "The linked resource matches size, type and hash.");
    /// <summary>Every part found matches its own hash.</summary>
    public static readonly StatusCode MultiAssetHashMatch = Success("assertion.multiAssetHash.match", "14.12.4", "Every part found matches its own hash.");
    /// <summary>The text segment matches its hash.</summary>
    public static readonly StatusCode SegmentHashMatch = Success("assertion.segmentHash.match", "14.12.6", "The text segment matches its hash.");
    /// <summary>The certificates were in force at the time judged at.</summary>
    public static readonly StatusCode ClaimSignatureInsideValidity = Success("claimSignature.insideValidity", "14.7", "The certificates were in force at the time judged at.");
    /// <summary>The signature fits the claim and the key.</summary>
    public static readonly StatusCode ClaimSignatureValidated = Success("claimSignature.validated", "14.7", "The signature fits the claim and the key.");
    /// <summary>The ingredient's signature box matches its hash.</summary>
    public static readonly StatusCode IngredientClaimSignatureValidated = Success("ingredient.claimSignature.validated", "14.11.3", "The ingredient's signature box matches its hash.");
    /// <summary>The ingredient's manifest matches its hash.</summary>
    public static readonly StatusCode IngredientManifestValidated = Success("ingredient.manifest.validated", "14.11.3", "The ingredient's manifest matches its hash.");
    /// <summary>An authorised answer says the certificate was not withdrawn.</summary>
    public static readonly StatusCode OcspNotRevoked = Success("signingCredential.ocsp.notRevoked", "14.9", "An authorised answer says the certificate was not withdrawn.");
    /// <summary>The certificate leads to an anchor of the policy.</summary>
    public static readonly StatusCode SigningCredentialTrusted = Success("signingCredential.trusted", "13.4", "The certificate leads to an anchor of the policy.");
    /// <summary>The time-stamp authority leads to an anchor for time stamps.</summary>
    public static readonly StatusCode TimeStampTrusted = Success("timeStamp.trusted", "14.8", "The time-stamp authority leads to an anchor for time stamps.");
    /// <summary>The time stamp is sound and is about this signature.</summary>
    public static readonly StatusCode TimeStampValidated = Success("timeStamp.validated", "14.8", "The time stamp is sound and is about this signature.");

    /// <summary>The algorithm is on the list of those to be given up.</summary>
    public static readonly StatusCode AlgorithmDeprecated = Informational("algorithm.deprecated", "12.1", "The algorithm is on the list of those to be given up.");
    /// <summary>The action and its ingredient stand in different lists of the claim.</summary>
    public static readonly StatusCode ActionIngredientLocationMismatch = Informational("assertion.action.ingredientLocationMismatch", "14.10.4", "The action and its ingredient stand in different lists of the claim.");
    /// <summary>The hash leaves out more boxes than it must.</summary>
    public static readonly StatusCode BmffHashAdditionalExclusions = Informational("assertion.bmffHash.additionalExclusionsPresent", "14.12.2", "The hash leaves out more boxes than it must.");
    /// <summary>The hash leaves out more than the manifest store.</summary>
    public static readonly StatusCode BoxesHashAdditionalExclusions = Informational("assertion.boxesHash.additionalExclusionsPresent", "14.12.3", "The hash leaves out more than the manifest store.");
    /// <summary>The hash leaves out more than the manifest store.</summary>
    public static readonly StatusCode DataHashAdditionalExclusions = Informational("assertion.dataHash.additionalExclusionsPresent", "14.12.1", "The hash leaves out more than the manifest store.");
    /// <summary>The linked resource has another media type.</summary>
    public static readonly StatusCode LinkedResourceFormatMismatch = Informational("assertion.linkedResourceIntegrity.formatMismatch", "14.10.4.2.3", "The linked resource has another media type.");
    /// <summary>The linked resource has another hash.</summary>
    public static readonly StatusCode LinkedResourceHashMismatch = Informational("assertion.linkedResourceIntegrity.hashMismatch", "14.10.4.2.3", "The linked resource has another hash.");
    /// <summary>The linked resource was not reachable.</summary>
    public static readonly StatusCode LinkedResourceInaccessible = Informational("assertion.linkedResourceIntegrity.inaccessible", "14.10.4.2.3", "The linked resource was not reachable.");
    /// <summary>The linked resource has another size.</summary>
    public static readonly StatusCode LinkedResourceSizeMismatch = Informational("assertion.linkedResourceIntegrity.sizeMismatch", "14.10.4.2.3", "The linked resource has another size.");
    /// <summary>The linked resource was not fetched.</summary>
    public static readonly StatusCode LinkedResourceSkipped = Informational("assertion.linkedResourceIntegrity.skipped", "14.10.4.2.3", "The linked resource was not fetched.");
    /// <summary>Something refers to an assertion that was removed and declared so.</summary>
    public static readonly StatusCode AssertionRedacted = Informational("assertion.redacted", "14.10.4", "Something refers to an assertion that was removed and declared so.");
    /// <summary>The ingredient came without a manifest.</summary>
    public static readonly StatusCode IngredientUnknownProvenance = Informational("ingredient.unknownProvenance", "14.11", "The ingredient came without a manifest.");
    /// <summary>The revocation service did not answer.</summary>
    public static readonly StatusCode OcspInaccessible = Informational("signingCredential.ocsp.inaccessible", "14.9", "The revocation service did not answer.");
    /// <summary>Revocation was not asked for and nothing usable was enclosed.</summary>
    public static readonly StatusCode OcspSkipped = Informational("signingCredential.ocsp.skipped", "14.9", "Revocation was not asked for and nothing usable was enclosed.");
    /// <summary>The revocation service does not know the certificate.</summary>
    public static readonly StatusCode OcspUnknown = Informational("signingCredential.ocsp.unknown", "14.9", "The revocation service does not know the certificate.");
    /// <summary>The signer's own time lies where it may.</summary>
    public static readonly StatusCode TimeOfSigningInsideValidity = Informational("timeOfSigning.insideValidity", "14.8", "The signer's own time lies where it may.");
    /// <summary>The signer's own time lies where it cannot.</summary>
    public static readonly StatusCode TimeOfSigningOutsideValidity = Informational("timeOfSigning.outsideValidity", "14.8", "The signer's own time lies where it cannot.");
    /// <summary>The authority's certificate breaks a rule.</summary>
    public static readonly StatusCode TimeStampCredentialInvalid = Informational("timeStamp.credentialInvalid", "14.8", "The authority's certificate breaks a rule.");
    /// <summary>The time stamp cannot be read, or there is more than one.</summary>
    public static readonly StatusCode TimeStampMalformed = Informational("timeStamp.malformed", "14.8", "The time stamp cannot be read, or there is more than one.");
    /// <summary>The time stamp's signature is wrong, or it is about something else.</summary>
    public static readonly StatusCode TimeStampMismatch = Informational("timeStamp.mismatch", "14.8", "The time stamp's signature is wrong, or it is about something else.");
    /// <summary>The time stamp's time lies outside the authority's certificates.</summary>
    public static readonly StatusCode TimeStampOutsideValidity = Informational("timeStamp.outsideValidity", "14.8", "The time stamp's time lies outside the authority's certificates.");
    /// <summary>No anchor for time stamps vouches for the authority.</summary>
    public static readonly StatusCode TimeStampUntrusted = Informational("timeStamp.untrusted", "14.8", "No anchor for time stamps vouches for the authority.");

    /// <summary>The algorithm is missing, not allowed, or beyond this platform.</summary>
    public static readonly StatusCode AlgorithmUnsupported = Failure("algorithm.unsupported", "12.1", "The algorithm is missing, not allowed, or beyond this platform.");
    /// <summary>The action needs an ingredient that is absent or of another kind.</summary>
    public static readonly StatusCode ActionIngredientMismatch = Failure("assertion.action.ingredientMismatch", "14.10.4", "The action needs an ingredient that is absent or of another kind.");
    /// <summary>The list of actions breaks a rule.</summary>
    public static readonly StatusCode ActionMalformed = Failure("assertion.action.malformed", "14.10.4", "The list of actions breaks a rule.");
    /// <summary>Actions were removed, which nobody may do.</summary>
    public static readonly StatusCode ActionRedacted = Failure("assertion.action.redacted", "14.10.4", "Actions were removed, which nobody may do.");
    /// <summary>The action says something was removed and does not name what.</summary>
    public static readonly StatusCode ActionRedactionMismatch = Failure("assertion.action.redactionMismatch", "14.10.4", "The action says something was removed and does not name what.");
    /// <summary>The action speaks of a watermark that is not described.</summary>
    public static readonly StatusCode ActionSoftBindingMissing = Failure("assertion.action.softBindingMissing", "14.10.4", "The action speaks of a watermark that is not described.");
    /// <summary>The preserved original differs from its hash.</summary>
    public static readonly StatusCode AlternativeContentHashMismatch = Failure("assertion.alternativeContentRepresentation.hashMismatch", "14.10.4.2.8", "The preserved original differs from its hash.");
    /// <summary>The description of the preserved original breaks a rule.</summary>
    public static readonly StatusCode AlternativeContentMalformed = Failure("assertion.alternativeContentRepresentation.malformed", "14.10.4.2.8", "The description of the preserved original breaks a rule.");
    /// <summary>The preserved original is absent.</summary>
    public static readonly StatusCode AlternativeContentMissing = Failure("assertion.alternativeContentRepresentation.missing", "14.10.4.2.8", "The preserved original is absent.");
    /// <summary>The box hash assertion breaks a rule.</summary>
    public static readonly StatusCode BmffHashMalformed = Failure("assertion.bmffHash.malformed", "14.12.2", "The box hash assertion breaks a rule.");
    /// <summary>The boxes of the file differ from their hash.</summary>
    public static readonly StatusCode BmffHashMismatch = Failure("assertion.bmffHash.mismatch", "14.12.2", "The boxes of the file differ from their hash.");
    /// <summary>The list of parts breaks a rule.</summary>
    public static readonly StatusCode BoxesHashMalformed = Failure("assertion.boxesHash.malformed", "14.12.3", "The list of parts breaks a rule.");
    /// <summary>A part of the file differs from its hash, or the order differs.</summary>
    public static readonly StatusCode BoxesHashMismatch = Failure("assertion.boxesHash.mismatch", "14.12.3", "A part of the file differs from its hash, or the order differs.");
    /// <summary>The file has a part that the list does not name.</summary>
    public static readonly StatusCode BoxesHashUnknownBox = Failure("assertion.boxesHash.unknownBox", "14.12.3", "The file has a part that the list does not name.");
    /// <summary>The assertion is not CBOR.</summary>
    public static readonly StatusCode AssertionCborInvalid = Failure("assertion.cbor.invalid", "14.10.4", "The assertion is not CBOR.");
    /// <summary>An update manifest keeps actions elsewhere.</summary>
    public static readonly StatusCode CloudDataActions = Failure("assertion.cloud-data.actions", "14.10.4", "An update manifest keeps actions elsewhere.");
    /// <summary>A hard binding is kept elsewhere.</summary>
    public static readonly StatusCode CloudDataHardBinding = Failure("assertion.cloud-data.hardBinding", "14.10.4", "A hard binding is kept elsewhere.");
    /// <summary>What was fetched carries another label.</summary>
    public static readonly StatusCode CloudDataLabelMismatch = Failure("assertion.cloud-data.labelMismatch", "14.10.4", "What was fetched carries another label.");
    /// <summary>The pointer to data kept elsewhere breaks a rule.</summary>
    public static readonly StatusCode CloudDataMalformed = Failure("assertion.cloud-data.malformed", "14.10.4", "The pointer to data kept elsewhere breaks a rule.");
    /// <summary>A listed file is absent.</summary>
    public static readonly StatusCode CollectionHashIncorrectFileCount = Failure("assertion.collectionHash.incorrectFileCount", "14.12.5", "A listed file is absent.");
    /// <summary>A listed path climbs out of its folder.</summary>
    public static readonly StatusCode CollectionHashInvalidUri = Failure("assertion.collectionHash.invalidURI", "14.12.5", "A listed path climbs out of its folder.");
    /// <summary>The list of files breaks a rule.</summary>
    public static readonly StatusCode CollectionHashMalformed = Failure("assertion.collectionHash.malformed", "14.12.5", "The list of files breaks a rule.");
    /// <summary>A file or the directory differs from its hash.</summary>
    public static readonly StatusCode CollectionHashMismatch = Failure("assertion.collectionHash.mismatch", "14.12.5", "A file or the directory differs from its hash.");
    /// <summary>The ranges left out break a rule.</summary>
    public static readonly StatusCode DataHashMalformed = Failure("assertion.dataHash.malformed", "14.12.1", "The ranges left out break a rule.");
    /// <summary>The bytes of the file differ from their hash.</summary>
    public static readonly StatusCode DataHashMismatch = Failure("assertion.dataHash.mismatch", "14.12.1", "The bytes of the file differ from their hash.");
    /// <summary>The hash of the file was removed.</summary>
    public static readonly StatusCode DataHashRedacted = Failure("assertion.dataHash.redacted", "14.10.4", "The hash of the file was removed.");
    /// <summary>A reference to outside data stands among the signer's own statements.</summary>
    public static readonly StatusCode ExternalReferenceCreated = Failure("assertion.external-reference.created", "16.4.2", "A reference to outside data stands among the signer's own statements.");
    /// <summary>The outside data differs from its hash.</summary>
    public static readonly StatusCode ExternalReferenceHashMismatch = Failure("assertion.external-reference.hashMismatch", "16.4.2", "The outside data differs from its hash.");
    /// <summary>The outside data carries another label.</summary>
    public static readonly StatusCode ExternalReferenceLabelMismatch = Failure("assertion.external-reference.labelMismatch", "16.4.2", "The outside data carries another label.");
    /// <summary>The reference to outside data breaks a rule.</summary>
    public static readonly StatusCode ExternalReferenceMalformed = Failure("assertion.external-reference.malformed", "16.4.2", "The reference to outside data breaks a rule.");
    /// <summary>The binding to the content was removed.</summary>
    public static readonly StatusCode HardBindingRedacted = Failure("assertion.hardBinding.redacted", "14.10.4", "The binding to the content was removed.");
    /// <summary>The assertion differs from the hash in the claim.</summary>
    public static readonly StatusCode AssertionHashedUriMismatch = Failure("assertion.hashedURI.mismatch", "14.10.4", "The assertion differs from the hash in the claim.");
    /// <summary>The assertion kept elsewhere was not reachable.</summary>
    public static readonly StatusCode AssertionInaccessible = Failure("assertion.inaccessible", "14.10.5", "The assertion kept elsewhere was not reachable.");
    /// <summary>The ingredient breaks a rule.</summary>
    public static readonly StatusCode IngredientMalformed = Failure("assertion.ingredient.malformed", "14.11", "The ingredient breaks a rule.");
    /// <summary>The assertion is not JSON.</summary>
    public static readonly StatusCode AssertionJsonInvalid = Failure("assertion.json.invalid", "14.10.4", "The assertion is not JSON.");
    /// <summary>The path of a linked resource climbs out of its folder.</summary>
    public static readonly StatusCode LinkedResourceInvalidUri = Failure("assertion.linkedResourceIntegrity.invalidURI", "14.10.4.2.3", "The path of a linked resource climbs out of its folder.");
    /// <summary>The list of linked resources breaks a rule.</summary>
    public static readonly StatusCode LinkedResourceMalformed = Failure("assertion.linkedResourceIntegrity.malformed", "14.10.4.2.3", "The list of linked resources breaks a rule.");
    /// <summary>The list of linked resources is no statement of the signer.</summary>
    public static readonly StatusCode LinkedResourceNotCreated = Failure("assertion.linkedResourceIntegrity.notCreated", "14.10.4.2.3", "The list of linked resources is no statement of the signer.");
    /// <summary>A process ends before it starts.</summary>
    public static readonly StatusCode AssertionMetadataMalformed = Failure("assertion.metadata.malformed", "14.10.4", "A process ends before it starts.");
    /// <summary>The claim lists an assertion that is not there.</summary>
    public static readonly StatusCode AssertionMissing = Failure("assertion.missing", "14.10.4", "The claim lists an assertion that is not there.");
    /// <summary>The list of parts breaks a rule.</summary>
    public static readonly StatusCode MultiAssetHashMalformed = Failure("assertion.multiAssetHash.malformed", "14.12.4", "The list of parts breaks a rule.");
    /// <summary>A part differs from its hash.</summary>
    public static readonly StatusCode MultiAssetHashMismatch = Failure("assertion.multiAssetHash.mismatch", "14.12.4", "A part differs from its hash.");
    /// <summary>A required part is absent.</summary>
    public static readonly StatusCode MultiAssetHashMissingPart = Failure("assertion.multiAssetHash.missingPart", "14.12.4", "A required part is absent.");
    /// <summary>The manifest binds itself to the content more than once.</summary>
    public static readonly StatusCode MultipleHardBindings = Failure("assertion.multipleHardBindings", "14.12", "The manifest binds itself to the content more than once.");
    /// <summary>Declared as removed, and still there.</summary>
    public static readonly StatusCode NotRedacted = Failure("assertion.notRedacted", "14.10.4", "Declared as removed, and still there.");
    /// <summary>The claim lists an assertion of another manifest.</summary>
    public static readonly StatusCode AssertionOutsideManifest = Failure("assertion.outsideManifest", "14.10.4", "The claim lists an assertion of another manifest.");
    /// <summary>The segment hash breaks a rule.</summary>
    public static readonly StatusCode SegmentHashMalformed = Failure("assertion.segmentHash.malformed", "14.12.6", "The segment hash breaks a rule.");
    /// <summary>The text segment differs from its hash.</summary>
    public static readonly StatusCode SegmentHashMismatch = Failure("assertion.segmentHash.mismatch", "14.12.6", "The text segment differs from its hash.");
    /// <summary>The segments leave text out.</summary>
    public static readonly StatusCode SegmentHashPartialCoverage = Failure("assertion.segmentHash.partialCoverage", "14.12.6", "The segments leave text out.");
    /// <summary>An earlier checkpoint was changed.</summary>
    public static readonly StatusCode SegmentHashPredecessorMismatch = Failure("assertion.segmentHash.predecessorMismatch", "14.12.6", "An earlier checkpoint was changed.");
    /// <summary>The claim removes an assertion of its own.</summary>
    public static readonly StatusCode SelfRedacted = Failure("assertion.selfRedacted", "14.10.4", "The claim removes an assertion of its own.");
    /// <summary>The time-stamp assertion is no list of time stamps.</summary>
    public static readonly StatusCode TimestampAssertionMalformed = Failure("assertion.timestamp.malformed", "14.10.4", "The time-stamp assertion is no list of time stamps.");
    /// <summary>The manifest holds an assertion that its claim does not list.</summary>
    public static readonly StatusCode AssertionUndeclared = Failure("assertion.undeclared", "14.10.4", "The manifest holds an assertion that its claim does not list.");
    /// <summary>The manifest says nothing of how the content came to be.</summary>
    public static readonly StatusCode ClaimActionsMissing = Failure("claim.actions.missing", "14.10.1", "The manifest says nothing of how the content came to be.");
    /// <summary>The claim is not CBOR.</summary>
    public static readonly StatusCode ClaimCborInvalid = Failure("claim.cbor.invalid", "14.6", "The claim is not CBOR.");
    /// <summary>Nothing binds the manifest to the content.</summary>
    public static readonly StatusCode ClaimHardBindingsMissing = Failure("claim.hardBindings.missing", "14.12", "Nothing binds the manifest to the content.");
    /// <summary>The claim lacks a field it must have.</summary>
    public static readonly StatusCode ClaimMalformed = Failure("claim.malformed", "14.6", "The claim lacks a field it must have.");
    /// <summary>The manifest has no claim.</summary>
    public static readonly StatusCode ClaimMissing = Failure("claim.missing", "14.6", "The manifest has no claim.");
    /// <summary>The manifest has more than one claim.</summary>
    public static readonly StatusCode ClaimMultiple = Failure("claim.multiple", "14.6", "The manifest has more than one claim.");
    /// <summary>The signature does not fit the claim and the key.</summary>
    public static readonly StatusCode ClaimSignatureMismatch = Failure("claimSignature.mismatch", "14.7", "The signature does not fit the claim and the key.");
    /// <summary>The claim's signature is absent or elsewhere.</summary>
    public static readonly StatusCode ClaimSignatureMissing = Failure("claimSignature.missing", "14.7", "The claim's signature is absent or elsewhere.");
    /// <summary>The certificates were not in force at the time judged at.</summary>
    public static readonly StatusCode ClaimSignatureOutsideValidity = Failure("claimSignature.outsideValidity", "14.7", "The certificates were not in force at the time judged at.");
    /// <summary>Something else went wrong.</summary>
    public static readonly StatusCode GeneralError = Failure("general.error", "D", "Something else went wrong.");
    /// <summary>What is referred to differs from its hash.</summary>
    public static readonly StatusCode HashedUriMismatch = Failure("hashedURI.mismatch", "14.10.4", "What is referred to differs from its hash.");
    /// <summary>What is referred to is absent.</summary>
    public static readonly StatusCode HashedUriMissing = Failure("hashedURI.missing", "14.10.4", "What is referred to is absent.");
    /// <summary>The ingredient's signature box differs from its hash.</summary>
    public static readonly StatusCode IngredientClaimSignatureMismatch = Failure("ingredient.claimSignature.mismatch", "14.11.3", "The ingredient's signature box differs from its hash.");
    /// <summary>The ingredient's signature box is absent.</summary>
    public static readonly StatusCode IngredientClaimSignatureMissing = Failure("ingredient.claimSignature.missing", "14.11.3", "The ingredient's signature box is absent.");
    /// <summary>The ingredient's manifest differs from its hash.</summary>
    public static readonly StatusCode IngredientManifestMismatch = Failure("ingredient.manifest.mismatch", "14.11.3", "The ingredient's manifest differs from its hash.");
    /// <summary>The ingredient's manifest is absent.</summary>
    public static readonly StatusCode IngredientManifestMissing = Failure("ingredient.manifest.missing", "14.11.3", "The ingredient's manifest is absent.");
    /// <summary>The live segment's number or stream is wrong.</summary>
    public static readonly StatusCode LiveVideoAssertionInvalid = Failure("livevideo.assertion.invalid", "15", "The live segment's number or stream is wrong.");
    /// <summary>How live segments follow each other is unknown.</summary>
    public static readonly StatusCode LiveVideoContinuityMethodInvalid = Failure("livevideo.continuityMethod.invalid", "15", "How live segments follow each other is unknown.");
    /// <summary>The live stream's start is wrong.</summary>
    public static readonly StatusCode LiveVideoInitInvalid = Failure("livevideo.init.invalid", "15", "The live stream's start is wrong.");
    /// <summary>The live segment's manifest failed.</summary>
    public static readonly StatusCode LiveVideoManifestInvalid = Failure("livevideo.manifest.invalid", "15", "The live segment's manifest failed.");
    /// <summary>The live segment failed.</summary>
    public static readonly StatusCode LiveVideoSegmentInvalid = Failure("livevideo.segment.invalid", "15", "The live segment failed.");
    /// <summary>The live stream's key failed.</summary>
    public static readonly StatusCode LiveVideoSessionKeyInvalid = Failure("livevideo.sessionkey.invalid", "15", "The live stream's key failed.");
    /// <summary>The text has no complete checkpoint line.</summary>
    public static readonly StatusCode AppendOnlyTextNoSentinel = Failure("manifest.appendOnlyText.noSentinel", "14.5", "The text has no complete checkpoint line.");
    /// <summary>The compressed manifest cannot be unpacked, or holds something else.</summary>
    public static readonly StatusCode ManifestCompressedInvalid = Failure("manifest.compressed.invalid", "14.5", "The compressed manifest cannot be unpacked, or holds something else.");
    /// <summary>The manifest kept elsewhere was not reachable.</summary>
    public static readonly StatusCode ManifestInaccessible = Failure("manifest.inaccessible", "14.5", "The manifest kept elsewhere was not reachable.");
    /// <summary>The manifest lies in an encrypted part.</summary>
    public static readonly StatusCode ManifestInaccessibleEncrypted = Failure("manifest.inaccessible.encrypted", "14.5", "The manifest lies in an encrypted part.");
    /// <summary>The manifest store cannot be read.</summary>
    public static readonly StatusCode ManifestInaccessibleMalformed = Failure("manifest.inaccessible.malformed", "14.5", "The manifest store cannot be read.");
    /// <summary>The manifest names more than one parent.</summary>
    public static readonly StatusCode ManifestMultipleParents = Failure("manifest.multipleParents", "14.10.1", "The manifest names more than one parent.");
    /// <summary>The update manifest does what only a standard one may.</summary>
    public static readonly StatusCode ManifestUpdateInvalid = Failure("manifest.update.invalid", "14.10.1", "The update manifest does what only a standard one may.");
    /// <summary>The update manifest does not have exactly one ingredient, its parent.</summary>
    public static readonly StatusCode ManifestUpdateWrongParents = Failure("manifest.update.wrongParents", "14.10.1", "The update manifest does not have exactly one ingredient, its parent.");
    /// <summary>The certificate breaks a rule for signers.</summary>
    public static readonly StatusCode SigningCredentialInvalid = Failure("signingCredential.invalid", "13.5.1", "The certificate breaks a rule for signers.");
    /// <summary>The issuer withdrew the certificate.</summary>
    public static readonly StatusCode OcspRevoked = Failure("signingCredential.ocsp.revoked", "14.9", "The issuer withdrew the certificate.");
    /// <summary>No anchor of the policy vouches for the certificate.</summary>
    public static readonly StatusCode SigningCredentialUntrusted = Failure("signingCredential.untrusted", "13.4", "No anchor of the policy vouches for the certificate.");

    // CAWG identity 1.3: results of identity assertions, on which no state of a manifest rests. Where that standard calls "failure" what only
    // tells that nobody is known, the kind is the one the reference gives it, so that lists of failures compare.
    /// <summary>The identity holds, and a list vouches for it.</summary>
    public static readonly StatusCode IdentityTrusted = Identity(StatusKind.Success, "cawg.identity.trusted", "Identity 1.3 §7.2.1", "The identity holds, and a list vouches for it.");
    /// <summary>The identity holds, and nobody known vouches for it.</summary>
    public static readonly StatusCode IdentityWellFormed = Identity(StatusKind.Success, "cawg.identity.well-formed", "Identity 1.3 §7.2.1", "The identity holds, and nobody known vouches for it.");
    /// <summary>The identity assertion is not what its schema says.</summary>
    public static readonly StatusCode IdentityCborInvalid = Identity(StatusKind.Failure, "cawg.identity.cbor.invalid", "Identity 1.3 §7.1", "The identity assertion is not what its schema says.");
    /// <summary>The padding of the identity assertion holds something.</summary>
    public static readonly StatusCode IdentityPadInvalid = Identity(StatusKind.Failure, "cawg.identity.pad.invalid", "Identity 1.3 §7.1", "The padding of the identity assertion holds something.");
    /// <summary>The identity vouches for an assertion that no claim lists.</summary>
    public static readonly StatusCode IdentityAssertionMismatch = Identity(StatusKind.Failure, "cawg.identity.assertion.mismatch", "Identity 1.3 §7.1", "The identity vouches for an assertion that no claim lists.");
    /// <summary>The identity vouches twice for one assertion.</summary>
    public static readonly StatusCode IdentityAssertionDuplicate = Identity(StatusKind.Failure, "cawg.identity.assertion.duplicate", "Identity 1.3 §7.1", "The identity vouches twice for one assertion.");
    /// <summary>The identity does not vouch for the binding to the content.</summary>
    public static readonly StatusCode IdentityHardBindingMissing = Identity(StatusKind.Failure, "cawg.identity.hard_binding_missing", "Identity 1.3 §7.1", "The identity does not vouch for the binding to the content.");
    /// <summary>The identity vouches for another binding to the content.</summary>
    public static readonly StatusCode IdentityHardBindingIncorrect = Identity(StatusKind.Failure, "cawg.identity.hard_binding_incorrect", "Identity 1.3 §7.1", "The identity vouches for another binding to the content.");
    /// <summary>The identity is signed in a way that is not known.</summary>
    public static readonly StatusCode IdentitySignatureTypeUnknown = Identity(StatusKind.Failure, "cawg.identity.sig_type.unknown", "Identity 1.3 §7.1", "The identity is signed in a way that is not known.");
    /// <summary>The certificate that names the identity was withdrawn.</summary>
    public static readonly StatusCode IdentityCredentialRevoked = Identity(StatusKind.Failure, "cawg.identity.credential_revoked", "Identity 1.3 §7.2.2", "The certificate that names the identity was withdrawn.");
    /// <summary>The identity's signature fits what it vouches for, and the key.</summary>
    public static readonly StatusCode IdentitySignatureValidated = Identity(StatusKind.Success, "cawg.x509.signature.validated", "Identity 1.3 §8.2.2", "The identity's signature fits what it vouches for, and the key.");
    /// <summary>The identity's signature does not fit what it vouches for, or the key.</summary>
    public static readonly StatusCode IdentitySignatureMismatch = Identity(StatusKind.Failure, "cawg.x509.signature.mismatch", "Identity 1.3 §8.2.2", "The identity's signature does not fit what it vouches for, or the key.");
    /// <summary>The identity is signed with an algorithm that is not supported.</summary>
    public static readonly StatusCode IdentityAlgorithmUnsupported = Identity(StatusKind.Failure, "cawg.x509.algorithm.unsupported", "Identity 1.3 §8.2.2", "The identity is signed with an algorithm that is not supported.");
    /// <summary>The certificate that names the identity breaks a rule for signers.</summary>
    public static readonly StatusCode IdentityCredentialInvalid = Identity(StatusKind.Failure, "cawg.x509.credential.invalid", "Identity 1.3 §8.2.2", "The certificate that names the identity breaks a rule for signers.");
    /// <summary>The identity's certificates were in force at the time judged at.</summary>
    public static readonly StatusCode IdentitySignatureInsideValidity = Identity(StatusKind.Success, "cawg.x509.signature.inside_validity", "Identity 1.3 §8.2.2", "The identity's certificates were in force at the time judged at.");
    /// <summary>The identity's certificates were not in force at the time judged at.</summary>
    public static readonly StatusCode IdentitySignatureOutsideValidity = Identity(StatusKind.Failure, "cawg.x509.signature.outside_validity", "Identity 1.3 §8.2.2", "The identity's certificates were not in force at the time judged at.");
    /// <summary>A list for identities vouches for the certificate.</summary>
    public static readonly StatusCode IdentityCredentialTrusted = Identity(StatusKind.Success, "cawg.x509.credential.trusted", "Identity 1.3 §8.2.3", "A list for identities vouches for the certificate.");
    /// <summary>No list for identities vouches for the certificate.</summary>
    public static readonly StatusCode IdentityCredentialUntrusted = Identity(StatusKind.Failure, "cawg.x509.credential.untrusted", "Identity 1.3 §8.2.3", "No list for identities vouches for the certificate.");
    /// <summary>A listed authority made the identity's time stamp.</summary>
    public static readonly StatusCode IdentityTimeStampTrusted = Identity(StatusKind.Success, "cawg.x509.time_stamp.trusted", "Identity 1.3 §8.2.2", "A listed authority made the identity's time stamp.");
    /// <summary>The identity's time stamp fits its signature.</summary>
    public static readonly StatusCode IdentityTimeStampValidated = Identity(StatusKind.Success, "cawg.x509.time_stamp.validated", "Identity 1.3 §8.2.2", "The identity's time stamp fits its signature.");
    /// <summary>The identity's time stamp cannot be read, or is of the older kind.</summary>
    public static readonly StatusCode IdentityTimeStampMalformed = Identity(StatusKind.Informational, "cawg.x509.time_stamp.malformed", "Identity 1.3 §8.2.2", "The identity's time stamp cannot be read, or is of the older kind.");
    /// <summary>The identity's time stamp is on something else.</summary>
    public static readonly StatusCode IdentityTimeStampMismatch = Identity(StatusKind.Informational, "cawg.x509.time_stamp.mismatch", "Identity 1.3 §8.2.2", "The identity's time stamp is on something else.");
    /// <summary>Nobody vouches for the authority of the identity's time stamp.</summary>
    public static readonly StatusCode IdentityTimeStampUntrusted = Identity(StatusKind.Informational, "cawg.x509.time_stamp.untrusted", "Identity 1.3 §8.2.2", "Nobody vouches for the authority of the identity's time stamp.");
    /// <summary>The authority of the identity's time stamp was not in force then.</summary>
    public static readonly StatusCode IdentityTimeStampOutsideValidity = Identity(StatusKind.Informational, "cawg.x509.time_stamp.outside_validity", "Identity 1.3 §8.2.2", "The authority of the identity's time stamp was not in force then.");
    /// <summary>The authority of the identity's time stamp has a certificate that breaks a rule.</summary>
    public static readonly StatusCode IdentityTimeStampCredentialInvalid = Identity(StatusKind.Informational, "cawg.x509.time_stamp.credential_invalid", "Identity 1.3 §8.2.2", "The authority of the identity's time stamp has a certificate that breaks a rule.");
    /// <summary>The identity's certificates were in force when it says to have signed.</summary>
    public static readonly StatusCode IdentityTimeOfSigningInsideValidity = Identity(StatusKind.Informational, "cawg.x509.time_of_signing.inside_validity", "Identity 1.3 §8.2.2", "The identity's certificates were in force when it says to have signed.");
    /// <summary>The identity's certificates were not in force when it says to have signed.</summary>
    public static readonly StatusCode IdentityTimeOfSigningOutsideValidity = Identity(StatusKind.Informational, "cawg.x509.time_of_signing.outside_validity", "Identity 1.3 §8.2.2", "The identity's certificates were not in force when it says to have signed.");
    /// <summary>An authorised answer says that the identity's certificate was not withdrawn.</summary>
    public static readonly StatusCode IdentityOcspNotRevoked = Identity(StatusKind.Success, "cawg.x509.ocsp.not_revoked", "Identity 1.3 §8.2.2", "An authorised answer says that the identity's certificate was not withdrawn.");
    /// <summary>Revocation of the identity's certificate was not checked.</summary>
    public static readonly StatusCode IdentityOcspSkipped = Identity(StatusKind.Informational, "cawg.x509.ocsp.skipped", "Identity 1.3 §8.2.2", "Revocation of the identity's certificate was not checked.");
    /// <summary>The authority of the identity's certificate was asked, and gave no answer that counts.</summary>
    public static readonly StatusCode IdentityOcspInaccessible = Identity(StatusKind.Informational, "cawg.x509.ocsp.inaccessible", "Identity 1.3 §8.2.2", "The authority of the identity's certificate was asked, and gave no answer that counts.");
    /// <summary>The authority does not know the identity's certificate.</summary>
    public static readonly StatusCode IdentityOcspUnknown = Identity(StatusKind.Informational, "cawg.x509.ocsp.unknown", "Identity 1.3 §8.2.2", "The authority does not know the identity's certificate.");
    /// <summary>The aggregator's signature cannot be read.</summary>
    public static readonly StatusCode IcaInvalidCoseSign1 = Identity(StatusKind.Failure, "cawg.ica.invalid_cose_sign1", "Identity 1.3 §8.1.4", "The aggregator's signature cannot be read.");
    /// <summary>The aggregator signed with an algorithm that is not on the list.</summary>
    public static readonly StatusCode IcaInvalidAlgorithm = Identity(StatusKind.Failure, "cawg.ica.invalid_alg", "Identity 1.3 §8.1.4", "The aggregator signed with an algorithm that is not on the list.");
    /// <summary>What the aggregator signed does not say that it is a credential.</summary>
    public static readonly StatusCode IcaInvalidContentType = Identity(StatusKind.Failure, "cawg.ica.invalid_content_type", "Identity 1.3 §8.1.4", "What the aggregator signed does not say that it is a credential.");
    /// <summary>What the aggregator signed is no credential of this kind.</summary>
    public static readonly StatusCode IcaInvalidVerifiableCredential = Identity(StatusKind.Failure, "cawg.ica.invalid_verifiable_credential", "Identity 1.3 §8.1.4", "What the aggregator signed is no credential of this kind.");
    /// <summary>The aggregator is not named by a DID.</summary>
    public static readonly StatusCode IcaInvalidIssuer = Identity(StatusKind.Failure, "cawg.ica.invalid_issuer", "Identity 1.3 §8.1.4", "The aggregator is not named by a DID.");
    /// <summary>The aggregator's DID is of a method that is not supported.</summary>
    public static readonly StatusCode IcaDidUnsupportedMethod = Identity(StatusKind.Failure, "cawg.ica.did_unsupported_method", "Identity 1.3 §8.1.4", "The aggregator's DID is of a method that is not supported.");
    /// <summary>The document with the aggregator's key is not at hand.</summary>
    public static readonly StatusCode IcaDidUnavailable = Identity(StatusKind.Failure, "cawg.ica.did_unavailable", "Identity 1.3 §8.1.4", "The document with the aggregator's key is not at hand.");
    /// <summary>The document with the aggregator's key gives no key that can be used.</summary>
    public static readonly StatusCode IcaInvalidDidDocument = Identity(StatusKind.Failure, "cawg.ica.invalid_did_document", "Identity 1.3 §8.1.4", "The document with the aggregator's key gives no key that can be used.");
    /// <summary>The credential does not fit the aggregator's key.</summary>
    public static readonly StatusCode IcaSignatureMismatch = Identity(StatusKind.Failure, "cawg.ica.signature_mismatch", "Identity 1.3 §8.1.4", "The credential does not fit the aggregator's key.");
    /// <summary>Nobody says that the aggregator is trusted.</summary>
    public static readonly StatusCode IcaUntrustedIssuer = Identity(StatusKind.Informational, "cawg.ica.untrusted_issuer", "Identity 1.3 §8.1.4", "Nobody says that the aggregator is trusted.");
    /// <summary>The aggregator's time stamp fits its signature.</summary>
    public static readonly StatusCode IcaTimeStampValidated = Identity(StatusKind.Success, "cawg.ica.time_stamp.validated", "Identity 1.3 §8.1.4", "The aggregator's time stamp fits its signature.");
    /// <summary>The aggregator's time stamp is none, or on something else.</summary>
    public static readonly StatusCode IcaTimeStampInvalid = Identity(StatusKind.Failure, "cawg.ica.time_stamp.invalid", "Identity 1.3 §8.1.4", "The aggregator's time stamp is none, or on something else.");
    /// <summary>The credential does not say from when on it holds.</summary>
    public static readonly StatusCode IcaValidFromMissing = Identity(StatusKind.Failure, "cawg.ica.valid_from.missing", "Identity 1.3 §8.1.4", "The credential does not say from when on it holds.");
    /// <summary>The credential was used before the day it holds from.</summary>
    public static readonly StatusCode IcaValidFromInvalid = Identity(StatusKind.Failure, "cawg.ica.valid_from.invalid", "Identity 1.3 §8.1.4", "The credential was used before the day it holds from.");
    /// <summary>The credential was used after the day it holds until.</summary>
    public static readonly StatusCode IcaValidUntilInvalid = Identity(StatusKind.Failure, "cawg.ica.valid_until.invalid", "Identity 1.3 §8.1.4", "The credential was used after the day it holds until.");
    /// <summary>How the credential's revocation is told is not supported.</summary>
    public static readonly StatusCode IcaRevocationUnsupported = Identity(StatusKind.Failure, "cawg.ica.revocation.unsupported", "Identity 1.3 §8.1.4", "How the credential's revocation is told is not supported.");
    /// <summary>Where the credential's revocation is told was not looked into.</summary>
    public static readonly StatusCode IcaRevocationUnavailable = Identity(StatusKind.Failure, "cawg.ica.revocation.unavailable", "Identity 1.3 §8.1.4", "Where the credential's revocation is told was not looked into.");
    /// <summary>The credential was issued for something else.</summary>
    public static readonly StatusCode IcaSignerPayloadMismatch = Identity(StatusKind.Failure, "cawg.ica.signer_payload.mismatch", "Identity 1.3 §8.1.4", "The credential was issued for something else.");
    /// <summary>The credential names no identity.</summary>
    public static readonly StatusCode IcaVerifiedIdentitiesMissing = Identity(StatusKind.Failure, "cawg.ica.verified_identities.missing", "Identity 1.3 §8.1.4", "The credential names no identity.");
    /// <summary>An identity in the credential breaks a rule.</summary>
    public static readonly StatusCode IcaVerifiedIdentitiesInvalid = Identity(StatusKind.Failure, "cawg.ica.verified_identities.invalid", "Identity 1.3 §8.1.4", "An identity in the credential breaks a rule.");
    /// <summary>The credential passed every check, and its issuer is trusted.</summary>
    public static readonly StatusCode IcaCredentialValid = Identity(StatusKind.Success, "cawg.ica.credential_valid", "Identity 1.3 §8.1.4", "The credential passed every check, and its issuer is trusted.");

    /// <summary>An incident list of the policy names the certificate, or an authority above it. A code of ours: the standard has no such lists.</summary>
    public static readonly StatusCode CredentialKnownBad = Failure("provenance.signingCredential.knownBad", "ours", "An incident list names the certificate, or an authority above it, as known bad.");

    private static readonly Dictionary<string, StatusCode> ByText = Listed.ToDictionary(code => code.Text, StringComparer.Ordinal);

    /// <summary>Every code, in the order of the standard's tables.</summary>
    public static IReadOnlyList<StatusCode> All => Listed;

    /// <summary>The code with exactly this text; null for any other text, which every verdict treats as a failure.</summary>
    public static StatusCode? Find(string text) => ByText.GetValueOrDefault(text);

    private static StatusCode Success(string text, string clause, string meaning) => Add(new(text, StatusKind.Success, clause, meaning));

    private static StatusCode Informational(string text, string clause, string meaning) => Add(new(text, StatusKind.Informational, clause, meaning));

    private static StatusCode Failure(string text, string clause, string meaning) => Add(new(text, StatusKind.Failure, clause, meaning));

    private static StatusCode Identity(StatusKind kind, string text, string clause, string meaning) => Add(new(text, kind, clause, meaning) { IsAboutIdentity = true });

    private static StatusCode Add(StatusCode code)
    {
        Listed.Add(code);
        return code;
    }
}
