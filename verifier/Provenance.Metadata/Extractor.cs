using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Xml.Linq;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Icc;
using MetadataExtractor.Formats.Iptc;
using MetadataExtractor.IO;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Reports;
using XmpCore;

namespace Provenance.Metadata;

/// <summary>
/// The one file that knows MetadataExtractor and its XmpCore. They are given what <see cref="ExifCut"/>, <see cref="IptcCut"/>,
/// <see cref="ProfileCut"/> and <see cref="XmpCut"/> made, never a block as a file has it; whatever they throw all the same, they could not
/// read the block.
/// </summary>
internal static class Extractor
{
    /// <summary>The tags of a structure that <see cref="ExifCut"/> laid.</summary>
    /// <exception cref="MalformedDataException">It could not be read.</exception>
    public static IReadOnlyList<MetadataEntry> Exif(byte[] structure) => Guard("EXIF", () =>
    {
        var directories = new ExifReader().Extract(new ByteArrayReader(structure));
        var entries = new List<MetadataEntry>();
        var position = directories.OfType<GpsDirectory>().FirstOrDefault();
        foreach (var tag in ExifTag.All)
        {
            MetadataExtractor.Directory? directory = tag.Directory switch
            {
                ExifDirectory.Main => directories.OfType<ExifIfd0Directory>().FirstOrDefault(),
                ExifDirectory.Camera => directories.OfType<ExifSubIfdDirectory>().FirstOrDefault(),
                _ => position,
            };
            if (tag.Key is not null && directory?.ContainsTag(tag.Number) == true && TextOf(directory, tag) is { Length: > 0 } text)
                entries.Add(new("EXIF " + tag.Name, text));
        }
        return entries;
    });

    /// <summary>The datasets that <see cref="IptcCut"/> left.</summary>
    /// <exception cref="MalformedDataException">They could not be read.</exception>
    public static IReadOnlyList<MetadataEntry> Iptc(byte[] datasets) => Guard("IPTC-IIM", () =>
    {
        var directory = new IptcReader().Extract(new SequentialByteArrayReader(datasets), datasets.Length);
        var entries = new List<MetadataEntry>();
        foreach (var dataset in IptcCut.Datasets)
        {
            var (number, name, _) = dataset;
            if (!directory.ContainsTag(number))
                continue;
            // CCYYMMDD and HHMMSS±HHMM (IPTC-IIM 4.2, datasets 2:55 and 2:60).
            if (number == IptcCut.DateCreated)
                entries.Add(new("IPTC " + name, DateOf(directory.GetString(number) ?? "", directory.GetString(IptcCut.TimeCreated) ?? "")));
            else
                entries.AddRange((directory.GetStringArray(number) ?? []).Select(value => new MetadataEntry("IPTC " + name, value)));
        }
        return entries;
    });

    /// <summary>The name in a profile that <see cref="ProfileCut"/> made.</summary>
    /// <exception cref="MalformedDataException">It could not be read.</exception>
    public static IReadOnlyList<MetadataEntry> Profile(byte[] profile) => Guard("ICC profile", () =>
    {
        var directory = new IccReader().Extract(new ByteArrayReader(profile));
        return directory.GetDescription(ProfileCut.DescriptionTag) is { } name && FirstOf(name).Trim('\0', ' ') is { Length: > 0 } text
            ? new List<MetadataEntry> { new("ICC description", text) }
            : [];
    });

    /// <summary>"2 enUS(a name) deDE(ein Name)", as the library tells a name in several languages: the first.</summary>
    private static string FirstOf(string names)
    {
        int open = names.IndexOf('(', StringComparison.Ordinal), close = names.IndexOf(')', StringComparison.Ordinal);
        bool isSeveral = open >= 6 && close > open && names[open - 5] == ' ' && !names.AsSpan(0, open - 5).ContainsAnyExceptInRange('0', '9');
        return isSeveral ? names[(open + 1)..close] : names;
    }

    /// <summary>The properties in a tree that <see cref="XmpCut"/> left.</summary>
    /// <exception cref="MalformedDataException">It is no RDF as XMP has it.</exception>
    public static IReadOnlyList<MetadataEntry> Xmp(XDocument tree) => Guard("XMP", () =>
    {
        var properties = new HashSet<XName>();
        foreach (var element in tree.Descendants())
        {
            // Elements may turn out to be parts of a structure; then there is no property of their name, or it is one all the same.
            foreach (var name in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).Select(attribute => attribute.Name).Prepend(element.Name))
            {
                if (MetadataProperties.Prefixes.TryGetValue(name.NamespaceName, out string? prefix) && MetadataProperties.KeyOf($"{prefix}:{name.LocalName}") is not null)
                    properties.Add(name);
            }
        }
        var packet = XmpMetaFactory.ParseFromXDocument(tree);
        var entries = new List<MetadataEntry>();
        foreach (var name in properties)
        {
            string property = $"XMP {MetadataProperties.Prefixes[name.NamespaceName]}:{name.LocalName}";
            entries.AddRange(ValuesOf(packet, name.NamespaceName, name.LocalName).Where(value => value.Length > 0).Select(value => new MetadataEntry(property, value)));
        }
        return entries;
    });

    private static List<string> ValuesOf(IXmpMeta packet, string uri, string name)
    {
        var property = packet.GetProperty(uri, name);
        if (property is null)
            return [];
        if (property.Options.IsArrayAltText)
            return packet.GetLocalizedText(uri, name, null, XmpConstants.XDefault) is { Value: { } text } ? [text] : [];
        if (property.Options.IsArray)
        {
            int count = Math.Min(packet.CountArrayItems(uri, name), MetadataLimits.Values);
            var values = new List<string>(count);
            for (int index = 1; index <= count; index++)
                values.Add(ValueOf(packet, uri, XmpPathFactory.ComposeArrayItemPath(name, index)));
            return values;
        }
        return [ValueOf(packet, uri, name)];
    }

    /// <summary>A simple value, or what is said of the two structures that are known: a step of a history, a place.</summary>
    private static string ValueOf(IXmpMeta packet, string uri, string path)
    {
        var property = packet.GetProperty(uri, path);
        if (property is null || !property.Options.IsStruct)
            return property?.Value ?? "";
        string? Field(string fieldUri, string field) => packet.GetStructField(uri, path, fieldUri, field) is { } found
            ? found.Options.IsArrayAltText ? packet.GetLocalizedText(uri, path + XmpPathFactory.ComposeStructFieldPath(fieldUri, field), null, XmpConstants.XDefault)?.Value : found.Value
            : null;
        var parts = XmpCut.StepFields.Select(field => Field(XmpCut.ResourceEvent, field)).Concat(XmpCut.PlaceFields.Select(field => Field(XmpCut.IptcExtension, field)));
        return string.Join(", ", parts.Where(part => !string.IsNullOrEmpty(part)));
    }

    private static string? TextOf(MetadataExtractor.Directory directory, ExifTag tag)
    {
        switch (tag.Name)
        {
            case "GPSLatitude" or "GPSLongitude":
                return DegreesOf(directory, tag.Number);
            case "GPSAltitude":
                return directory.TryGetRational(tag.Number, out var metres) && metres.Denominator != 0
                    ? Number(directory.TryGetByte(tag.Number - 1, out byte below) && below == 1 ? -metres.ToDouble() : metres.ToDouble())
                    : null;
            case "GPSTimeStamp":
                return directory.GetRationalArray(tag.Number) is [var hours, var minutes, var seconds] && directory.GetString(0x1D) is { } date
                    ? string.Create(CultureInfo.InvariantCulture, $"{date.Trim('\0', ' ')} {Whole(hours):00}:{Whole(minutes):00}:{Whole(seconds):00}Z")
                    : null;
            case "ExposureTime":
                return directory.TryGetRational(tag.Number, out var time) && time.Denominator != 0 ? time is { Numerator: > 0 } && time.Denominator > time.Numerator
                    ? string.Create(CultureInfo.InvariantCulture, $"1/{Math.Round(time.Denominator / (double)time.Numerator)}") : Number(time.ToDouble()) : null;
            case "FNumber" or "FocalLength":
                return directory.TryGetRational(tag.Number, out var number) && number.Denominator != 0 ? Number(number.ToDouble()) : null;
            case "UserComment":
                return directory.GetByteArray(tag.Number) is { } comment ? ExifText.Comment(comment) : directory.GetString(tag.Number);
            case "DateTime" or "DateTimeOriginal" or "DateTimeDigitized":
                return directory.GetString(tag.Number) + directory.GetString(OffsetFor(tag.Number));
            case "XPTitle" or "XPComment" or "XPAuthor" or "XPKeywords":
                return directory.GetByteArray(tag.Number) is { } wide ? ExifText.Wide(wide) : null;
            default:
                // Writers put UTF-8 where the standard has ASCII.
                return directory.GetString(tag.Number)?.TrimEnd('\0');
        }
    }

    private static int OffsetFor(int time) => time switch
    {
        ExifTag.DateTimeOriginal => ExifTag.OffsetTimeOriginal,
        ExifTag.DateTimeDigitized => ExifTag.OffsetTimeDigitized,
        _ => ExifTag.OffsetTime,
    };

    /// <summary>Degrees, minutes, seconds; the tag before says N, S, E or W.</summary>
    private static string? DegreesOf(MetadataExtractor.Directory directory, int tag)
    {
        if (directory.GetRationalArray(tag) is not [var degrees, var minutes, var seconds] || degrees.Denominator == 0 || minutes.Denominator == 0)
            return null;
        double value = degrees.ToDouble() + minutes.ToDouble() / 60 + (seconds.Denominator == 0 ? 0 : seconds.ToDouble() / 3600);
        bool isNegative = directory.GetString(tag - 1)?.Trim('\0', ' ') is "S" or "W" or "s" or "w";
        return Number(isNegative ? -value : value);
    }

    private static long Whole(Rational value) => value.Denominator == 0 ? 0 : value.Numerator / value.Denominator;

    private static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static string DateOf(string date, string time)
    {
        if (date.Length != 8)
            return date;
        string day = $"{date[..4]}-{date[4..6]}-{date[6..]}";
        return time.Length is 6 or 11 ? $"{day}T{time[..2]}:{time[2..4]}:{time[4..6]}{(time.Length == 11 ? time[6..9] + ":" + time[9..] : "")}" : day;
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Another's parsers over a stranger's bytes: whatever they throw says that they could not read them, and no more.")]
    private static IReadOnlyList<MetadataEntry> Guard(string structure, Func<IReadOnlyList<MetadataEntry>> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not MalformedDataException)
        {
            throw new MalformedDataException(structure, 0, "its reader gave up: " + e.GetType().Name);
        }
    }
}
