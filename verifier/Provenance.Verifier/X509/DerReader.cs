using System.Formats.Asn1;
using System.Numerics;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.X509;

/// <summary>
/// Reads untrusted ASN.1 forwards: the one door to System.Formats.Asn1. Every fault of the content is a
/// <see cref="MalformedDataException"/> with the offset in what was parsed first. DER unless the constructor is told BER (CMS).
/// It never recurses: a caller descends one named level at a time.
/// </summary>
internal sealed class DerReader
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly string _structure;
    private readonly long _origin;
    private readonly AsnEncodingRules _rules;
    private int _position;

    /// <param name="bytes">What is read.</param>
    /// <param name="structure">The structure named in errors.</param>
    /// <param name="origin">Offset of the first byte in the enclosing value, for errors.</param>
    /// <param name="rules">DER, or BER where CMS allows it.</param>
    public DerReader(ReadOnlyMemory<byte> bytes, string structure, long origin = 0, AsnEncodingRules rules = AsnEncodingRules.DER) =>
        (_bytes, _structure, _origin, _rules) = (bytes, structure, origin, rules);

    private delegate T Decode<T>(ReadOnlySpan<byte> source, AsnEncodingRules rules, out int consumed);

    public bool HasData => _position < _bytes.Length;

    /// <summary>Offset of the next value in what was parsed first.</summary>
    public long Offset => _origin + _position;

    /// <summary>Whether a value follows and is context-specific [<paramref name="number"/>].</summary>
    public bool NextIsContext(int number) => HasData && PeekTag() is { TagClass: TagClass.ContextSpecific } tag && tag.TagValue == number;

    /// <summary>Whether a value follows and has this universal tag.</summary>
    public bool NextIs(UniversalTagNumber number) => HasData && PeekTag() is { TagClass: TagClass.Universal } tag && tag.TagValue == (int)number;

    public Asn1Tag PeekTag()
    {
        if (!HasData)
            throw Malformed("a value is missing");
        if (!Asn1Tag.TryDecode(_bytes.Span[_position..], out var tag, out _))
            throw Malformed("the tag is not valid");
        return tag;
    }

    /// <summary>SEQUENCE or SEQUENCE OF; <paramref name="context"/> for [n] IMPLICIT.</summary>
    public DerReader ReadSequence(string? structure = null, int? context = null)
    {
        long start = Offset;
        var tag = Tag(context, constructed: true);
        (int offset, int length, int consumed) = Read("a SEQUENCE", (s, r, out n) =>
        {
            AsnDecoder.ReadSequence(s, r, out int o, out int l, out n, tag);
            return (o, l, n);
        });
        return Child(start, offset, length, consumed, structure);
    }

    /// <summary>SET OF; DER demands its elements in ascending order (X.690 §11.6), which <paramref name="anyOrder"/> waives.</summary>
    public DerReader ReadSetOf(string? structure = null, int? context = null, bool anyOrder = false)
    {
        long start = Offset;
        var tag = Tag(context, constructed: true);
        (int offset, int length, int consumed) = Read("a SET OF", (s, r, out n) =>
        {
            AsnDecoder.ReadSetOf(s, r, out int o, out int l, out n, anyOrder, tag);
            return (o, l, n);
        });
        return Child(start, offset, length, consumed, structure);
    }

    /// <summary>The content of [n] EXPLICIT; the caller reads the one value in it and calls <see cref="ExpectEnd"/>.</summary>
    public DerReader ReadExplicit(int number, string? structure = null) => ReadSequence(structure, number);

    /// <summary>The content of [n] EXPLICIT if that follows, else null.</summary>
    public DerReader? TryReadExplicit(int number, string? structure = null) => NextIsContext(number) ? ReadExplicit(number, structure) : null;

    /// <summary>The dotted form of an OBJECT IDENTIFIER; .NET bounds it to 64 arcs of 128 bits.</summary>
    public string ReadOid(int? context = null)
    {
        var tag = Tag(context);
        return Read("an OBJECT IDENTIFIER", (s, r, out n) => AsnDecoder.ReadObjectIdentifier(s, r, out n, tag));
    }

    /// <summary>The content of an INTEGER: big-endian two's complement, minimal.</summary>
    public ReadOnlyMemory<byte> ReadIntegerBytes(int? context = null)
    {
        int start = _position;
        var tag = Tag(context);
        int length = Read("an INTEGER", (s, r, out n) => AsnDecoder.ReadIntegerBytes(s, r, out n, tag).Length);
        return _bytes[start.._position][^length..];
    }

    public BigInteger ReadInteger(int? context = null) => new(ReadIntegerBytes(context).Span, isUnsigned: false, isBigEndian: true);

    /// <summary>An INTEGER that fits an int; every other is malformed.</summary>
    public int ReadInt32(int? context = null)
    {
        long start = Offset;
        var bytes = ReadIntegerBytes(context).Span;
        if (bytes.Length > sizeof(int))
            throw new MalformedDataException(_structure, start, $"an INTEGER of {bytes.Length} bytes where a small number belongs");
        return (int)new BigInteger(bytes, isUnsigned: false, isBigEndian: true);
    }

    /// <summary>An ENUMERATED that fits an int.</summary>
    public int ReadEnumerated()
    {
        long start = Offset;
        int value = Read("an ENUMERATED", (s, r, out n) =>
        {
            var bytes = AsnDecoder.ReadEnumeratedBytes(s, r, out n);
            return bytes.Length > sizeof(int) ? -1 : (int)new BigInteger(bytes, isUnsigned: false, isBigEndian: true);
        });
        return value >= 0 ? value : throw new MalformedDataException(_structure, start, "an ENUMERATED out of range");
    }

    public bool ReadBoolean(int? context = null)
    {
        var tag = Tag(context);
        return Read("a BOOLEAN", (s, r, out n) => AsnDecoder.ReadBoolean(s, r, out n, tag));
    }

    public void ReadNull(int? context = null)
    {
        var tag = Tag(context);
        Read("NULL", (s, r, out n) =>
        {
            AsnDecoder.ReadNull(s, r, out n, tag);
            return 0;
        });
    }

    /// <summary>The bytes of an OCTET STRING: a slice, or a copy where BER stores it in pieces.</summary>
    public ReadOnlyMemory<byte> ReadOctetString(int? context = null)
    {
        int start = _position;
        var tag = Tag(context);
        (int length, byte[]? copy) = Read("an OCTET STRING", (s, r, out n) => AsnDecoder.TryReadPrimitiveOctetString(s, r, out var value, out n, tag)
            ? (value.Length, null)
            : (0, AsnDecoder.ReadOctetString(s, r, out n, tag)));
        return copy ?? _bytes[start.._position][^length..];
    }

    /// <summary>The bytes of a BIT STRING whose length is a multiple of eight bits; every other is malformed.</summary>
    public ReadOnlyMemory<byte> ReadBitString(int? context = null)
    {
        long start = Offset;
        var bits = ReadBits(out int unused, context);
        return unused == 0 ? bits : throw new MalformedDataException(_structure, start, $"a BIT STRING with {unused} unused bits where whole bytes belong");
    }

    /// <summary>The bytes of any BIT STRING, first bit in the highest place, and how many low bits of the last byte do not count.</summary>
    public ReadOnlyMemory<byte> ReadBits(out int unused, int? context = null)
    {
        int start = _position;
        var tag = Tag(context);
        (int length, byte[]? copy, unused) = Read("a BIT STRING", (s, r, out n) => AsnDecoder.TryReadPrimitiveBitString(s, r, out int u, out var value, out n, tag)
            ? (value.Length, (byte[]?)null, u)
            : (0, AsnDecoder.ReadBitString(s, r, out u, out n, tag), u));
        return copy ?? _bytes[start.._position][^length..];
    }

    /// <summary>A UTCTime as RFC 5280 §4.1.2.5.1 wants it, YYMMDDHHMMSSZ: 50 to 99 are 19xx, 00 to 49 are 20xx.</summary>
    public DateTimeOffset ReadUtcTime(int? context = null)
    {
        long start = Offset;
        var text = ReadContent(Tag(context, universal: UniversalTagNumber.UtcTime)).Span;
        if (text.Length != 13 || !DerTime.TryParse(text, yearDigits: 2, out var time))
            throw new MalformedDataException(_structure, start, "a UTCTime must be YYMMDDHHMMSSZ (RFC 5280 §4.1.2.5.1)");
        return time;
    }

    /// <summary>
    /// A GeneralizedTime YYYYMMDDHHMMSSZ (RFC 5280 §4.1.2.5.2); with <paramref name="fraction"/> also YYYYMMDDHHMMSS.f…Z without
    /// trailing zeros (RFC 3161 §2.4.2), of which 100 ns and more are kept.
    /// </summary>
    public DateTimeOffset ReadGeneralizedTime(bool fraction = false, int? context = null)
    {
        long start = Offset;
        var text = ReadContent(Tag(context, universal: UniversalTagNumber.GeneralizedTime)).Span;
        if ((text.Length != 15 && !fraction) || !DerTime.TryParse(text, yearDigits: 4, out var time))
            throw new MalformedDataException(_structure, start, "a GeneralizedTime must be YYYYMMDDHHMMSSZ");
        return time;
    }

    /// <summary>A Time: UTCTime or GeneralizedTime without fraction (RFC 5280 §4.1.2.5).</summary>
    public DateTimeOffset ReadTime() => NextIs(UniversalTagNumber.UtcTime) ? ReadUtcTime() : ReadGeneralizedTime();

    /// <summary>The content of a primitive value with this tag, whatever it is.</summary>
    public ReadOnlyMemory<byte> ReadContent(Asn1Tag tag)
    {
        if (PeekTag() is var found && found != tag)
            throw Malformed($"{tag} expected, {found} found");
        int start = _position;
        (int offset, int length) = Read("a primitive value", (s, r, out n) =>
        {
            AsnDecoder.ReadEncodedValue(s, r, out int o, out int l, out n);
            return (o, l);
        });
        return _bytes.Slice(start + offset, length);
    }

    /// <summary>The content of a primitive [n] IMPLICIT value.</summary>
    public ReadOnlyMemory<byte> ReadContextContent(int number) => ReadContent(new Asn1Tag(TagClass.ContextSpecific, number));

    /// <summary>The next value whole, tag and length included.</summary>
    public ReadOnlyMemory<byte> ReadEncoded()
    {
        int start = _position;
        int length = Read("a value", (s, r, out n) =>
        {
            AsnDecoder.ReadEncodedValue(s, r, out _, out _, out n);
            return n;
        });
        return _bytes.Slice(start, length);
    }

    /// <summary>The rest of the reader's bytes, unread.</summary>
    public ReadOnlyMemory<byte> Rest => _bytes[_position..];

    /// <summary>Trailing data are malformed unless a clause allows them.</summary>
    public void ExpectEnd()
    {
        if (HasData)
            throw Malformed($"{_bytes.Length - _position} bytes follow the end");
    }

    public MalformedDataException Malformed(string rule) => MalformedAt(Offset, rule);

    /// <summary>A fault of something that was read already.</summary>
    public MalformedDataException MalformedAt(long offset, string rule) => new(_structure, offset, rule);

    private static Asn1Tag? Tag(int? context, bool constructed = false) =>
        context is { } number ? new Asn1Tag(TagClass.ContextSpecific, number, constructed) : null;

    private static Asn1Tag Tag(int? context, UniversalTagNumber universal) => Tag(context) ?? new Asn1Tag(universal);

    private T Read<T>(string expected, Decode<T> decode)
    {
        try
        {
            T value = decode(_bytes.Span[_position..], _rules, out int consumed);
            _position += consumed;
            return value;
        }
        catch (AsnContentException)
        {
            // In words of ours: those of the framework are others on other platforms, and reports must not be.
            throw Malformed($"{expected} in {_rules} expected{Found()}");
        }
    }

    /// <summary>The tag that follows, which may be the right one before content that is not.</summary>
    private string Found() => !HasData ? ", nothing found"
        : !Asn1Tag.TryDecode(_bytes.Span[_position..], out var tag, out _) ? ", a tag that is none found"
        : tag.TagClass == TagClass.Universal ? $", found what begins with tag {tag.TagValue}" : $", found what begins with tag {tag.TagClass}-{tag.TagValue}";

    private DerReader Child(long start, int offset, int length, int consumed, string? structure)
    {
        int from = _position - consumed + offset;
        return new DerReader(_bytes.Slice(from, length), structure ?? _structure, start + offset, _rules);
    }
}
