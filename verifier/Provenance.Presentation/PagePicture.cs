namespace Provenance.Presentation;

/// <summary>
/// A small raster picture on a page, in a format that browsers draw and that can hold no program. Made by <see cref="PagePictures"/> alone,
/// which takes out what a picture says beside its pixels.
/// </summary>
public sealed class PagePicture
{
    internal PagePicture(string mediaType, int width, int height, ReadOnlyMemory<byte> bytes) => (MediaType, Width, Height, Bytes) = (mediaType, width, height, bytes);

    /// <summary>Told by the bytes: image/jpeg, image/png, image/gif, image/webp or image/avif.</summary>
    public string MediaType { get; }

    /// <summary>Pixels from left to right, before the picture is turned.</summary>
    public int Width { get; }

    /// <summary>Pixels from top to bottom, before the picture is turned.</summary>
    public int Height { get; }

    /// <summary>The picture without its metadata.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }
}
