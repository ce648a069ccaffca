using Provenance.Verifier.Formats.Jpeg;
using Provenance.Verifier.Formats.Png;

namespace Provenance.Verifier.Formats;

/// <summary>The one list of formats.</summary>
public static class AssetFormats
{
    /// <summary>Every format, in the order in which they are asked.</summary>
    public static IReadOnlyList<IAssetFormat> All { get; } =
    [
        new JpegFormat(),
        new PngFormat(),
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
}
