using System.Buffers.Binary;
using System.Text;

namespace Provenance.TestKit;

/// <summary>EXIF of any tags: a TIFF structure of three directories, the second and third behind tags 34665 and 34853 of the first.</summary>
public sealed record TestExif
{
    private IReadOnlyList<(ushort Tag, ushort Type, uint Count, byte[] Value)> Main { get; init; } = [];

    private IReadOnlyList<(ushort Tag, ushort Type, uint Count, byte[] Value)> Camera { get; init; } = [];

    private IReadOnlyList<(ushort Tag, ushort Type, uint Count, byte[] Value)> Position { get; init; } = [];

    public bool IsLittle { get; init; }

    /// <summary>Where the directory of the camera is said to be instead of where it is.</summary>
    public uint? CameraOffset { get; init; }

    /// <summary>What the first directory says about the next.</summary>
    public uint Next { get; init; }

    public TestExif With(ushort tag, string text) => this with { Main = [.. Main, Text(tag, text)] };

    public TestExif With(ushort tag, ushort type, uint count, byte[] value) => this with { Main = [.. Main, (tag, type, count, value)] };

    public TestExif Taken(ushort tag, string text) => this with { Camera = [.. Camera, Text(tag, text)] };

    public TestExif Taken(ushort tag, ushort type, uint count, byte[] value) => this with { Camera = [.. Camera, (tag, type, count, value)] };

    /// <summary>A fraction in the camera's directory.</summary>
    public TestExif Taken(ushort tag, uint numerator, uint denominator) => Taken(tag, 5, 1, [.. U32(numerator), .. U32(denominator)]);

    /// <summary>Where it was: whole degrees, minutes and seconds.</summary>
    public TestExif At(string northOrSouth, uint[] latitude, string eastOrWest, uint[] longitude) => this with
    {
        Position = [.. Position, Text(1, northOrSouth), (2, 5, 3, Fractions(latitude)), Text(3, eastOrWest), (4, 5, 3, Fractions(longitude))],
    };

    public byte[] ToBytes()
    {
        var main = Main.ToList();
        int cameraAt = 8 + LengthOf(main.Count + (Camera.Count > 0 ? 1 : 0) + (Position.Count > 0 ? 1 : 0)), positionAt = cameraAt + LengthOf(Camera.Count), valuesAt = positionAt + LengthOf(Position.Count);
        if (Camera.Count > 0) main.Add((0x8769, 4, 1, U32(CameraOffset ?? (uint)cameraAt)));
        if (Position.Count > 0) main.Add((0x8825, 4, 1, U32((uint)positionAt)));
        var values = new MemoryStream();
        byte[] Directory(IEnumerable<(ushort Tag, ushort Type, uint Count, byte[] Value)> entries, int count, uint next) =>
        [
            .. U16((ushort)count),
            .. entries.SelectMany(entry => (byte[])[.. U16(entry.Tag), .. U16(entry.Type), .. U32(entry.Count), .. Place(entry.Value)]),
            .. U32(next),
        ];
        byte[] Place(byte[] value)
        {
            if (value.Length <= 4) return [.. value, .. new byte[4 - value.Length]];
            uint at = (uint)(valuesAt + values.Length);
            values.Write(value);
            return U32(at);
        }
        byte[] structure = [.. IsLittle ? "II*\0"u8 : "MM\0*"u8, .. U32(8), .. Directory(main, main.Count, Next), .. Directory(Camera, Camera.Count, 0), .. Directory(Position, Position.Count, 0)];
        return [.. structure, .. values.ToArray()];
    }

    private static int LengthOf(int entries) => 2 + 12 * entries + 4;

    private byte[] Fractions(uint[] values) => [.. values.SelectMany(value => (byte[])[.. U32(value), .. U32(1)])];

    private static (ushort Tag, ushort Type, uint Count, byte[] Value) Text(ushort tag, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text + "\0");
        return (tag, 2, (uint)bytes.Length, bytes);
    }

    private byte[] U16(ushort value)
    {
        byte[] bytes = new byte[2];
        if (IsLittle) BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        else BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return bytes;
    }

    private byte[] U32(uint value)
    {
        byte[] bytes = new byte[4];
        if (IsLittle) BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        else BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
