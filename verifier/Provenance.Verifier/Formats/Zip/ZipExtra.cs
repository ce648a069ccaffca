using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Zip;

/// <summary>The extra field that holds what does not fit into 32 bits (APPNOTE 6.3.10 §4.5.3).</summary>
internal static class ZipExtra
{
    private const int Zip64 = 0x0001;

    /// <summary>Replaces the values that are all ones, in this order.</summary>
    /// <exception cref="MalformedDataException">The fields do not fill their space, or a value is not there.</exception>
    public static void Widen(ReadOnlySpan<byte> extra, long offset, ref long size, ref long packed, ref long local)
    {
        var fields = new ByteCursor(extra, "ZIP extra field", offset);
        while (fields.Remaining >= 4)
        {
            int id = fields.ReadUInt16LittleEndian(), length = fields.ReadUInt16LittleEndian();
            var field = new ByteCursor(fields.Take(length), "ZIP64 extra field", offset);
            if (id != Zip64)
                continue;
            if (size == 0xFFFFFFFF)
                size = ZipDirectory.Long(ref field, offset);
            if (packed == 0xFFFFFFFF)
                packed = ZipDirectory.Long(ref field, offset);
            if (local == 0xFFFFFFFF)
                local = ZipDirectory.Long(ref field, offset);
            return;
        }
    }
}
