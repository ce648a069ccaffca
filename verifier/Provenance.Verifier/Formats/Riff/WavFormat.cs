namespace Provenance.Verifier.Formats.Riff;

/// <summary>WAVE, the Broadcast Wave Format (EBU Tech 3285), and their forms beyond 4 GiB: RF64 (EBU Tech 3306) and BW64 (ITU-R BS.2088).</summary>
internal sealed class WavFormat() : RiffFormat("WAV", "WAVE", ["audio/wav", "audio/vnd.wave", "audio/wave", "audio/x-wav"], [".wav", ".wave", ".bwf", ".rf64", ".bw64"])
{
    protected override string XmpId => "_PMX";

    protected override bool IsForm(ReadOnlySpan<byte> id) => base.IsForm(id) || id.SequenceEqual("RF64"u8) || id.SequenceEqual("BW64"u8);

    protected override RegionKind Kind(string id) => id switch
    {
        "data" or "wavl" => RegionKind.Media,
        // Of the last two depends which loudspeaker plays what (ITU-R BS.2076).
        "fmt " or "ds64" or "fact" or "axml" or "chna" => RegionKind.Structure,
        "_PMX" => RegionKind.Xmp,
        "INFO" or "adtl" or "bext" or "iXML" or "cart" or "id3 " or "ID3 " => RegionKind.OtherMetadata,
        _ => RegionKind.Unknown,
    };
}
