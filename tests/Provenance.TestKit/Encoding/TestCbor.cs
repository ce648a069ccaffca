using System.Buffers.Binary;
using System.Collections;
using System.Text;

namespace Provenance.TestKit;

/// <summary>
/// Writes CBOR from plain values, and lets a test write what no honest writer would: duplicate keys, longer heads,
/// indefinite lengths, raw bytes. Keys stay in the order given.
/// </summary>
public static class TestCbor
{
    /// <summary>CBOR of null, bool, integers, double, text, byte[], sequences, <see cref="CborFields"/>, <see cref="CborTagged"/> and <see cref="CborRaw"/>.</summary>
    public static byte[] Encode(object? value)
    {
        var output = new MemoryStream();
        Write(output, value);
        return output.ToArray();
    }

    /// <summary>A head with the shortest argument, or with exactly <paramref name="argumentBytes"/> (0, 1, 2, 4, 8).</summary>
    public static byte[] Head(int majorType, ulong argument, int? argumentBytes = null)
    {
        int width = argumentBytes ?? (argument < 24 ? 0 : argument <= byte.MaxValue ? 1 : argument <= ushort.MaxValue ? 2 : argument <= uint.MaxValue ? 4 : 8);
        if (width == 0)
            return [(byte)(majorType << 5 | (int)argument)];
        byte[] all = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(all, argument);
        byte additional = width switch { 1 => 24, 2 => 25, 4 => 26, _ => 27 };
        return [(byte)(majorType << 5 | additional), .. all[(8 - width)..]];
    }

    /// <summary>A byte string with its head, as v2 time stamps hash it.</summary>
    public static byte[] ByteString(byte[] value) => [.. Head(2, (ulong)value.Length), .. value];

    private static void Write(MemoryStream output, object? value)
    {
        switch (value)
        {
            case null: output.WriteByte(0xF6); break;
            case bool flag: output.WriteByte(flag ? (byte)0xF5 : (byte)0xF4); break;
            case int number: WriteInteger(output, number); break;
            case uint number: WriteInteger(output, number); break;
            case long number: WriteInteger(output, number); break;
            case ulong number: output.Write(Head(0, number)); break;
            case double number:
                output.WriteByte(0xFB);
                byte[] bits = new byte[8];
                BinaryPrimitives.WriteDoubleBigEndian(bits, number);
                output.Write(bits);
                break;
            case string text:
                byte[] utf8 = Encoding.UTF8.GetBytes(text);
                output.Write(Head(3, (ulong)utf8.Length));
                output.Write(utf8);
                break;
            case byte[] bytes: output.Write(ByteString(bytes)); break;
            case CborRaw raw: output.Write(raw.Bytes); break;
            case CborTagged tag:
                output.Write(Head(6, tag.Number));
                Write(output, tag.Value);
                break;
            case CborFields map: WriteMap(output, map); break;
            case DateTimeOffset time: Write(output, new CborTagged(0, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null))); break;
            case IEnumerable items:
                object?[] all = [.. items.Cast<object?>()];
                output.Write(Head(4, (ulong)all.Length));
                foreach (object? item in all) Write(output, item);
                break;
            default: throw new ArgumentException($"no CBOR for {value.GetType()}", nameof(value));
        }
    }

    private static void WriteInteger(MemoryStream output, long number) =>
        output.Write(number >= 0 ? Head(0, (ulong)number) : Head(1, (ulong)(-1 - number)));

    private static void WriteMap(MemoryStream output, CborFields map)
    {
        if (map.Indefinite) output.WriteByte(0xBF);
        else output.Write(Head(5, (ulong)map.Count, map.LongHead ? 4 : null));
        foreach ((object key, object? value) in map)
        {
            Write(output, key);
            Write(output, value);
        }
        if (map.Indefinite) output.WriteByte(0xFF);
    }
}

/// <summary>Bytes put into CBOR as they are, well-formed or not.</summary>
public sealed record CborRaw(byte[] Bytes)
{
    /// <summary>From hexadecimal digits.</summary>
    public static CborRaw Hex(string digits) => new(Convert.FromHexString(digits));
}

/// <summary>A tagged item.</summary>
public sealed record CborTagged(ulong Number, object? Value);

/// <summary>A CBOR map in writing order. <see cref="Add"/> never replaces, so a key can be given twice on purpose.</summary>
public sealed class CborFields : IEnumerable<KeyValuePair<object, object?>>
{
    private readonly List<KeyValuePair<object, object?>> _fields = [];

    /// <summary>Written with indefinite length.</summary>
    public bool Indefinite { get; set; }

    /// <summary>Written with a four-byte count.</summary>
    public bool LongHead { get; set; }

    /// <summary>How many entries, duplicates counted.</summary>
    public int Count => _fields.Count;

    /// <summary>The first value under a key; setting replaces it in place or appends.</summary>
    public object? this[object key]
    {
        get => _fields.FirstOrDefault(f => f.Key.Equals(key)).Value;
        set
        {
            int at = _fields.FindIndex(f => f.Key.Equals(key));
            if (at < 0) _fields.Add(new(key, value));
            else _fields[at] = new(key, value);
        }
    }

    /// <summary>Appends, even when the key is there already.</summary>
    public void Add(object key, object? value) => _fields.Add(new(key, value));

    /// <summary>Appends unless the value is null.</summary>
    public CborFields AddIfPresent(object key, object? value)
    {
        if (value is not null) Add(key, value);
        return this;
    }

    /// <summary>Takes every entry with this key out.</summary>
    public CborFields Omit(object key)
    {
        _fields.RemoveAll(f => f.Key.Equals(key));
        return this;
    }

    /// <summary>Replaces or appends, and returns the map.</summary>
    public CborFields With(object key, object? value)
    {
        this[key] = value;
        return this;
    }

    /// <summary>Whether the key occurs.</summary>
    public bool Has(object key) => _fields.Exists(f => f.Key.Equals(key));

    /// <summary>The other way round, to prove that readers take any order.</summary>
    public CborFields Reverse()
    {
        _fields.Reverse();
        return this;
    }

    public IEnumerator<KeyValuePair<object, object?>> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
