using Provenance.Verifier.Formats.BlockFact;
using Provenance.Verifier.Formats.Bmff;
using Provenance.Verifier.Formats.Font;
using Provenance.Verifier.Formats.Gif;
using Provenance.Verifier.Formats.Html;
using Provenance.Verifier.Formats.Id3;
using Provenance.Verifier.Formats.Jpeg;
using Provenance.Verifier.Formats.Jxl;
using Provenance.Verifier.Formats.ManifestFile;
using Provenance.Verifier.Formats.Midi;
using Provenance.Verifier.Formats.Ogg;
using Provenance.Verifier.Formats.Onnx;
using Provenance.Verifier.Formats.Parquet;
using Provenance.Verifier.Formats.Pdf;
using Provenance.Verifier.Formats.Png;
using Provenance.Verifier.Formats.Riff;
using Provenance.Verifier.Formats.SafeTensors;
using Provenance.Verifier.Formats.Text;
using Provenance.Verifier.Formats.Tiff;
using Provenance.Verifier.Formats.Warc;
using Provenance.Verifier.Formats.Xml;
using Provenance.Verifier.Formats.Zip;

namespace Provenance.Verifier.Formats;

/// <summary>The one list of formats.</summary>
public static class AssetFormats
{
    /// <summary>Bytes of an asset's start that <see cref="Find"/> needs; fewer where the asset is shorter.</summary>
    public const int HeadLength = 4096;

    /// <summary>Every format, in the order in which they are asked.</summary>
    public static IReadOnlyList<IAssetFormat> All { get; } =
    [
        new JpegFormat(),
        new PngFormat(),
        new WebPFormat(),
        new WavFormat(),
        new AviFormat(),
        new GifFormat(),
        BmffFormat.Heic,
        BmffFormat.Avif,
        BmffFormat.Heif,
        BmffFormat.Mov,
        BmffFormat.M4a,
        BmffFormat.ThreeGp,
        BmffFormat.Mp4,
        BmffFormat.Other,
        new TiffFormat(),
        new OggFormat(),
        new MidiFormat(),
        new FlacFormat(),
        new AacFormat(),
        new Mp3Format(),
        new JxlFormat(),
        .. OtherFormat.Pictures,
        .. OtherFormat.Fonts,
        new ManifestFileFormat(),
        new FontFormat(),
        new ZipFormat(),
        new PdfFormat(),
        new ParquetFormat(),
        new WarcFormat(),
        FactFormat.Image,
        FactFormat.Audio,
        FactFormat.Video,
        // Those without a magic number behind all that have one.
        new SafeTensorsFormat(),
        new OnnxFormat(),
        new SvgFormat(),
        new TtmlFormat(),
        new HtmlFormat(),
        new TextFormat(),
    ];

    /// <summary>The format of an asset that starts with <paramref name="head"/>; null where none knows it.</summary>
    public static IAssetFormat? Find(ReadOnlySpan<byte> head)
    {
        foreach (var format in All)
        {
            if (format.Matches(head))
                return format;
        }
        return null;
    }

    /// <summary>
    /// The extension of a file name that belongs to other formats, if the bytes are of <paramref name="format"/>; null where the name agrees
    /// or says nothing. The bytes decide what an asset is; a name that says otherwise can fool whoever opens it with another program.
    /// </summary>
    public static string? Disagreement(IAssetFormat format, string fileName)
    {
        ArgumentNullException.ThrowIfNull(format);
        string extension = Path.GetExtension(fileName).ToLowerInvariant();
        if (format.Extensions.Contains(extension) || (format is BmffFormat bmff && All.Any(other => bmff.SharesNamesWith(other) && other.Extensions.Contains(extension))))
            return null;
        return All.Any(other => other.Extensions.Contains(extension)) ? extension : null;
    }
}
