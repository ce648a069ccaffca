using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Gif;

/// <summary>A block, with the colour table that its packed fields announce and the sub-blocks that follow it.</summary>
/// <param name="Name">As the general box hash names it (C2PA 2.5 §16.3.3.3.4), the manifest store's extension included.</param>
/// <param name="Range">From its first byte to its last, a terminator included.</param>
internal sealed record GifBlock(string Name, ByteRange Range)
{
    public const string ImageDescriptor = "2C", ImageData = "TBID", Trailer = "3B", Application = "21FF";

    /// <summary>The eleven letters of an application extension: identifier and authentication code (§26); empty for other blocks.</summary>
    public string Identification { get; init; } = "";

    /// <summary>The length that the identification gives itself.</summary>
    public int IdentificationLength { get; init; }

    /// <summary>The data of the sub-blocks behind the identification, where somebody reads it.</summary>
    public IReadOnlyList<ByteRange> Pieces { get; init; } = [];

    /// <summary>The data behind the identification, lengths and terminator included.</summary>
    public ByteRange Data => ByteRange.FromTo(Range.Offset + 14, Range.End);
}
