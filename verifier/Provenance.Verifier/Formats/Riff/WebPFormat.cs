namespace Provenance.Verifier.Formats.Riff;

/// <summary>WebP (RFC 9649).</summary>
internal sealed class WebPFormat() : RiffFormat("WebP", "WEBP", ["image/webp"], [".webp"])
{
    protected override string XmpId => "XMP ";

    protected override RegionKind Kind(string id) => id switch
    {
        "VP8 " or "VP8L" or "ALPH" or "ANMF" => RegionKind.Media,
        "VP8X" or "ANIM" => RegionKind.Structure,
        "ICCP" => RegionKind.ColourProfile,
        "EXIF" => RegionKind.Exif,
        "XMP " => RegionKind.Xmp,
        _ => RegionKind.Unknown,
    };
}
