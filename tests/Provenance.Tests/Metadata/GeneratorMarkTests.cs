using System.Text;
using Provenance.TestKit;
using Provenance.Verifier.Reports;
using Xunit;

namespace Provenance.Tests.Metadata;

public sealed class GeneratorMarkTests
{
    private const string Settings = "a fox in snow\nNegative prompt: blurry\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 64x64";

    private static async Task<IReadOnlyList<GeneratorMark>> InPngAsync(string keyword, string text) => (await Reading.OfAsync(TestPng.Small().WithText(keyword, text).Bytes)).Marks;

    [Theory]
    [InlineData("parameters", Settings, "Stable Diffusion web UI")]
    [InlineData("parameters", "{\"sui_image_params\":{\"prompt\":\"a fox\"}}", "SwarmUI")]
    [InlineData("parameters", "{\"Prompt\": \"a fox\", \"software\": \"RuinedFooocus\"}", "RuinedFooocus")]
    [InlineData("fooocus_scheme", "fooocus", "Fooocus")]
    [InlineData("prompt", "{\"3\":{\"class_type\":\"KSampler\",\"inputs\":{}}}", "ComfyUI")]
    [InlineData("workflow", "{\"last_node_id\":1,\"nodes\":[]}", "ComfyUI")]
    [InlineData("Software", "NovelAI", "NovelAI")]
    [InlineData("Dream", "\"a fox\" -s 50", "InvokeAI")]
    [InlineData("sd-metadata", "{\"image\":{}}", "InvokeAI")]
    [InlineData("invokeai_metadata", "{\"positive_prompt\":\"a fox\"}", "InvokeAI")]
    [InlineData("invokeai_graph", "{}", "InvokeAI")]
    [InlineData("Description", "a fox in snow --v 6.1 Job ID: 01234567-89ab-cdef-0123-456789abcdef", "Midjourney")]
    [InlineData("AIGC", "{\"Label\":\"1\",\"ContentProducer\":\"x\"}", "TC260 AIGC (GB 45438)")]
    [InlineData("Software", "Adobe Firefly", "Adobe Firefly")]
    [InlineData("Software", "DALL-E 3", "DALL·E")]
    [InlineData("Software", "Draw Things 1.2", "Draw Things")]
    public async Task What_a_program_leaves_is_marked(string keyword, string text, string generator)
    {
        var mark = Assert.Single(await InPngAsync(keyword, text));

        Assert.Equal((generator, $"PNG {keyword}", true), (mark.Generator, mark.Evidence, mark.SaysAi));
    }

    [Theory]
    [InlineData("Description", "I asked Midjourney, Stable Diffusion and DALL-E for this")]
    [InlineData("Comment", "Steps: first, go home")]
    [InlineData("parameters", "exposure 1/60")]
    [InlineData("prompt", "a prompt reply")]
    [InlineData("workflow", "scan, retouch, print")]
    [InlineData("Software", "An editor that can open NovelAI files")]
    [InlineData("Software", "Adobe Photoshop 25.6")]
    [InlineData("sd-metadata", "standard definition")]
    [InlineData("AIGC", "no label")]
    [InlineData("Title", "ComfyUI")]
    public async Task What_only_speaks_of_a_program_is_not(string keyword, string text) => Assert.Empty(await InPngAsync(keyword, text));

    [Theory]
    [InlineData("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia", true)]
    [InlineData("https://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia", true)]
    [InlineData("https://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia", true)]
    [InlineData("http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia", false)]
    [InlineData("http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture", false)]
    [InlineData("http://example.com/trainedAlgorithmicMedia", false)]
    public async Task The_source_type_of_the_IPTC_is_marked_where_it_names_a_trained_model(string term, bool isMarked)
    {
        var metadata = await Reading.OfAsync(TestPng.Small().WithXmp(TestMetadata.XmpOf($"Iptc4xmpExt:DigitalSourceType=\"{term}\"")).Bytes);

        Assert.Equal([$"sourceType = {term}"], Reading.Told(metadata));
        Assert.Equal(isMarked ? ["IPTC digital source type"] : [], metadata.Marks.Select(mark => mark.Generator));
    }

    [Theory]
    [InlineData("Iptc4xmpExt:AISystemUsed=\"A system\" Iptc4xmpExt:AISystemVersionUsed=\"2\" Iptc4xmpExt:AIPromptInformation=\"a fox\"", "IPTC AI properties", 2)]
    [InlineData("photoshop:Credit=\"Made with Google AI\"", "Google AI", 1)]
    [InlineData("photoshop:Credit=\"Edited with Google AI\"", "Google AI", 1)]
    [InlineData("photoshop:Credit=\"AFP\"", null, 0)]
    [InlineData("xmp:CreatorTool=\"Adobe Firefly 2.0\"", "Adobe Firefly", 1)]
    [InlineData("xmp:CreatorTool=\"Adobe Photoshop 25.6\"", null, 0)]
    public async Task Properties_of_XMP_are_marked(string attributes, string? generator, int count) =>
        Assert.Equal(Enumerable.Repeat(generator, count), (await Reading.OfAsync(TestPng.Small().WithXmp(TestMetadata.XmpOf(attributes)).Bytes)).Marks.Select(mark => mark.Generator));

    [Theory]
    [InlineData("1", true)]
    [InlineData("2", false)]
    [InlineData("3", false)]
    public async Task The_label_of_China_says_AI_only_where_it_does(string label, bool saysAi)
    {
        string value = $"{{&quot;Label&quot;:&quot;{label}&quot;,&quot;ContentProducer&quot;:&quot;someone&quot;}}";
        var metadata = await Reading.OfAsync(TestPng.Small().WithXmp(TestMetadata.XmpOf("", $"<TC260:AIGC>{value}</TC260:AIGC>")).Bytes);

        Assert.Equal(saysAi, Assert.Single(metadata.Marks).SaysAi);
        Assert.Equal(MetadataKey.GeneratorLabel, Assert.Single(metadata.Fields).Key);
    }

    [Fact]
    public async Task The_prompt_is_told_apart_from_the_settings()
    {
        var png = await Reading.OfAsync(TestPng.Small().WithText("parameters", Settings).Bytes);
        byte[] comment = [.. "UNICODE\0"u8, .. Encoding.BigEndianUnicode.GetBytes(Settings)];
        var exif = await Reading.OfAsync(TestPng.Small().WithExif(new TestExif().Taken(0x9286, 7, (uint)comment.Length, comment).ToBytes()).Bytes);

        foreach (var metadata in new[] { png, exif })
        {
            Assert.Equal(["a fox in snow"], Reading.Of(metadata, MetadataKey.GeneratorPrompt));
            Assert.Equal([Settings], Reading.Of(metadata, MetadataKey.GeneratorSettings));
            Assert.Equal("Stable Diffusion web UI", Assert.Single(metadata.Marks).Generator);
        }
    }

    [Fact]
    public async Task A_graph_in_the_place_of_a_maker_is_no_maker()
    {
        var metadata = await Reading.OfAsync(TestWebP.Small().WithExif(new TestExif().With(0x010F, "workflow:{\"nodes\":[]}").With(0x0110, "Prompt: {\"1\":{}}").ToBytes()).Bytes);

        Assert.Equal([MetadataKey.GeneratorPrompt, MetadataKey.GeneratorSettings], metadata.Fields.Select(field => field.Key));
        Assert.Equal(["ComfyUI", "ComfyUI"], metadata.Marks.Select(mark => mark.Generator));
    }

    [Theory]
    [InlineData("sd-webui.png", "Stable Diffusion web UI")]
    [InlineData("sd-webui.jpg", "Stable Diffusion web UI")]
    [InlineData("sd-webui.webp", "Stable Diffusion web UI")]
    [InlineData("civitai.jpeg", "Stable Diffusion web UI")]
    [InlineData("comfyui-save-image-extended.png", "ComfyUI")]
    [InlineData("comfyui-save-image-extended.webp", "ComfyUI")]
    [InlineData("novelai-curated.png", "NovelAI")]
    [InlineData("ruined-fooocus.png", "RuinedFooocus")]
    [InlineData("sdp-Fooocus-fooocus1_cropped.png", "Fooocus")]
    [InlineData("sdp-InvokeAI-invokeai_dream1.png", "InvokeAI")]
    [InlineData("empty.jpg", null)]
    [InlineData("gimp.jpg", null)]
    public async Task Files_of_the_programs_themselves_are_marked(string file, string? generator)
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var metadata = await Reading.OfAsync(await File.ReadAllBytesAsync(Shared.Path("corpus", "no-credentials", "ai-metadata", file)));

        Assert.Equal(generator is null ? [] : [generator], metadata.Marks.Select(mark => mark.Generator).Distinct());
    }
}
