using Provenance.Verifier.Formats;

namespace Provenance.Verifier.Reports;

/// <summary>
/// Metadata in a report: what signers state, and apart from it what unsigned blocks say. Personal data are left out unless asked for; what was
/// left out is named by its kind.
/// </summary>
internal static class ReportMetadataJson
{
    private const int ListLength = 96 << 10, ShortListLength = 16 << 10;

    public static void Write(ReportWriter json, VerificationReport report, PersonalData shown)
    {
        json.Open("signedMetadata");
        json.List("statements", report.SignedMetadata.Where(statement => PersonalDataRule.IsShown(statement.Privacy, shown)), statement => WriteStatement(json, statement), length: ListLength);
        json.Texts("hidden", Hidden(report.SignedMetadata.Select(statement => statement.Privacy), shown));
        json.Close();
        if (report.Metadata is not { } metadata)
        {
            json.Null("metadata");
            return;
        }
        json.Open("metadata");
        json.List("fields", metadata.Fields.Where(field => PersonalDataRule.IsShown(field.Privacy, shown)), field => WriteField(json, field), length: ListLength);
        json.List("marks", metadata.Marks, mark => WriteMark(json, mark), length: ShortListLength);
        json.List("unreadable", metadata.Unreadable, block => WriteUnreadable(json, block), length: ShortListLength);
        json.Texts("hidden", Hidden(metadata.Fields.Select(field => field.Privacy), shown));
        json.Close();
    }

    private static IEnumerable<string> Hidden(IEnumerable<MetadataPrivacy> there, PersonalData shown) => there.Where(privacy => !PersonalDataRule.IsShown(privacy, shown)).Distinct().Order().Select(Privacy);

    private static void WriteStatement(ReportWriter json, MetadataStatement statement)
    {
        json.Open();
        json.Text("key", statement.Key.Name);
        json.Text("value", statement.Value);
        json.Time("time", statement.Time?.Exact);
        json.Text("property", statement.Property);
        json.Flag("created", statement.IsCreated);
        json.Text("uri", statement.Uri);
        json.Text("manifest", statement.Manifest);
        json.Flag("ofIngredient", statement.OfIngredient);
        json.Close();
    }

    private static void WriteField(ReportWriter json, MetadataField field)
    {
        json.Open();
        json.Text("key", field.Key.Name);
        json.Text("value", field.Value);
        json.Time("time", field.Time?.Exact);
        json.Text("block", Block(field.Block));
        json.Text("coverage", Coverage(field.Coverage));
        json.Close();
    }

    private static void WriteMark(ReportWriter json, GeneratorMark mark)
    {
        json.Open();
        json.Text("generator", mark.Generator);
        json.Text("evidence", mark.Evidence);
        json.Text("block", Block(mark.Block));
        json.Text("coverage", Coverage(mark.Coverage));
        json.Flag("saysAi", mark.SaysAi);
        json.Close();
    }

    private static void WriteUnreadable(ReportWriter json, UnreadableBlock block)
    {
        json.Open();
        json.Text("block", Block(block.Block));
        json.Text("reason", Reason(block.Reason));
        json.Text("detail", block.Detail);
        json.Close();
    }

    public static string Block(MetadataBlockKind kind) => kind switch
    {
        MetadataBlockKind.Exif => "exif",
        MetadataBlockKind.Xmp => "xmp",
        MetadataBlockKind.Iptc => "iptc",
        MetadataBlockKind.ColourProfile => "colour-profile",
        MetadataBlockKind.PngText => "png-text",
        _ => "comment",
    };

    public static string Coverage(FieldCoverage coverage) => coverage switch
    {
        FieldCoverage.Covered => "covered",
        FieldCoverage.PartlyCovered => "partly-covered",
        FieldCoverage.NotCovered => "not-covered",
        _ => "not-established",
    };

    public static string Reason(UnreadableReason reason) => reason switch
    {
        UnreadableReason.Malformed => "malformed",
        UnreadableReason.TooLarge => "too-large",
        UnreadableReason.TooMany => "too-many",
        _ => "too-costly",
    };

    public static string Privacy(MetadataPrivacy privacy) => privacy switch
    {
        MetadataPrivacy.Location => "location",
        MetadataPrivacy.Device => "device",
        MetadataPrivacy.Owner => "owner",
        _ => "open",
    };
}
