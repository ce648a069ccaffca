using System.Text.Json;
using System.Text.Unicode;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Manifests.Assertions;
using Provenance.Verifier.Status;

namespace Provenance.Verifier.Checks;

/// <summary>Standard assertions are written as their clause says and follow its rules (C2PA 2.5 §14.10.4, step 4 onwards).</summary>
internal static class AssertionContentCheck
{
    private static readonly string[] CborLabels =
    [
        AssertionLabels.Actions, AssertionLabels.Ingredient, AssertionLabels.DataHash, AssertionLabels.BoxesHash, AssertionLabels.BmffHash,
        AssertionLabels.CollectionHash, AssertionLabels.SegmentHash, AssertionLabels.MultiAssetHash, AssertionLabels.SoftBinding,
        AssertionLabels.CloudData, AssertionLabels.ExternalReference, AssertionLabels.LinkedResources, AssertionLabels.AlternativeContent,
        AssertionLabels.CertificateStatus, AssertionLabels.TimeStamp,
    ];

    public static void Run(VerificationRun run, ManifestResult result)
    {
        foreach (var claimed in result.Assertions.Where(claimed => claimed is { Matches: true, Assertion: not null }))
        {
            var assertion = claimed.Assertion!;
            // What others than the standard keep in a box is theirs: it is hashed, and not read (§14.10.4.1).
            if (!IsStandard(assertion.Label))
                continue;
            if (assertion.Encoding == AssertionEncoding.Json)
                CheckJson(run, result, assertion);
            if ((assertion.Encoding == AssertionEncoding.Cbor || CborLabels.Contains(assertion.Label.Base)) && Cbor(result, assertion) is { } value)
                CheckRules(run, result, claimed, value);
        }
    }

    /// <summary>The CBOR content, or null with a finding: once, because every check that reads it asks here.</summary>
    public static CborValue? Cbor(ManifestResult result, Assertion assertion)
    {
        if (result.Unreadable.Contains(assertion))
            return null;
        try
        {
            if (assertion.Encoding == AssertionEncoding.Cbor)
                return assertion.Cbor();
            Report("the assertion is CBOR, its box says otherwise");
        }
        catch (MalformedDataException fault) when (fault is not LimitExceededException)
        {
            Report(fault.Message);
        }
        return null;

        void Report(string explanation)
        {
            result.Unreadable.Add(assertion);
            result.Findings.Add(StatusCodes.AssertionCborInvalid, result.Manifest.UriOf(assertion), explanation);
        }
    }

    private static void CheckJson(VerificationRun run, ManifestResult result, Assertion assertion)
    {
        string? fault;
        try
        {
            fault = JsonFault(assertion.Json().Span, run.Limits);
        }
        catch (MalformedDataException malformed)
        {
            fault = malformed.Message;
        }
        if (fault is not null)
            result.Findings.Add(StatusCodes.AssertionJsonInvalid, result.Manifest.UriOf(assertion), fault);
    }

    /// <summary>Why the text is no JSON (RFC 8259); null if it is.</summary>
    private static string? JsonFault(ReadOnlySpan<byte> text, Limits limits)
    {
        if (!Utf8.IsValid(text))
            return "no UTF-8 (RFC 8259 §8.1)";
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = limits.JsonDepth });
        try
        {
            while (reader.Read())
            {
            }
            return null;
        }
        catch (JsonException fault)
        {
            return $"no JSON from byte {fault.BytePositionInLine} of line {fault.LineNumber} on (RFC 8259)";
        }
    }

    private static void CheckRules(VerificationRun run, ManifestResult result, ClaimedAssertion claimed, CborValue value)
    {
        var assertion = claimed.Assertion!;
        string uri = result.Manifest.UriOf(assertion);
        if (value["metadata"] is { Kind: CborKind.Map } metadata
            && DateText.Parse(ClaimedTime.Read(metadata["processStart"])?.Text) is { } start && DateText.Parse(ClaimedTime.Read(metadata["processEnd"])?.Text) is { } end && start > end)
            result.Findings.Add(StatusCodes.AssertionMetadataMalformed, uri, "processEnd lies before processStart (§16.9.1.9)");
        switch (assertion.Label.Base)
        {
            case AssertionLabels.TimeStamp when value.Kind != CborKind.Map || value.Entries.Count == 0:
                result.Findings.Add(StatusCodes.TimestampAssertionMalformed, uri, "a map from manifest to time stamp with at least one entry expected");
                break;
            case AssertionLabels.CloudData:
                CheckCloudData(result, value, uri);
                break;
            case AssertionLabels.ExternalReference:
                CheckExternalReference(result, value, uri);
                break;
            case AssertionLabels.LinkedResources:
                LinkedResourceCheck.Run(run, result, claimed, value);
                break;
        }
    }

    /// <summary>Data kept elsewhere: { label, size, location: { url, alg, hash } } (§14.10.4.2.1). Nothing is fetched, so of the location nothing is asked.</summary>
    private static void CheckCloudData(ManifestResult result, CborValue value, string uri)
    {
        if (value["label"]?.Text is not { Length: > 0 } text || value["size"] is null or { IsNull: true } || value["location"] is null or { IsNull: true })
        {
            result.Findings.Add(StatusCodes.CloudDataMalformed, uri, "label, size and location expected");
            return;
        }
        var label = AssertionLabel.Parse(text);
        if (AssertionLabels.IsHardBinding(label) || label.Base == AssertionLabels.MultiAssetHash)
            result.Findings.Add(StatusCodes.CloudDataHardBinding, uri, $"'{text}' may not be kept elsewhere");
        else if (label.Base == AssertionLabels.Actions && result.Manifest.Kind == ManifestKind.Update)
            result.Findings.Add(StatusCodes.CloudDataActions, uri, "actions of an update manifest may not be kept elsewhere");
        else if (label.Base is AssertionLabels.Actions or AssertionLabels.CloudData or AssertionLabels.Ingredient)
            result.Findings.Add(StatusCodes.CloudDataMalformed, uri, $"'{text}' may not be kept elsewhere");
    }

    /// <summary>A pointer to outside data: { location: { url, ?alg, ?hash } } (§14.10.4.2.2). Nothing is fetched.</summary>
    private static void CheckExternalReference(ManifestResult result, CborValue value, string uri)
    {
        var location = value["location"];
        if (location?["url"]?.Text is not { Length: > 0 })
            result.Findings.Add(StatusCodes.ExternalReferenceMalformed, uri, "location.url is missing");
        else if (location["alg"] is null != location["hash"] is null)
            result.Findings.Add(StatusCodes.ExternalReferenceMalformed, uri, "alg and hash stand together or not at all");
        else if (value["label"]?.Text is { } text && AssertionLabel.Parse(text) is var label
            && (AssertionLabels.IsHardBinding(label) || label.Base is AssertionLabels.Actions or AssertionLabels.Ingredient or AssertionLabels.MultiAssetHash or AssertionLabels.CloudData
                or AssertionLabels.ExternalReference))
            result.Findings.Add(StatusCodes.ExternalReferenceMalformed, uri, $"'{text}' may not be kept elsewhere");
    }

    /// <summary>Assertions of this standard; "stds." are those that versions before 2.0 took from others (Appendix E).</summary>
    private static bool IsStandard(AssertionLabel label) =>
        label.Base.StartsWith("c2pa.", StringComparison.Ordinal) || label.Base.StartsWith("font.", StringComparison.Ordinal) || label.Base.StartsWith("stds.", StringComparison.Ordinal);
}
