using Provenance.Verifier.Jumbf;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Status;

namespace Provenance.Tests.Rules;

/// <summary>Which box a code is about (C2PA 2.5 Appendix D, column "url").</summary>
internal enum FindingPlace
{
    Assertion,
    AssertionStore,

    /// <summary>The claim box; the manifest or the store where there is no one claim to point to.</summary>
    Claim,

    Signature,
}

/// <summary>The column of Appendix D, written down a second time.</summary>
internal static class FindingPlaces
{
    /// <summary>Whether a finding points to a box that its code may be about.</summary>
    public static bool Fit(Finding finding) => PlaceOf(finding.Uri) is { } place && Of(finding.Code.Text).Contains(place);

    private static FindingPlace[] Of(string code) => code switch
    {
        "assertion.missing" or "assertion.outsideManifest" or "assertion.selfRedacted" => [FindingPlace.Claim],
        "assertion.multipleHardBindings" => [FindingPlace.AssertionStore],
        "algorithm.unsupported" => [FindingPlace.Claim, FindingPlace.Assertion],
        // The reference may stand in the claim itself: its icon.
        "hashedURI.missing" or "hashedURI.mismatch" or "assertion.redacted" => [FindingPlace.Assertion, FindingPlace.Claim],
        _ => code.Split('.')[0] switch
        {
            "cawg" => [FindingPlace.Assertion],
            "claim" or "manifest" => [FindingPlace.Claim],
            "claimSignature" or "signingCredential" or "timeStamp" or "timeOfSigning" => [FindingPlace.Signature],
            _ => [FindingPlace.Assertion],
        },
    };

    private static FindingPlace? PlaceOf(string? uri) => JumbfUri.Parse(uri) switch
    {
        { Path: [Manifest.AssertionStoreLabel, _] } => FindingPlace.Assertion,
        { Path: [Manifest.AssertionStoreLabel] } => FindingPlace.AssertionStore,
        { Path: [Manifest.SignatureLabel] } => FindingPlace.Signature,
        { Path: [] or [Claim.Label1 or Claim.Label2] } => FindingPlace.Claim,
        null when uri == JumbfUri.StoreUri => FindingPlace.Claim,
        _ => null,
    };
}
