using Provenance.Verifier.Reports;

namespace Provenance.Metadata;

/// <summary>What the entries of blocks tell, by their names.</summary>
internal static class EntryKeys
{
    private static readonly string[] Places = ["PNG ", "film "];

    private static readonly Dictionary<string, MetadataKey> Keys = Table();

    /// <summary>The key of an entry; null where reports do not show it.</summary>
    public static MetadataKey? Of(MetadataEntry entry) => entry.Name.StartsWith("XMP ", StringComparison.Ordinal) ? MetadataProperties.KeyOf(entry.Name[4..]) : Keys.GetValueOrDefault(entry.Name);

    private static Dictionary<string, MetadataKey> Table()
    {
        var keys = new Dictionary<string, MetadataKey>(StringComparer.OrdinalIgnoreCase)
        {
            ["ICC description"] = MetadataKey.ColourProfile,
            ["comment"] = MetadataKey.CaptionComment,

            // PNG 3rd ed. §11.3.3.1.
            ["PNG Title"] = MetadataKey.CaptionTitle,
            ["PNG Author"] = MetadataKey.Creator,
            ["PNG Description"] = MetadataKey.CaptionDescription,
            ["PNG Copyright"] = MetadataKey.Rights,
            ["PNG Creation Time"] = MetadataKey.TimeOriginal,
            ["PNG Software"] = MetadataKey.Software,
            ["PNG Source"] = MetadataKey.Source,
            ["PNG Comment"] = MetadataKey.CaptionComment,

            // User data of QuickTime, the list of iTunes.
            ["film ©nam"] = MetadataKey.CaptionTitle,
            ["film ©des"] = MetadataKey.CaptionDescription,
            ["film desc"] = MetadataKey.CaptionDescription,
            ["film ©cmt"] = MetadataKey.CaptionComment,
            ["film ©day"] = MetadataKey.TimeOriginal,
            ["film ©ART"] = MetadataKey.Creator,
            ["film ©aut"] = MetadataKey.Creator,
            ["film ©cpy"] = MetadataKey.Rights,
            ["film cprt"] = MetadataKey.Rights,
            ["film ©too"] = MetadataKey.Software,
            ["film ©swr"] = MetadataKey.Software,
            ["film ©mak"] = MetadataKey.CameraMake,
            ["film ©mod"] = MetadataKey.CameraModel,
            ["film latitude"] = MetadataKey.LocationLatitude,
            ["film longitude"] = MetadataKey.LocationLongitude,
            ["film altitude"] = MetadataKey.LocationAltitude,

            // Keys of QuickTime (AVFoundation), and of FFmpeg, which writes names as they are.
            ["film com.apple.quicktime.make"] = MetadataKey.CameraMake,
            ["film com.apple.quicktime.model"] = MetadataKey.CameraModel,
            ["film com.apple.quicktime.camera.lens_model"] = MetadataKey.CameraLens,
            ["film com.apple.quicktime.software"] = MetadataKey.Software,
            ["film com.apple.quicktime.creationdate"] = MetadataKey.TimeOriginal,
            ["film com.apple.quicktime.author"] = MetadataKey.Creator,
            ["film com.apple.quicktime.title"] = MetadataKey.CaptionTitle,
            ["film com.apple.quicktime.description"] = MetadataKey.CaptionDescription,
            ["film com.apple.quicktime.comment"] = MetadataKey.CaptionComment,
            ["film com.apple.quicktime.copyright"] = MetadataKey.Rights,
            ["film title"] = MetadataKey.CaptionTitle,
            ["film artist"] = MetadataKey.Creator,
            ["film comment"] = MetadataKey.CaptionComment,
            ["film description"] = MetadataKey.CaptionDescription,
            ["film copyright"] = MetadataKey.Rights,
            ["film encoder"] = MetadataKey.Software,
        };
        foreach (var tag in ExifTag.All)
        {
            if (tag.Key is { } key)
                keys.Add("EXIF " + tag.Name, key);
        }
        foreach (var dataset in IptcCut.Datasets)
            keys.Add("IPTC " + dataset.Name, dataset.Key);
        // What programs that generate pictures and films write: see GeneratorMarks.
        foreach (string place in Places)
        {
            keys.Add(place + "parameters", MetadataKey.GeneratorSettings);
            keys.Add(place + "workflow", MetadataKey.GeneratorSettings);
            keys.Add(place + "negative_prompt", MetadataKey.GeneratorSettings);
            keys.Add(place + "sd-metadata", MetadataKey.GeneratorSettings);
            keys.Add(place + "invokeai_metadata", MetadataKey.GeneratorSettings);
            keys.Add(place + "invokeai_workflow", MetadataKey.GeneratorSettings);
            keys.Add(place + "invokeai_graph", MetadataKey.GeneratorSettings);
            keys.Add(place + "prompt", MetadataKey.GeneratorPrompt);
            keys.Add(place + "Dream", MetadataKey.GeneratorPrompt);
            keys.Add(place + "AIGC", MetadataKey.GeneratorLabel);
        }
        return keys;
    }
}
