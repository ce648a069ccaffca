using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Tiff;

/// <summary>An entry of a directory: tag (2), type (2), count (4; 8 in BigTIFF), value or its offset (4; 8 in BigTIFF).</summary>
/// <param name="Tag">What it is.</param>
/// <param name="Type">Of what its values are (TIFF 6.0 §2, page 15).</param>
/// <param name="CountField">Where the count stands.</param>
/// <param name="Value">Where the values lie; null where no file could hold them.</param>
internal sealed record TiffEntry(ushort Tag, ushort Type, ByteRange CountField, ByteRange? Value)
{
    /// <summary>Bytes that belong to no type.</summary>
    public const ushort Undefined = 7;

    /// <summary>Bytes of one value; 1 for types nobody knows.</summary>
    public static int SizeOf(ushort type) => type switch
    {
        3 or 8 => 2,
        4 or 9 or 11 or 13 => 4,
        5 or 10 or 12 or 16 or 17 or 18 => 8,
        _ => 1,
    };
}

/// <summary>A directory of the main chain.</summary>
/// <param name="Range">Number of entries, entries, offset of the next directory.</param>
/// <param name="Entries">The entries, in file order.</param>
internal sealed record TiffDirectory(ByteRange Range, IReadOnlyList<TiffEntry> Entries);
