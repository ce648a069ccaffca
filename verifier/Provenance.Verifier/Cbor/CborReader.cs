using System.Buffers;
using System.Text.Unicode;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Cbor;

/// <summary>
/// Reads CBOR (RFC 8949) from strangers. Deterministic encoding is a rule for writers, and real files break it; so any key
/// order, any width of integers and lengths, and indefinite lengths are read. Refused is what is not well-formed
/// (Appendix C) and what §5.3 calls invalid and two readers could take two ways: text that is not UTF-8, equal keys.
/// The meaning of tags is not checked.
/// </summary>
internal static class CborReader
{
    /// <summary>Reads exactly one data item; bytes behind it are malformed.</summary>
    /// <exception cref="MalformedDataException">Not one well-formed and valid data item.</exception>
    public static CborValue Read(ReadOnlyMemory<byte> bytes, string structure, CborBudget budget)
    {
        var value = ReadFirst(bytes, structure, budget, out int consumed);
        if (consumed != bytes.Length)
            throw new MalformedDataException(structure, consumed, $"{bytes.Length - consumed} bytes follow the CBOR data item");
        return value;
    }

    /// <summary>Reads one data item from the beginning; bytes may follow.</summary>
    /// <exception cref="MalformedDataException">No well-formed and valid data item.</exception>
    public static CborValue ReadFirst(ReadOnlyMemory<byte> bytes, string structure, CborBudget budget, out int consumed)
    {
        var parse = new Parse(bytes, structure, budget);
        var value = parse.ReadItem();
        consumed = value.Encoded.Length;
        return value;
    }

    /// <summary>An array, map or tag whose items are being read.</summary>
    private struct Container
    {
        public CborKind Kind;
        public int Start;
        public int FirstItem;
        public ulong Tag;

        /// <summary>Items still to come; -1 while a break code is awaited.</summary>
        public long Left;
    }

    private ref struct Parse(ReadOnlyMemory<byte> bytes, string structure, CborBudget budget)
    {
        private const byte BreakCode = 0xFF;
        private const int Indefinite = 31;

        private readonly ReadOnlyMemory<byte> _bytes = bytes;
        private readonly string _structure = structure;
        private readonly CborBudget _budget = budget;
        private readonly CborKeys _keys = new();
        private ByteCursor _cursor = new(bytes.Span, structure);

        // Nesting is this stack, not the call stack. Items wait in one list until their container is complete, so that
        // nothing is allocated for a length that a head merely announces.
        private Container[] _open = new Container[8];
        private int _depth;
        private CborValue[] _items = new CborValue[16];
        private int _count;

        public CborValue ReadItem()
        {
            while (true)
            {
                var value = _depth > 0 && Innermost.Left < 0 && _cursor.Peek() == BreakCode ? CloseAtBreak() : ReadOrOpen();
                while (value is not null)
                {
                    if (_depth == 0)
                        return value;
                    value = AddToInnermost(value);
                }
            }
        }

        private readonly ref Container Innermost => ref _open[_depth - 1];

        /// <summary>Reads a head and what belongs to it; null if it opened a container that still lacks its items.</summary>
        private CborValue? ReadOrOpen()
        {
            int start = _cursor.Position;
            _budget.Spend(_structure, start);
            byte initial = _cursor.ReadByte();
            int major = initial >> 5, info = initial & 0x1F;
            if (major == 7)
                return ReadSimpleOrFloat(start, info);
            if (info == Indefinite)
            {
                return major switch
                {
                    2 => ReadChunks(CborKind.ByteString, start),
                    3 => ReadChunks(CborKind.TextString, start),
                    4 => Open(CborKind.Array, start, -1),
                    5 => Open(CborKind.Map, start, -1),
                    _ => throw Malformed(start, $"major type {major} has no indefinite length (RFC 8949 §3.2.1)"),
                };
            }
            ulong argument = ReadArgument(start, info);
            switch (major)
            {
                case 0:
                    return CborValue.Scalar(CborKind.UnsignedInteger, From(start), start, argument);
                case 1:
                    return CborValue.Scalar(CborKind.NegativeInteger, From(start), start, argument);
                case 2 or 3:
                    int head = _cursor.Position - start;
                    TakeString(major, start, argument);
                    return CborValue.String(major == 2 ? CborKind.ByteString : CborKind.TextString, From(start), start, head);
                case 4:
                    return Open(CborKind.Array, start, ItemsAnnounced(start, argument, bytesEach: 1));
                case 5:
                    return Open(CborKind.Map, start, ItemsAnnounced(start, argument, bytesEach: 2) * 2);
                default:
                    return Open(CborKind.Tag, start, 1, argument);
            }
        }

        /// <summary>The argument of a head (RFC 8949 §3); wider than needed is allowed.</summary>
        private ulong ReadArgument(int start, int info) => info switch
        {
            < 24 => (ulong)info,
            24 => _cursor.ReadByte(),
            25 => _cursor.ReadUInt16BigEndian(),
            26 => _cursor.ReadUInt32BigEndian(),
            27 => _cursor.ReadUInt64BigEndian(),
            _ => throw Malformed(start, $"additional information {info} is reserved here (RFC 8949 §3)"),
        };

        private CborValue ReadSimpleOrFloat(int start, int info)
        {
            switch (info)
            {
                case 20 or 21:
                    return CborValue.Scalar(CborKind.Boolean, From(start), start, info == 21 ? 1UL : 0);
                case 22:
                    return CborValue.Scalar(CborKind.Null, From(start), start, 0);
                case 23:
                    return CborValue.Scalar(CborKind.Undefined, From(start), start, 0);
                case < 20:
                    return CborValue.Scalar(CborKind.Simple, From(start), start, (ulong)info);
                case 24:
                    byte simple = _cursor.ReadByte();
                    if (simple < 32)
                        throw Malformed(start, $"simple value {simple} in two bytes; below 32 it has one (RFC 8949 §3.3)");
                    return CborValue.Scalar(CborKind.Simple, From(start), start, simple);
                case 25:
                    ulong half = Widen(_cursor.ReadUInt16BigEndian(), exponentBits: 5, fractionBits: 10);
                    return CborValue.Scalar(CborKind.Float, From(start), start, half);
                case 26:
                    ulong single = Widen(_cursor.ReadUInt32BigEndian(), exponentBits: 8, fractionBits: 23);
                    return CborValue.Scalar(CborKind.Float, From(start), start, single);
                case 27:
                    ulong bits = _cursor.ReadUInt64BigEndian();
                    return CborValue.Scalar(CborKind.Float, From(start), start, bits);
                case Indefinite:
                    throw Malformed(start, "a break code stands where a data item is expected (RFC 8949 §3.2.1)");
                default:
                    throw Malformed(start, $"additional information {info} is reserved (RFC 8949 §3.3)");
            }
        }

        /// <summary>
        /// The bits of the double of the same value. By hand, because a conversion may change the payload of a NaN, and
        /// differently on each platform; RFC 8949 §5.6.1 extends it with zeros.
        /// </summary>
        private static ulong Widen(uint bits, int exponentBits, int fractionBits)
        {
            ulong sign = bits >> (exponentBits + fractionBits);
            uint maximum = (1u << exponentBits) - 1;
            uint exponent = (bits >> fractionBits) & maximum;
            ulong fraction = bits & ((1u << fractionBits) - 1);
            int bias = (1 << (exponentBits - 1)) - 1;
            if (exponent == 0)
            {
                // Zero or subnormal: a multiple of a power of two, which is a normal double and so exact.
                double unit = BitConverter.UInt64BitsToDouble((ulong)(1 - bias - fractionBits + 1023) << 52);
                return BitConverter.DoubleToUInt64Bits(fraction * unit) | sign << 63;
            }
            ulong wide = exponent == maximum ? 0x7FFUL : (ulong)((int)exponent - bias + 1023);
            return sign << 63 | wide << 52 | fraction << (52 - fractionBits);
        }

        /// <summary>A string in chunks (RFC 8949 §3.2.3): each is a definite string of the same type, text cut between characters.</summary>
        private CborValue ReadChunks(CborKind kind, int start)
        {
            var joined = new ArrayBufferWriter<byte>();
            while (_cursor.Peek() != BreakCode)
            {
                int chunk = _cursor.Position;
                _budget.Spend(_structure, chunk);
                byte initial = _cursor.ReadByte();
                int major = initial >> 5, info = initial & 0x1F;
                if (major != (kind == CborKind.ByteString ? 2 : 3) || info == Indefinite)
                    throw Malformed(chunk, "a chunk must be a string of the same type and of definite length (RFC 8949 §3.2.3)");
                joined.Write(TakeString(major, chunk, ReadArgument(chunk, info)));
            }
            _cursor.Skip(1);
            return CborValue.String(kind, From(start), start, joined.WrittenSpan.ToArray());
        }

        private ReadOnlySpan<byte> TakeString(int major, int start, ulong length)
        {
            if (length > (ulong)_cursor.Remaining)
                throw Malformed(start, $"a string of {length} bytes announced, {_cursor.Remaining} left");
            var content = _cursor.Take((long)length);
            if (major == 3 && !Utf8.IsValid(content))
                throw Malformed(start, "a text string must be UTF-8 (RFC 8949 §5.3.1)");
            return content;
        }

        /// <summary>A number of items or pairs that the bytes left could hold at all.</summary>
        private readonly long ItemsAnnounced(int start, ulong count, int bytesEach)
        {
            if (count > (ulong)(_cursor.Remaining / bytesEach))
                throw Malformed(start, $"{count} {(bytesEach == 1 ? "items" : "pairs")} announced, {_cursor.Remaining} bytes left");
            return (long)count;
        }

        private CborValue? Open(CborKind kind, int start, long items, ulong tag = 0)
        {
            if (_depth == _budget.Depth)
                throw new LimitExceededException(_structure, start, nameof(Limits.CborDepth), _budget.Depth);
            if (_depth == _open.Length)
                Array.Resize(ref _open, _depth * 2);
            _open[_depth++] = new Container { Kind = kind, Start = start, FirstItem = _count, Left = items, Tag = tag };
            return items == 0 ? Close() : null;
        }

        /// <summary>Gives an item to the innermost container; returns that container if this was its last item.</summary>
        private CborValue? AddToInnermost(CborValue value)
        {
            if (_count == _items.Length)
                Array.Resize(ref _items, _count * 2);
            _items[_count++] = value;
            ref var container = ref Innermost;
            if (container.Left < 0 || --container.Left > 0)
                return null;
            return Close();
        }

        private CborValue CloseAtBreak()
        {
            if (Innermost.Kind == CborKind.Map && (_count - Innermost.FirstItem) % 2 != 0)
                throw _cursor.Malformed("the map ends between a key and its value (RFC 8949 §3.2.2)");
            _cursor.Skip(1);
            return Close();
        }

        private CborValue Close()
        {
            var container = _open[--_depth];
            var items = _items.AsSpan(container.FirstItem, _count - container.FirstItem);
            _count = container.FirstItem;
            var encoded = From(container.Start);
            switch (container.Kind)
            {
                case CborKind.Array:
                    return CborValue.Array(encoded, container.Start, items.ToArray());
                case CborKind.Tag:
                    return CborValue.Tag(encoded, container.Start, container.Tag, items[0]);
                default:
                    var entries = new KeyValuePair<CborValue, CborValue>[items.Length / 2];
                    for (int i = 0; i < entries.Length; i++)
                        entries[i] = new(items[2 * i], items[2 * i + 1]);
                    if (_keys.FindDuplicate(entries) is { } key)
                        throw Malformed(key.Offset, "the map has this key already (RFC 8949 §5.6)");
                    return CborValue.Map(encoded, container.Start, entries);
            }
        }

        private readonly ReadOnlyMemory<byte> From(int start) => _bytes[start.._cursor.Position];

        private readonly MalformedDataException Malformed(int offset, string rule) => new(_structure, offset, rule);
    }
}
