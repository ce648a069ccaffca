using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Provenance.Verifier.Cbor;

/// <summary>
/// One data item that <see cref="CborReader"/> found well-formed, with the bytes it was read from. An accessor that does
/// not fit <see cref="Kind"/> returns null or nothing, so that a type confusion reads as "absent".
/// </summary>
internal sealed class CborValue
{
    private static readonly CborValue[] NoItems = [];
    private static readonly KeyValuePair<CborValue, CborValue>[] NoEntries = [];

    private readonly object? _content;
    private string? _text;

    private CborValue(CborKind kind, ReadOnlyMemory<byte> encoded, int offset, ulong number, object? content)
    {
        Kind = kind;
        Encoded = encoded;
        Offset = offset;
        Number = number;
        _content = content;
    }

    public CborKind Kind { get; }

    /// <summary>The item exactly as stored, head included: what is hashed or signed.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>Where <see cref="Encoded"/> begins in the bytes given to the reader.</summary>
    public int Offset { get; }

    /// <summary>
    /// The one number that tells two items of a kind apart: the argument of an integer, tag or simple value, a float as the
    /// bits of its double, 0 or 1 of a Boolean; of a string the length of its head (0 if its chunks were joined).
    /// </summary>
    internal ulong Number { get; }

    public ulong? UInt64 => Kind == CborKind.UnsignedInteger ? Number : null;

    /// <summary>The value of an integer of either sign, where it fits; a negative one is -1 - argument (RFC 8949 §3.1).</summary>
    public long? Int64 => Number > long.MaxValue ? null : Kind switch
    {
        CborKind.UnsignedInteger => (long)Number,
        CborKind.NegativeInteger => -1 - (long)Number,
        _ => null,
    };

    /// <summary>The content of a byte string, chunks joined.</summary>
    // The cast matters: a bare null would become an empty memory through its conversion from an array.
    public ReadOnlyMemory<byte>? Bytes => Kind == CborKind.ByteString ? StringContent : (ReadOnlyMemory<byte>?)null;

    /// <summary>The content of a text string, chunks joined.</summary>
    public string? Text => Kind == CborKind.TextString ? _text ??= Encoding.UTF8.GetString(StringContent.Span) : null;

    public bool? Boolean => Kind == CborKind.Boolean ? Number != 0 : null;

    /// <summary>A float of any width; integers are not floats.</summary>
    public double? Float => Kind == CborKind.Float ? BitConverter.UInt64BitsToDouble(Number) : null;

    public bool IsNull => Kind == CborKind.Null;

    /// <summary>The items of an array.</summary>
    [SuppressMessage("Performance", "CA1859", Justification = "Nobody may write to the array behind it.")]
    public IReadOnlyList<CborValue> Items => Kind == CborKind.Array ? (CborValue[])_content! : NoItems;

    /// <summary>The entries of a map as stored; no two keys are equal.</summary>
    public IReadOnlyList<KeyValuePair<CborValue, CborValue>> Entries => Pairs;

    public ulong? TagNumber => Kind == CborKind.Tag ? Number : null;

    /// <summary>The item inside a tag.</summary>
    public CborValue? Content => Kind == CborKind.Tag ? (CborValue)_content! : null;

    /// <summary>The item inside all its tags; itself if there are none.</summary>
    public CborValue Untagged
    {
        get
        {
            var value = this;
            while (value.Content is { } content)
                value = content;
            return value;
        }
    }

    /// <summary>The value under a text key, found by a walk; null if it is absent or this is no map.</summary>
    public CborValue? this[string key]
    {
        get
        {
            if (Kind != CborKind.Map)
                return null;
            int length = Ascii.IsValid(key) ? key.Length : Encoding.UTF8.GetByteCount(key);
            foreach (var pair in Pairs)
            {
                if (pair.Key.IsText(key, length))
                    return pair.Value;
            }
            return null;
        }
    }

    /// <summary>The value under an integer key, found by a walk; null if it is absent or this is no map.</summary>
    public CborValue? this[long key]
    {
        get
        {
            foreach (var (name, value) in Pairs)
            {
                if (name.Int64 == key)
                    return value;
            }
            return null;
        }
    }

    /// <summary>The content of a byte or text string; nothing of any other kind.</summary>
    internal ReadOnlyMemory<byte> StringContent => Kind is not (CborKind.ByteString or CborKind.TextString) ? default
        : _content is byte[] joined ? joined : Encoded[(int)Number..];

    /// <summary>Whether this is the text. Most keys differ in length; none is encoded or decoded as long as both are ASCII, as nearly all are.</summary>
    /// <param name="text">The text.</param>
    /// <param name="utf8Length">Its length in UTF-8.</param>
    private bool IsText(string text, int utf8Length)
    {
        if (Kind != CborKind.TextString || utf8Length != (_content is byte[] joined ? joined.Length : Encoded.Length - (int)Number))
            return false;
        if (utf8Length != text.Length)
            return Text == text;
        var stored = StringContent.Span;
        for (int i = 0; i < stored.Length; i++)
        {
            if (stored[i] != text[i])
                return false;
        }
        return true;
    }

    private KeyValuePair<CborValue, CborValue>[] Pairs =>
        Kind == CborKind.Map ? (KeyValuePair<CborValue, CborValue>[])_content! : NoEntries;

    internal static CborValue Scalar(CborKind kind, ReadOnlyMemory<byte> encoded, int offset, ulong number) =>
        new(kind, encoded, offset, number, null);

    /// <summary>A string stored in one piece behind a head of <paramref name="headLength"/> bytes.</summary>
    internal static CborValue String(CborKind kind, ReadOnlyMemory<byte> encoded, int offset, int headLength) =>
        new(kind, encoded, offset, (ulong)headLength, null);

    /// <summary>A string stored in chunks.</summary>
    internal static CborValue String(CborKind kind, ReadOnlyMemory<byte> encoded, int offset, byte[] joined) =>
        new(kind, encoded, offset, 0, joined);

    internal static CborValue Array(ReadOnlyMemory<byte> encoded, int offset, CborValue[] items) =>
        new(CborKind.Array, encoded, offset, 0, items);

    internal static CborValue Map(ReadOnlyMemory<byte> encoded, int offset, KeyValuePair<CborValue, CborValue>[] entries) =>
        new(CborKind.Map, encoded, offset, 0, entries);

    internal static CborValue Tag(ReadOnlyMemory<byte> encoded, int offset, ulong number, CborValue content) =>
        new(CborKind.Tag, encoded, offset, number, content);
}
