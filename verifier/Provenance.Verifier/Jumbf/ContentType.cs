using System.Text;

namespace Provenance.Verifier.Jumbf;

/// <summary>The 16-byte content type of a JUMBF superbox (ISO 19566-5 §A.3), or any other UUID as stored.</summary>
internal readonly record struct ContentType(UInt128 Value)
{
    private static readonly UInt128 StandardTail = new(0x0000_0000_0011_0010, 0x8000_00AA_0038_9B71);

    public static ContentType Standard(string fourCharacters) =>
        new(StandardTail | ((UInt128)System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(Encoding.ASCII.GetBytes(fourCharacters)) << 96));

    public static ContentType FromHex(string hex) => Read(Convert.FromHexString(hex));

    public static ContentType Read(ReadOnlySpan<byte> bytes) => new(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes));

    /// <summary>Four characters for the standard's own types, else the whole value in hexadecimal.</summary>
    public override string ToString() => (Value & (UInt128.MaxValue >> 32)) == StandardTail
        ? JumbfType.Name((uint)(Value >> 96))
        : Value.ToString("X32", System.Globalization.CultureInfo.InvariantCulture);
}
