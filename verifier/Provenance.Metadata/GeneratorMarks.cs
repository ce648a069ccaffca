using Provenance.Verifier.Manifests.Assertions;

namespace Provenance.Metadata;

/// <summary>
/// Marks that programs leave which generate or edit with trained models: one row each, and where it is known from. Anybody can write them, so
/// they are hints. A picture whose words merely speak of a program is not marked: a row asks for the form of what the program writes.
/// </summary>
internal static class GeneratorMarks
{
    /// <summary>A mark.</summary>
    /// <param name="Generator">The program or standard that leaves it.</param>
    /// <param name="Place">The entry in which it stands: a name, or a standard's beginning of names ("EXIF ").</param>
    /// <param name="SaysAi">Whether it says that a trained model was at work.</param>
    /// <param name="IsLeft">Whether a value has its form.</param>
    internal sealed record Mark(string Generator, string Place, bool SaysAi, Func<string, bool> IsLeft);

    private static readonly IReadOnlyList<Mark> All =
    [
        // AUTOMATIC1111 stable-diffusion-webui and its kin, modules/images.py: PNG text, in JPEG and WebP the comment of EXIF.
        new("Stable Diffusion web UI", "PNG parameters", true, GeneratorText.IsWebUiSettings),
        new("Stable Diffusion web UI", "EXIF UserComment", true, GeneratorText.IsWebUiSettings),
        new("Stable Diffusion web UI", "comment", true, GeneratorText.IsWebUiSettings),
        // SwarmUI, Utils/T2IParamInput.cs: the settings as JSON.
        new("SwarmUI", "PNG parameters", true, value => IsJsonWith(value, "\"sui_image_params\"")),
        new("SwarmUI", "EXIF UserComment", true, value => IsJsonWith(value, "\"sui_image_params\"")),
        // Fooocus, modules/private_logger.py.
        new("Fooocus", "PNG fooocus_scheme", true, _ => true),
        new("RuinedFooocus", "PNG parameters", true, value => IsJsonWith(value, "\"RuinedFooocus\"")),
        // ComfyUI, nodes.py SaveImage: the graph and the editor's view of it; in WebP in tags of EXIF.
        new("ComfyUI", "PNG prompt", true, value => IsJsonWith(value, "\"class_type\"")),
        new("ComfyUI", "PNG workflow", true, value => IsJsonWith(value, "\"nodes\"")),
        new("ComfyUI", "film prompt", true, value => IsJsonWith(value, "\"class_type\"")),
        new("ComfyUI", "film workflow", true, value => IsJsonWith(value, "\"nodes\"")),
        .. new[] { "EXIF Make", "EXIF Model", "EXIF ImageDescription" }.Select(place =>
            new Mark("ComfyUI", place, true, value => GeneratorText.IsGraph(value, "prompt") || GeneratorText.IsGraph(value, "workflow"))),
        // NovelAI's pictures.
        new("NovelAI", "PNG Software", true, value => value.StartsWith("NovelAI", StringComparison.Ordinal)),
        // InvokeAI, its three formats in turn.
        new("InvokeAI", "PNG Dream", true, _ => true),
        new("InvokeAI", "PNG sd-metadata", true, value => value.StartsWith('{')),
        new("InvokeAI", "PNG invokeai_metadata", true, value => value.StartsWith('{')),
        new("InvokeAI", "PNG invokeai_graph", true, value => value.StartsWith('{')),
        new("InvokeAI", "film invokeai_metadata", true, value => value.StartsWith('{')),
        // Midjourney's pictures: the prompt, then the number of the job.
        new("Midjourney", "PNG Description", true, value => value.Contains(" Job ID: ", StringComparison.Ordinal)),
        new("Midjourney", "XMP dc:description", true, value => value.Contains(" Job ID: ", StringComparison.Ordinal)),
        // The IPTC's source type: the terms that name trained models, with http and https (NewsCodes digitalsourcetype).
        new("IPTC digital source type", "XMP Iptc4xmpExt:DigitalSourceType", true, value => DigitalSourceType.ExtentOf(value) != AiExtent.None),
        // IPTC Photo Metadata Standard 2025.1: properties for generated content.
        new("IPTC AI properties", "XMP Iptc4xmpExt:AISystemUsed", true, _ => true),
        new("IPTC AI properties", "XMP Iptc4xmpExt:AIPromptInformation", true, _ => true),
        // Google's credit lines, beside its source type.
        new("Google AI", "XMP photoshop:Credit", true, IsGoogleCredit),
        new("Google AI", "IPTC Credit", true, IsGoogleCredit),
        // GB 45438-2025 as TC260-PG-20258A writes it: label 1 says generated, 2 and 3 possibly and suspected.
        new("TC260 AIGC (GB 45438)", "XMP TC260:AIGC", true, value => IsChineseLabel(value, '1')),
        new("TC260 AIGC (GB 45438)", "PNG AIGC", true, value => IsChineseLabel(value, '1')),
        new("TC260 AIGC (GB 45438)", "film AIGC", true, value => IsChineseLabel(value, '1')),
        new("TC260 AIGC (GB 45438)", "XMP TC260:AIGC", false, value => IsJsonWith(value, "\"Label\"") && !IsChineseLabel(value, '1')),
        // Programs that do nothing but generate, and name themselves as the one that wrote the file.
        .. new[] { "EXIF Software", "PNG Software", "XMP xmp:CreatorTool", "XMP tiff:Software", "film ©too", "film encoder" }.SelectMany(place => new Mark[]
        {
            new("Adobe Firefly", place, true, value => Names(value, "Adobe Firefly") || Names(value, "Adobe_Firefly")),
            new("Midjourney", place, true, value => Names(value, "Midjourney")),
            new("DALL·E", place, true, value => Names(value, "DALL·E") || Names(value, "DALL-E") || Names(value, "OpenAI")),
            new("Stable Diffusion", place, true, value => Names(value, "Stable Diffusion") || Names(value, "AUTOMATIC1111")),
            new("Draw Things", place, true, value => Names(value, "Draw Things")),
            new("ComfyUI", place, true, value => Names(value, "ComfyUI")),
            new("InvokeAI", place, true, value => Names(value, "InvokeAI")),
        }),
    ];

    /// <summary>The marks an entry has.</summary>
    public static IEnumerable<Mark> In(MetadataEntry entry) =>
        All.Where(mark => string.Equals(mark.Place, entry.Name, StringComparison.OrdinalIgnoreCase) && mark.IsLeft(entry.Value));

    private static bool IsJsonWith(string value, string member) => value.StartsWith('{') && value.Contains(member, StringComparison.Ordinal);

    private static bool IsGoogleCredit(string value) => value is "Made with Google AI" or "Edited with Google AI";

    private static bool IsChineseLabel(string value, char label)
    {
        int at = value.StartsWith('{') ? value.IndexOf("\"Label\"", StringComparison.Ordinal) : -1;
        return at >= 0 && value.AsSpan(at + 7).TrimStart(" :\"") is [var first, ..] && first == label;
    }

    private static bool Names(string value, string program) => value.StartsWith(program, StringComparison.OrdinalIgnoreCase);
}
