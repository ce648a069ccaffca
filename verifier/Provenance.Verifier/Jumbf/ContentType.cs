using System.Buffers.Binary;
using System.Text;

namespace Provenance.Verifier.Jumbf;

/// <summary>The 16-byte content type of a JUMBF superbox (ISO 19566-5 §A.3), or any other UUID as stored.</summary>
/// <param name="High">The first eight bytes, big-endian. Two halves, because code with UInt128 is never compiled ahead of time.</param>
/// <param name="Low">The other eight.</param>
internal readonly record struct ContentType(ulong High, ulong Low)
{
    private const ulong StandardHigh = 0x0000_0000_0011_0010, StandardLow = 0x8000_00AA_0038_9B71;

    public static ContentType Standard(string fourCharacters) =>
        new(StandardHigh | ((ulong)BinaryPrimitives.ReadUInt32BigEndian(Encoding.ASCII.GetBytes(fourCharacters)) << 32), StandardLow);

    public static ContentType Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));

    /// <summary>Four characters for the standard's own types, else the whole value in hexadecimal.</summary>
    public override string ToString() => (High & uint.MaxValue) == StandardHigh && Low == StandardLow
        ? JumbfType.Name((uint)(High >> 32))
        : High.ToString("X16", System.Globalization.CultureInfo.InvariantCulture) + Low.ToString("X16", System.Globalization.CultureInfo.InvariantCulture);
}
