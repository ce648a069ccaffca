using System.Globalization;

namespace Provenance.Verifier.Reports;

/// <summary>
/// The properties of XMP's schemas that reports show, by their customary names: one table for the packets in files and for the signed
/// assertions, which name them alike.
/// </summary>
internal static class MetadataProperties
{
    private static readonly Dictionary<string, MetadataKey> Keys = new(StringComparer.OrdinalIgnoreCase)
    {
        // CIPA DC-010 (Exif metadata for XMP); Truepic and Nikon sign them under these names too.
        ["tiff:Make"] = MetadataKey.CameraMake,
        ["exif:Make"] = MetadataKey.CameraMake,
        ["tiff:Model"] = MetadataKey.CameraModel,
        ["exif:Model"] = MetadataKey.CameraModel,
        ["exifEX:LensModel"] = MetadataKey.CameraLens,
        ["exif:LensModel"] = MetadataKey.CameraLens,
        ["aux:Lens"] = MetadataKey.CameraLens,
        ["exif:ExposureTime"] = MetadataKey.CameraExposure,
        ["exif:FNumber"] = MetadataKey.CameraAperture,
        ["exifEX:PhotographicSensitivity"] = MetadataKey.CameraIso,
        ["exif:ISOSpeedRatings"] = MetadataKey.CameraIso,
        ["exif:FocalLength"] = MetadataKey.CameraFocalLength,
        ["exif:DateTimeOriginal"] = MetadataKey.TimeOriginal,
        ["photoshop:DateCreated"] = MetadataKey.TimeOriginal,
        ["exif:DateTimeDigitized"] = MetadataKey.TimeDigitized,
        ["xmp:CreateDate"] = MetadataKey.TimeDigitized,
        ["xmp:ModifyDate"] = MetadataKey.TimeModified,
        ["tiff:DateTime"] = MetadataKey.TimeModified,
        ["exif:GPSTimeStamp"] = MetadataKey.TimeGps,
        ["exif:GPSLatitude"] = MetadataKey.LocationLatitude,
        ["exif:GPSLongitude"] = MetadataKey.LocationLongitude,
        ["exif:GPSAltitude"] = MetadataKey.LocationAltitude,
        ["exifEX:BodySerialNumber"] = MetadataKey.DeviceSerial,
        ["aux:SerialNumber"] = MetadataKey.DeviceSerial,
        ["exifEX:LensSerialNumber"] = MetadataKey.DeviceLensSerial,
        ["aux:LensSerialNumber"] = MetadataKey.DeviceLensSerial,
        ["exifEX:CameraOwnerName"] = MetadataKey.OwnerName,
        ["aux:OwnerName"] = MetadataKey.OwnerName,
        ["exif:UserComment"] = MetadataKey.CaptionComment,

        // ISO 16684-1.
        ["xmp:CreatorTool"] = MetadataKey.Software,
        ["tiff:Software"] = MetadataKey.Software,
        ["xmpMM:History"] = MetadataKey.SoftwareHistory,
        ["dc:title"] = MetadataKey.CaptionTitle,
        ["dc:description"] = MetadataKey.CaptionDescription,
        ["tiff:ImageDescription"] = MetadataKey.CaptionDescription,
        ["dc:subject"] = MetadataKey.CaptionKeywords,
        ["dc:creator"] = MetadataKey.Creator,
        ["tiff:Artist"] = MetadataKey.Creator,
        ["dc:source"] = MetadataKey.Source,
        ["dc:rights"] = MetadataKey.Rights,
        ["tiff:Copyright"] = MetadataKey.Rights,
        ["xmpRights:UsageTerms"] = MetadataKey.RightsTerms,
        ["xmpRights:WebStatement"] = MetadataKey.RightsUrl,

        // IPTC Photo Metadata Standard 2025.1, PLUS.
        ["photoshop:Headline"] = MetadataKey.CaptionHeadline,
        ["photoshop:Credit"] = MetadataKey.Credit,
        ["photoshop:Source"] = MetadataKey.Source,
        ["photoshop:City"] = MetadataKey.LocationName,
        ["photoshop:State"] = MetadataKey.LocationName,
        ["photoshop:Country"] = MetadataKey.LocationName,
        ["Iptc4xmpCore:Location"] = MetadataKey.LocationName,
        ["Iptc4xmpCore:CountryCode"] = MetadataKey.LocationName,
        ["Iptc4xmpExt:LocationCreated"] = MetadataKey.LocationName,
        ["Iptc4xmpExt:LocationShown"] = MetadataKey.LocationName,
        ["Iptc4xmpExt:DigitalSourceType"] = MetadataKey.SourceType,
        ["Iptc4xmpExt:DigitalSourcefileType"] = MetadataKey.SourceType,
        ["Iptc4xmpExt:AISystemUsed"] = MetadataKey.GeneratorName,
        ["Iptc4xmpExt:AISystemVersionUsed"] = MetadataKey.GeneratorModel,
        ["Iptc4xmpExt:AIPromptInformation"] = MetadataKey.GeneratorPrompt,
        ["plus:DataMining"] = MetadataKey.RightsDataMining,

        // TC260-PG-20258A: how GB 45438 labels generated content in a file.
        ["TC260:AIGC"] = MetadataKey.GeneratorLabel,
    };

    /// <summary>The namespaces of the table, by their customary prefix.</summary>
    public static IReadOnlyDictionary<string, string> Prefixes { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["http://ns.adobe.com/tiff/1.0/"] = "tiff",
        ["http://ns.adobe.com/exif/1.0/"] = "exif",
        ["http://cipa.jp/exif/1.0/"] = "exifEX",
        ["http://cipa.jp/exif/2.32/"] = "exifEX",
        ["http://ns.adobe.com/exif/1.0/aux/"] = "aux",
        ["http://ns.adobe.com/xap/1.0/"] = "xmp",
        ["http://ns.adobe.com/xap/1.0/mm/"] = "xmpMM",
        ["http://ns.adobe.com/xap/1.0/rights/"] = "xmpRights",
        ["http://purl.org/dc/elements/1.1/"] = "dc",
        ["http://ns.adobe.com/photoshop/1.0/"] = "photoshop",
        ["http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"] = "Iptc4xmpCore",
        ["http://iptc.org/std/Iptc4xmpExt/2008-02-29/"] = "Iptc4xmpExt",
        ["http://ns.useplus.org/ldf/xmp/1.0/"] = "plus",
        ["http://www.tc260.org.cn/ns/AIGC/1.0/"] = "TC260",
    };

    /// <summary>The key of a property, for instance "exif:GPSLatitude"; null where reports do not show it. Writers differ in upper and lower case.</summary>
    public static MetadataKey? KeyOf(string property) => Keys.GetValueOrDefault(property);

    /// <summary>
    /// A value as reports show it: degrees as one number with a sign, whatever way they are written; all else as it is, cut at
    /// <see cref="MetadataField.ValueLength"/>.
    /// </summary>
    public static string ValueOf(MetadataKey key, string value)
    {
        if ((key == MetadataKey.LocationLatitude || key == MetadataKey.LocationLongitude) && Degrees(value) is { } degrees)
            return degrees.ToString("0.######", CultureInfo.InvariantCulture);
        return Cut(value.Trim(' ', '\0', '\r', '\n', '\t'));
    }

    /// <summary>A text of at most <see cref="MetadataField.ValueLength"/> characters, "…" included.</summary>
    public static string Cut(string value)
    {
        if (value.Length <= MetadataField.ValueLength)
            return value;
        int length = MetadataField.ValueLength - 1;
        return string.Concat(value.AsSpan(0, char.IsHighSurrogate(value[length - 1]) ? length - 1 : length), "…");
    }

    /// <summary>The time a value tells, for keys that tell times.</summary>
    public static MetadataTime? TimeOf(MetadataKey key, string value) => key.Name.StartsWith("time.", StringComparison.Ordinal) ? MetadataTimeText.Parse(value) : null;

    /// <summary>"39,21.102N", "39,21,6.12N" (CIPA DC-010), or degrees with a fraction.</summary>
    private static double? Degrees(string value)
    {
        var text = value.AsSpan().Trim();
        if (text.IsEmpty)
            return null;
        double sign = text[^1] is 'S' or 'W' or 's' or 'w' ? -1 : 1;
        if (text[^1] is 'N' or 'S' or 'E' or 'W' or 'n' or 's' or 'e' or 'w')
            text = text[..^1];
        double degrees = 0, unit = 1;
        foreach (var part in text.Split(','))
        {
            // A part with a sign of its own is degrees alone.
            if (unit < 1.0 / 3600 || !double.TryParse(text[part], NumberStyles.AllowDecimalPoint | (unit == 1 ? NumberStyles.AllowLeadingSign : 0), CultureInfo.InvariantCulture, out double number))
                return null;
            degrees += number * unit;
            unit /= 60;
        }
        return double.IsFinite(degrees) && Math.Abs(degrees) <= 360 ? sign * degrees : null;
    }
}
