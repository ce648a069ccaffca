using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Riff;

/// <summary>A chunk: id (4), size (4, little-endian), data (size), a pad byte where size is odd.</summary>
/// <param name="Id">The four characters, spaces included; other bytes come as hexadecimal digits.</param>
/// <param name="Size">Bytes of data.</param>
/// <param name="Range">From the id to the pad byte.</param>
internal sealed record RiffChunk(string Id, long Size, ByteRange Range)
{
    /// <summary>The data alone.</summary>
    public ByteRange Data => new(Range.Offset + 8, Size);

    /// <summary>Header and data without the pad byte: what all known files leave out of their hash for a store (C2PA 2.5 §A.3.9).</summary>
    public ByteRange WithoutPad => new(Range.Offset, 8 + Size);
}
