using System.Globalization;
using Provenance.Verifier.Manifests.Assertions;
using Provenance.Verifier.Reports;

namespace Provenance.Verifier.History;

/// <summary>
/// The history in the JSON report: "timeline", "sources", "hops" and "conflicts". What an event or source has nothing of is left out, so
/// that a plain file pays little; each list ends where its share of the report does.
/// </summary>
internal static class HistoryJson
{
    private const int TimelineLength = 128 << 10, SourcesLength = 64 << 10, HopsLength = 32 << 10, ConflictsLength = 32 << 10;

    /// <summary>Characters of one text: a description of 4,096 would leave no room for the others.</summary>
    private const int TextLength = 1024;

    /// <summary>Characters of a list inside of one entry, so that one event does not take the place of a thousand.</summary>
    private const int InnerLength = 4 << 10;

    public static void Write(ReportWriter json, EditHistory history)
    {
        json.List("timeline", history.Timeline, item => WriteEvent(json, item), TimelineLength);
        json.List("sources", history.Sources, node => WriteNode(json, node), SourcesLength);
        json.List("hops", history.Renditions, run => WriteRun(json, run), HopsLength);
        json.List("conflicts", history.Conflicts, conflict => WriteConflict(json, conflict), ConflictsLength);
    }

    private static void WriteEvent(ReportWriter json, HistoryEvent item)
    {
        json.Open();
        json.Text("kind", KindName(item.Kind));
        json.Text("manifest", item.Manifest.Label);
        json.Text("uri", item.Uri, TextLength);
        if (item.Kind == HistoryEventKind.Signing)
        {
            var time = item.Manifest.Time;
            json.Time("proven", time.IsListed ? time.Proven : null);
            json.Time("claimed", time.IsListed ? time.Claimed : time.Proven ?? time.Claimed);
            json.Text("signer", item.Manifest.Signer?.DisplayName);
            json.Text("state", StateName(CredentialStates.Of(item.Manifest.Facts)));
            json.Flag("allActionsIncluded", item.AllActionsIncluded);
            json.Close();
            return;
        }
        json.Text("list", item.IsCreated ? "created" : "gathered");
        if (item.State is { } state)
            json.Text("state", StateName(state));
        Optional(json, "name", item.Name);
        if (item.IsRelated)
            json.Flag("related", true);
        Optional(json, "agent", item.Agent);
        Texts(json, "actors", item.Actors);
        WriteTime(json, "when", item.When);
        WriteTime(json, "start", item.Start);
        WriteTime(json, "end", item.End);
        Optional(json, "digitalSourceType", item.DigitalSourceType);
        Optional(json, "description", item.Description);
        Optional(json, "reason", item.Reason);
        Optional(json, "changed", item.Changed);
        if (item.Regions.Count > 0)
            json.List("regions", item.Regions, region => WriteRegion(json, region), InnerLength);
        if (item.MultipleInstances is { } multiple)
            json.Flag("multipleInstances", multiple);
        Optional(json, "instanceId", item.InstanceId);
        Optional(json, "sourceLanguage", item.SourceLanguage);
        Optional(json, "targetLanguage", item.TargetLanguage);
        if (item.Ingredients.Count > 0)
            json.Texts("ingredients", item.Ingredients.Select(ingredient => ingredient.Uri), InnerLength);
        Optional(json, "redacted", item.Redacted);
        json.Close();
    }

    private static void WriteNode(ReportWriter json, SourceNode node)
    {
        json.Open();
        if (node.Parent is { } parent)
            json.Number("parent", parent);
        else
            json.Null("parent");
        json.Text("state", StateName(node.State));
        json.Text("manifest", node.Manifest?.Label);
        if (node.Ingredient is { } ingredient)
        {
            json.Text("uri", ingredient.Uri, TextLength);
            json.Text("relationship", ingredient.Relationship);
            json.Text("list", ingredient.IsCreated ? "created" : "gathered");
            Optional(json, "digitalSourceType", ingredient.DigitalSourceType);
            Texts(json, "recordedFailures", ingredient.RecordedFailures ?? []);
        }
        Optional(json, "title", node.Title);
        Optional(json, "format", node.Format);
        if (node.IsShownAbove)
            json.Flag("shownAbove", true);
        if (node.IsRendition)
            json.Flag("rendition", true);
        if (node.Thumbnail is { } thumbnail)
        {
            json.Open("thumbnail");
            json.Text("uri", thumbnail.Uri, TextLength);
            json.Text("mediaType", thumbnail.MediaType);
            json.Number("length", thumbnail.Bytes.Length);
            json.Close();
        }
        json.Close();
    }

    private static void WriteRun(ReportWriter json, RenditionRun run)
    {
        json.Open();
        json.Text("origin", run.Origin.Label);
        json.Texts("manifests", run.Steps.Select(step => step.Label), InnerLength);
        json.Texts("actions", run.Actions, InnerLength);
        json.Close();
    }

    private static void WriteConflict(ReportWriter json, HistoryConflict conflict)
    {
        json.Open();
        json.Text("kind", KindName(conflict.Kind));
        json.List("evidence", conflict.Evidence, evidence =>
        {
            json.Open();
            json.Text("kind", KindName(evidence.Kind));
            json.Text("value", evidence.Value, TextLength);
            json.Text("manifest", evidence.Manifest?.Label);
            json.Text("uri", evidence.Uri, TextLength);
            json.Close();
        });
        json.Close();
    }

    private static void WriteTime(ReportWriter json, string name, ClaimedTime? time)
    {
        if (time is null)
            return;
        json.Open(name);
        json.Text("value", time.Text, TextLength);
        json.Text("bound", time.Bound switch
        {
            TimeBound.Lower => "not-before",
            TimeBound.Upper => "not-after",
            _ => "exact",
        });
        json.Close();
    }

    private static void WriteRegion(ReportWriter json, RegionOfInterest region)
    {
        json.Open();
        Optional(json, "name", region.Name);
        Optional(json, "type", region.Type);
        Optional(json, "role", region.Role);
        Optional(json, "description", region.Description);
        json.List("ranges", region.Ranges, range => WriteRange(json, range), InnerLength);
        json.Close();
    }

    private static void WriteRange(ReportWriter json, RegionRange range)
    {
        json.Open();
        json.Text("type", range.Type, TextLength);
        if (range.Shape is { } shape)
        {
            Optional(json, "shape", shape.Type);
            Optional(json, "unit", shape.Unit);
            if (shape.Origin is { } origin)
            {
                json.Text("x", Digits(origin.X));
                json.Text("y", Digits(origin.Y));
            }
            if (shape.Width is { } width)
                json.Text("width", Digits(width));
            if (shape.Height is { } height)
                json.Text("height", Digits(height));
            if (!shape.Inside)
                json.Flag("inside", false);
        }
        if (range.Time is { } time)
        {
            Optional(json, "clock", time.Type);
            Optional(json, "start", time.Start);
            Optional(json, "end", time.End);
        }
        if (range.Frames is { } frames)
        {
            if (frames.Start is { } first)
                json.Number("firstFrame", first);
            if (frames.End is { } last)
                json.Number("lastFrame", last);
        }
        if (range.Item is { } item)
        {
            Optional(json, "identifier", item.Identifier);
            Optional(json, "value", item.Value);
        }
        json.Close();
    }

    /// <summary>A number as written down by a signer: neither an infinity nor 300 digits are one in JSON.</summary>
    private static string Digits(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static void Optional(ReportWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            json.Text(name, value, TextLength);
    }

    private static void Texts(ReportWriter json, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
            json.Texts(name, values, InnerLength);
    }

    private static string KindName(HistoryEventKind kind) => kind switch
    {
        HistoryEventKind.Action => "action",
        HistoryEventKind.Ingredient => "ingredient",
        HistoryEventKind.Redaction => "redaction",
        HistoryEventKind.SoftBinding => "soft-binding",
        HistoryEventKind.Withheld => "withheld",
        _ => "signing",
    };

    private static string KindName(ConflictKind kind) => kind switch
    {
        ConflictKind.CaptureBesideAi => "capture-beside-ai",
        ConflictKind.CaptureOverAi => "capture-over-ai",
        ConflictKind.CaptureBesideComposite => "capture-beside-composite",
        ConflictKind.TimeAfterSigning => "time-after-signing",
        ConflictKind.TimeBeforeSource => "time-before-source",
        ConflictKind.FormatDiffers => "format-differs",
        ConflictKind.CaptionDiffers => "caption-differs",
        _ => "capture-far-from-signing",
    };

    private static string KindName(EvidenceKind kind) => kind switch
    {
        EvidenceKind.Stated => "stated",
        EvidenceKind.ProvenTime => "proven-time",
        EvidenceKind.ClaimedSigningTime => "claimed-signing-time",
        EvidenceKind.Bytes => "bytes",
        _ => "unsigned-metadata",
    };

    private static string StateName(CredentialState state) => state switch
    {
        CredentialState.None => "none",
        CredentialState.NotChecked => "not-checked",
        CredentialState.Missing => "missing",
        CredentialState.NotAsSeen => "not-as-seen",
        CredentialState.Changed => "changed",
        CredentialState.Revoked => "revoked",
        CredentialState.KnownBad => "known-bad",
        CredentialState.AgainstRules => "against-rules",
        CredentialState.TimeUnproven => "time-unproven",
        CredentialState.IssuerUnknown => "issuer-unknown",
        CredentialState.IssuerNotLookedUp => "issuer-not-looked-up",
        CredentialState.IssuerKnownToOlderList => "issuer-known-to-older-list",
        _ => "issuer-known",
    };
}
