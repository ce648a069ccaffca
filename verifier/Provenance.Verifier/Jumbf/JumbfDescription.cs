using System.Text;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Jumbf;

/// <summary>
/// The description box of a superbox (ISO 19566-5 §A.3; C2PA 2.5 §11.5.3.2):
/// content type (16), toggles (1), label + 0x00 if bit 1, ID (4) if bit 2, SHA-256 (32) if bit 3, private box if bit 4.
/// </summary>
internal sealed record JumbfDescription(ContentType Type, byte Toggles, string? Label, uint? Id, ReadOnlyMemory<byte>? Salt)
{
    private const byte Requestable = 0x01, HasLabel = 0x02, HasId = 0x04, HasDigest = 0x08, HasPrivate = 0x10;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>C2PA boxes must be requestable and labelled (§11.5.3.2).</summary>
    public bool IsRequestableAndLabelled => (Toggles & (Requestable | HasLabel)) == (Requestable | HasLabel);

    public static JumbfDescription Read(ReadOnlyMemory<byte> payload, long offset, Limits limits)
    {
        var cursor = new ByteCursor(payload.Span, "JUMBF description box", offset);
        var type = ContentType.Read(cursor.Take(16));
        byte toggles = cursor.ReadByte();
        string? label = (toggles & HasLabel) != 0 ? ReadLabel(ref cursor, limits) : null;
        uint? id = (toggles & HasId) != 0 ? cursor.ReadUInt32BigEndian() : null;
        if ((toggles & HasDigest) != 0)
            cursor.Skip(32);
        ReadOnlyMemory<byte>? salt = (toggles & HasPrivate) != 0 ? ReadSalt(ref cursor, payload) : (ReadOnlyMemory<byte>?)null; // a bare null would become an empty memory
        cursor.ExpectEnd();
        return new(type, toggles, label, id, salt);
    }

    private static string ReadLabel(ref ByteCursor cursor, Limits limits)
    {
        long start = cursor.Offset;
        var bytes = cursor.ReadToNul();
        if (bytes.Length > limits.JumbfLabelBytes)
            throw new LimitExceededException("JUMBF label", start, nameof(Limits.JumbfLabelBytes), limits.JumbfLabelBytes);
        string label;
        try
        {
            label = StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new MalformedDataException("JUMBF label", start, "a label is UTF-8 (ISO 19566-5 §A.3)");
        }
        // §11.5.3.3: these would let one label pass for another, or break the URIs that are made of labels. Controls of writing direction
        // are not on its list and do the same on a screen; no known label has any.
        foreach (char c in label)
        {
            if (c is < ' ' or (>= '\u007F' and <= '\u009F') or '/' or ';' or '?' or '#' or '\uFEFF' or '\uFFFF'
                or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'))
                throw new MalformedDataException("JUMBF label", start, $"the character U+{(int)c:X4} is not allowed (§11.5.3.3)");
        }
        return label;
    }

    private static ReadOnlyMemory<byte> ReadSalt(ref ByteCursor cursor, ReadOnlyMemory<byte> payload)
    {
        uint length = cursor.ReadUInt32BigEndian();
        uint type = cursor.ReadUInt32BigEndian();
        if (type != JumbfType.Salt)
            throw cursor.Malformed($"the private box is '{JumbfType.Name(type)}', C2PA knows 'c2sh' only (§9.4.2.3)");
        if (length is not (24 or 40))
            throw cursor.Malformed($"a salt has 16 or 32 bytes, the box says {length} - 8 (§9.4.2.3)");
        int start = cursor.Position;
        cursor.Skip(length - 8);
        return payload.Slice(start, (int)length - 8);
    }
}
