using Provenance.TestKit;

namespace Provenance.Tests.Rules.Cases;

/// <summary>Files made of several, each part with a hash of its own (C2PA 2.5 §14.12.4, §16.3.5).</summary>
internal static class MultiAssetCases
{
    /// <summary>A picture with another one behind it.</summary>
    private static readonly TestJpeg s_two = World.Jpeg.WithTrailing(World.Jpeg.Bytes);

    public static void Add(RuleCases cases)
    {
        cases.Add("multi-asset-not-asked", _ => Two());
        cases.Add("multi-asset-rest-dropped", _ => WithoutRest(Two()));
        cases.Add("multi-asset-rest-changed", _ => Two().Bytes is var bytes ? bytes.FlipBit(bytes.Length - 10) : null!);
        cases.Add("multi-asset-picture-changed", _ => Two().MediaChanged());
        cases.Add("multi-asset-rest-cut-short", _ => Two().Bytes is var bytes ? bytes.Truncated(bytes.Length - 10) : null!);
        cases.Add("multi-asset-required-part-missing", _ => WithoutRest(Two(parts => parts[1].Omit("optional"))));
        cases.Add("multi-asset-bytes-behind-the-last-part", _ => Two().Bytes.Appended(1, 2, 3));
        cases.Add("multi-asset-gathered", _ => WithoutRest(Two(gathered: true)));
        cases.Add("multi-asset-absent", _ => World.Sound().Embed(s_two).Bytes[..^World.Jpeg.Bytes.Length]);

        Wrong(cases, "multi-asset-main-hash-wrong", parts => { });
        Wrong(cases, "multi-asset-gap", parts => Location(parts[1])["byteOffset"] = (long)Location(parts[1])["byteOffset"]! + 1);
        Wrong(cases, "multi-asset-overlap", parts => Location(parts[1])["byteOffset"] = (long)Location(parts[1])["byteOffset"]! - 1);
        Wrong(cases, "multi-asset-part-without-location", parts => parts[1].Omit("location"));
        Wrong(cases, "multi-asset-part-with-negative-offset", parts => Location(parts[0])["byteOffset"] = -1L);
        Wrong(cases, "multi-asset-part-without-length", parts => Location(parts[0]).Omit("length"));
        Wrong(cases, "multi-asset-part-without-hash", parts => parts[1].Omit("hashAssertion"));
        Wrong(cases, "multi-asset-part-hash-absent", parts => ((CborFields)parts[1]["hashAssertion"]!)["url"] = "self#jumbf=c2pa.assertions/c2pa.hash.data.part__7");
        Wrong(cases, "multi-asset-part-hash-is-something-else", parts => ((CborFields)parts[1]["hashAssertion"]!)["url"] = "self#jumbf=c2pa.assertions/c2pa.actions.v2");
        Wrong(cases, "multi-asset-part-hash-as-bare-text", parts => parts[1]["hashAssertion"] = ((CborFields)parts[1]["hashAssertion"]!)["url"]);
        cases.Add("multi-asset-without-parts", _ => MainWrong(HardBinding.Parts(HardBinding.PictureAndRest, 2, fields => fields.Omit("parts"))));
        cases.Add("multi-asset-empty", _ => MainWrong(HardBinding.Parts(HardBinding.PictureAndRest, 2, fields => fields["parts"] = Array.Empty<object>())));
        cases.Add("multi-asset-twice", _ =>
        {
            Assertion[] parts = HardBinding.Parts(HardBinding.PictureAndRest, 2);
            return MainWrong([.. parts, parts[^1] with { Label = "c2pa.hash.multi-asset__1" }]);
        });
        cases.Add("multi-asset-not-covering-the-file", _ => MainWrong(HardBinding.Parts(asset => [HardBinding.PictureAndRest(asset)[0]], 1)));
    }

    private static SignedAsset Two(Action<IReadOnlyList<CborFields>>? change = null, bool gathered = false)
    {
        Assertion[] parts = HardBinding.Parts(HardBinding.PictureAndRest, 2, fields => change?.Invoke((IReadOnlyList<CborFields>)fields["parts"]!));
        return World.Sound().BoundBy([HardBinding.Data(), .. parts.Select(part => gathered ? part.Gathered() : part)]).Embed(s_two);
    }

    /// <summary>The main binding is wrong, so that the parts are asked.</summary>
    private static SignedAsset MainWrong(Assertion[] parts) =>
        World.Sound().BoundBy([HardBinding.Data("c2pa.hash.data", c => [c.Asset.Extent], fields => fields["hash"] = new byte[32]), .. parts]).Embed(s_two);

    private static void Wrong(RuleCases cases, string name, Action<IReadOnlyList<CborFields>> change) =>
        cases.Add(name, _ => MainWrong(HardBinding.Parts(HardBinding.PictureAndRest, 2, fields => change((IReadOnlyList<CborFields>)fields["parts"]!))));

    private static byte[] WithoutRest(SignedAsset asset) => asset.Bytes[..^World.Jpeg.Bytes.Length];

    private static CborFields Location(CborFields part) => (CborFields)part["location"]!;
}
