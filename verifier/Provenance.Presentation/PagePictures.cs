using Provenance.Presentation.Pictures;

namespace Provenance.Presentation;

/// <summary>
/// Makes pictures fit for a page that is passed on: told by their bytes and never by a name, in five raster formats that hold no program,
/// of bounded size, and without what a picture carries beside its pixels, such as the place where it was taken. Nothing is decoded.
/// </summary>
public static class PagePictures
{
    /// <summary>The largest picture of a file that a page shows, in bytes.</summary>
    public const int MostFileBytes = 8 << 20;

    /// <summary>The largest picture that somebody recorded, in bytes.</summary>
    public const int MostRecordedBytes = 1 << 20;

    /// <summary>Pixels that a browser may be asked to draw: cameras stay below, and a picture made to fill memory does not.</summary>
    internal const long MostPixels = 120_000_000;

    /// <summary>A picture for a page; null where the bytes are none that may be shown.</summary>
    /// <param name="bytes">The picture as it is kept.</param>
    /// <param name="mostBytes">The most it may have.</param>
    public static PagePicture? Of(ReadOnlySpan<byte> bytes, int mostBytes)
    {
        if (bytes.Length > mostBytes)
            return null;
        var picture =
            bytes.StartsWith(JpegPicture.Start) ? JpegPicture.Read(bytes)
            : bytes.StartsWith(PngPicture.Start) ? PngPicture.Read(bytes)
            : bytes.StartsWith("GIF8"u8) ? GifPicture.Read(bytes)
            : bytes.StartsWith("RIFF"u8) ? WebPPicture.Read(bytes)
            : AvifPicture.Read(bytes);
        return picture is { } found && (long)found.Width * found.Height is > 0 and <= MostPixels ? found : null;
    }
}
