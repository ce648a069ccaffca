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
        var hidden = new HiddenKinds(shown);
        json.List("statements", report.SignedMetadata.Where(statement => hidden.LetsPass(statement.Privacy)), statement => WriteStatement(json, statement), length: ListLength);
        json.Texts("hidden", hidden.Names());
        json.Close();
        if (report.Metadata is not { } metadata)
        {
            json.Null("metadata");
            return;
        }
        json.Open("metadata");
        hidden = new HiddenKinds(shown);
        json.List("fields", metadata.Fields.Where(field => hidden.LetsPass(field.Privacy)), field => WriteField(json, field), length: ListLength);
        json.List("marks", metadata.Marks, mark => WriteMark(json, mark), length: ShortListLength);
        json.List("unreadable", metadata.Unreadable, block => WriteUnreadable(json, block), length: ShortListLength);
        json.Texts("hidden", hidden.Names());
        json.Close();
    }

    /// <summary>Keeps back what is not to be shown, and remembers of which kinds it was. No set of an enum: that would be compiled at each start.</summary>
    private sealed class HiddenKinds(PersonalData shown)
    {
        private bool _location, _device, _owner;

        public bool LetsPass(MetadataPrivacy privacy)
        {
            if (PersonalDataRule.IsShown(privacy, shown))
                return true;
            _location |= privacy == MetadataPrivacy.Location;
            _device |= privacy == MetadataPrivacy.Device;
            _owner |= privacy == MetadataPrivacy.Owner;
            return false;
        }

        public IEnumerable<string> Names()
        {
            if (_location)
                yield return Privacy(MetadataPrivacy.Location);
            if (_device)
                yield return Privacy(MetadataPrivacy.Device);
            if (_owner)
                yield return Privacy(MetadataPrivacy.Owner);
        }
    }

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
