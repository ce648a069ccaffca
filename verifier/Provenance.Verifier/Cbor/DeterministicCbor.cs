using System.Buffers.Binary;

namespace Provenance.Verifier.Cbor;

/// <summary>
/// The core deterministic encoding of a data item (RFC 8949 §4.2.1): shortest heads, definite lengths, map keys in the order of their
/// encoded bytes. For the one place where a standard signs that encoding and stores another; elsewhere what is signed is what is stored.
/// </summary>
internal static class DeterministicCbor
{
    /// <summary>An item whose parts are being encoded.</summary>
    private sealed record Frame(CborValue Value)
    {
        public List<byte[]> Parts { get; } = [];
    }

    public static byte[] Encode(CborValue value)
    {
        // Nesting is this stack, not the call stack.
        var open = new Stack<Frame>([new(value)]);
        while (true)
        {
            var innermost = open.Peek();
            if (Part(innermost.Value, innermost.Parts.Count) is { } part)
            {
                open.Push(new(part));
                continue;
            }
            byte[] encoded = Join(innermost.Value, open.Pop().Parts);
            if (!open.TryPeek(out var outer))
                return encoded;
            outer.Parts.Add(encoded);
        }
    }

    /// <summary>The part of this index, the keys and values of a map counted in turn; null behind the last.</summary>
    private static CborValue? Part(CborValue value, int index) => value.Kind switch
    {
        CborKind.Array => index < value.Items.Count ? value.Items[index] : null,
        CborKind.Map => index >= 2 * value.Entries.Count ? null : index % 2 == 0 ? value.Entries[index / 2].Key : value.Entries[index / 2].Value,
        CborKind.Tag => index == 0 ? value.Content : null,
        _ => null,
    };

    private static byte[] Join(CborValue value, List<byte[]> parts) => value.Kind switch
    {
        CborKind.UnsignedInteger => Head(0, value.Number),
        CborKind.NegativeInteger => Head(1, value.Number),
        CborKind.ByteString => [.. Head(2, (ulong)value.StringContent.Length), .. value.StringContent.Span],
        CborKind.TextString => [.. Head(3, (ulong)value.StringContent.Length), .. value.StringContent.Span],
        CborKind.Array => [.. Head(4, (ulong)parts.Count), .. parts.SelectMany(part => part)],
        CborKind.Map => [.. Head(5, (ulong)parts.Count / 2), .. Sorted(parts)],
        CborKind.Tag => [.. Head(6, value.Number), .. parts[0]],
        // One byte each, or two for numbers from 32 on: there is one way to write them. The shortest float is the one thing left to do.
        CborKind.Float => Float(BitConverter.UInt64BitsToDouble(value.Number)),
        _ => value.Encoded.ToArray(),
    };

    private static IEnumerable<byte> Sorted(List<byte[]> parts)
    {
        var entries = Enumerable.Range(0, parts.Count / 2).Select(index => (Key: parts[2 * index], Value: parts[(2 * index) + 1])).ToList();
        entries.Sort((a, b) => a.Key.AsSpan().SequenceCompareTo(b.Key));
        return entries.SelectMany(entry => entry.Key.Concat(entry.Value));
    }

    private static byte[] Head(int major, ulong argument)
    {
        byte[] wide = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(wide, argument);
        byte first = (byte)(major << 5);
        return argument switch
        {
            < 24 => [(byte)(first | (byte)argument)],
            <= byte.MaxValue => [(byte)(first | 24), wide[7]],
            <= ushort.MaxValue => [(byte)(first | 25), .. wide[6..]],
            <= uint.MaxValue => [(byte)(first | 26), .. wide[4..]],
            _ => [(byte)(first | 27), .. wide],
        };
    }

    private static byte[] Float(double value)
    {
        byte[] bytes = new byte[9];
        if (double.IsNaN(value) || (double)(Half)value == value)
        {
            bytes[0] = 0xF9;
            BinaryPrimitives.WriteHalfBigEndian(bytes.AsSpan(1), double.IsNaN(value) ? BitConverter.UInt16BitsToHalf(0x7E00) : (Half)value);
            return bytes[..3];
        }
        if ((double)(float)value == value)
        {
            bytes[0] = 0xFA;
            BinaryPrimitives.WriteSingleBigEndian(bytes.AsSpan(1), (float)value);
            return bytes[..5];
        }
        bytes[0] = 0xFB;
        BinaryPrimitives.WriteDoubleBigEndian(bytes.AsSpan(1), value);
        return bytes;
    }
}
