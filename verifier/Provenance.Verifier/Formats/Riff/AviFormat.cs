namespace Provenance.Verifier.Formats.Riff;

/// <summary>AVI, with the further RIFF chunks of OpenDML files (OpenDML AVI File Format Extensions 1.02), which hold content only.</summary>
internal sealed class AviFormat() : RiffFormat("AVI", "AVI ", ["video/x-msvideo", "video/avi", "video/msvideo", "application/x-troff-msvideo"], [".avi"])
{
    protected override string XmpId => "_PMX";

    protected override string? NextFormType => "AVIX";

    protected override RegionKind Kind(string id) => id switch
    {
        "movi" => RegionKind.Media,
        "hdrl" or "idx1" => RegionKind.Structure,
        "_PMX" => RegionKind.Xmp,
        "INFO" => RegionKind.OtherMetadata,
        _ => RegionKind.Unknown,
    };
}
