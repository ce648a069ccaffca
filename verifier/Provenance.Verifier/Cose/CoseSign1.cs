using System.Buffers.Binary;
using System.Text;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;

namespace Provenance.Verifier.Cose;

/// <summary>
/// A COSE_Sign1 (RFC 9052 §4.2) as stored, with the headers C2PA 2.5 §12.3 gives a meaning. Reading one proves nothing.
/// <code>
/// 18([ protected: bstr .cbor map / h'', unprotected: map, payload: bstr / nil, signature: bstr ])
/// </code>
/// </summary>
internal sealed class CoseSign1
{
    private const string Structure = "COSE_Sign1";
    private const ulong Tag = 18;
    private static readonly byte[] EmptyMap = [0xA0];

    private CoseSign1(bool tagged, ReadOnlyMemory<byte> protectedBytes, CborValue protectedHeader, CborValue unprotectedHeader, Limits limits)
    {
        Tagged = tagged;
        ProtectedBytes = protectedBytes;
        Protected = protectedHeader;
        Unprotected = unprotectedHeader;
        RepeatedLabels = CoseHeaders.Repeated(protectedHeader, unprotectedHeader, Structure);
        UnknownCriticalLabels = CoseHeaders.UnknownCritical(protectedHeader, unprotectedHeader, Structure);
        X5Chain = X5Chain.Read(protectedHeader, unprotectedHeader, limits);
        (TimeStamp, TimeStampFault) = CoseTimeStamp.Read(unprotectedHeader);
        OcspValues = ReadOcspValues(unprotectedHeader);
    }

    /// <summary>Whether tag 18 was there. C2PA asks for it (COSE_Sign1_Tagged); the caller decides.</summary>
    public bool Tagged { get; }

    /// <summary>The content of the protected byte string as stored: what is signed.</summary>
    public ReadOnlyMemory<byte> ProtectedBytes { get; }

    /// <summary>The protected header; an empty byte string is an empty map.</summary>
    public CborValue Protected { get; }

    /// <summary>The unprotected header: anybody may have changed it since.</summary>
    public CborValue Unprotected { get; }

    /// <summary>The payload; null if it is nil ("detached"), which is not the same as empty.</summary>
    public ReadOnlyMemory<byte>? Payload { get; private init; }

    public ReadOnlyMemory<byte> Signature { get; private init; }

    /// <summary>The algorithm identifier of the protected header; null if it is absent there or no integer. The unprotected header never counts.</summary>
    public long? AlgorithmId => Protected[1]?.Int64;

    /// <summary>The algorithm of the protected header; null if it is absent or not one of <see cref="CoseAlgorithms"/>.</summary>
    public CoseAlgorithm? Algorithm => AlgorithmId is { } id ? CoseAlgorithms.Find(id) : null;

    /// <summary>Labels that stand in both headers, which RFC 9052 §3 forbids, as text.</summary>
    public IReadOnlyList<string> RepeatedLabels { get; }

    /// <summary>Critical labels this verifier does not understand, as text; with any, the signature cannot be verified (RFC 9052 §3.1).</summary>
    public IReadOnlyList<string> UnknownCriticalLabels { get; }

    public X5Chain X5Chain { get; }

    /// <summary>The time stamp; null if there is none or a <see cref="TimeStampFault"/>.</summary>
    public CoseTimeStamp? TimeStamp { get; }

    /// <summary>Why the time stamp headers cannot be used; null if they can, or if there are none.</summary>
    public string? TimeStampFault { get; }

    /// <summary>Stapled OCSP responses of "rVals" in order, unparsed. Whatever is not a byte string with content is as if absent, as C2PA wants it.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> OcspValues { get; }

    public CborValue? Pad => Unprotected["pad"];

    public CborValue? Pad2 => Unprotected["pad2"];

    /// <summary>
    /// When the signer claims to have signed. C2PA leaves the label open: "iat", 6, and 6 inside the CWT claims (15, RFC 9597) are looked
    /// at in this order. Null if absent or not a NumericDate of the years 1 to 9999 (RFC 8392 §2: a number without tag 1).
    /// </summary>
    public DateTimeOffset? IssuedAt => (Protected["iat"] ?? Protected[6] ?? Protected[15]?[6]) switch
    {
        { Int64: >= -62_135_596_800 and <= 253_402_300_799 and var seconds } => DateTimeOffset.FromUnixTimeSeconds(seconds),
        { Float: >= -62_135_596_800 and < 253_402_300_800 and var seconds } => DateTimeOffset.UnixEpoch.AddSeconds(Math.Floor(seconds)),
        _ => null,
    };

    /// <summary>Reads a COSE_Sign1, tagged or not.</summary>
    /// <param name="bytes">The message and nothing else.</param>
    /// <param name="limits">How many certificates of which length.</param>
    /// <param name="budget">What the CBOR may cost.</param>
    /// <param name="allowTrailingZeros">Zero bytes may follow: files from before C2PA 1.0 reserved more than they needed.</param>
    /// <exception cref="MalformedDataException">Not a COSE_Sign1, or a limit is exceeded.</exception>
    public static CoseSign1 Parse(ReadOnlyMemory<byte> bytes, Limits limits, CborBudget budget, bool allowTrailingZeros = false)
    {
        var root = CborReader.ReadFirst(bytes, Structure, budget, out int consumed);
        var rest = bytes.Span[consumed..];
        if (rest.Length > 0 && (!allowTrailingZeros || rest.ContainsAnyExcept((byte)0)))
            throw new MalformedDataException(Structure, consumed, $"{rest.Length} bytes follow the message");
        bool tagged = root.Kind == CborKind.Tag;
        if (tagged && root.TagNumber != Tag)
            throw new MalformedDataException(Structure, root.Offset, $"tag 18 expected, found {root.TagNumber} (RFC 9052 §2)");
        var message = tagged ? root.Content! : root;
        if (message.Kind != CborKind.Array || message.Items.Count != 4)
            throw new MalformedDataException(Structure, message.Offset, $"an array of 4 expected, found {message.Kind} of {message.Items.Count} (RFC 9052 §4.2)");

        CborValue protectedItem = message.Items[0], unprotectedHeader = message.Items[1], payload = message.Items[2], signature = message.Items[3];
        var protectedBytes = BytesOf(protectedItem, "the protected header");
        // RFC 9052 §3: no protected parameters are a byte string without content; h'A0' is to be accepted too.
        var protectedHeader = CborReader.Read(protectedBytes.IsEmpty ? EmptyMap : protectedBytes, "COSE protected header", budget);
        CoseHeaders.ExpectMap(protectedHeader, "COSE protected header");
        CoseHeaders.ExpectMap(unprotectedHeader, Structure);
        return new CoseSign1(tagged, protectedBytes, protectedHeader, unprotectedHeader, limits)
        {
            // The cast matters: a bare null would become an empty memory.
            Payload = payload.IsNull ? (ReadOnlyMemory<byte>?)null : BytesOf(payload, "a payload that is not nil"),
            Signature = BytesOf(signature, "the signature"),
        };
    }

    /// <summary>
    /// The bytes that are signed (RFC 9052 §4.4): <c>[context, protected as stored, external_aad = h'', payload]</c>.
    /// </summary>
    /// <param name="context">"Signature1" for the signature, "CounterSignature" for what a time stamp covers (C2PA 2.5 §10.3.2.5).</param>
    /// <param name="payload">The payload, attached or not.</param>
    public byte[] SigStructure(string context, ReadOnlySpan<byte> payload)
    {
        // Without protected parameters the string is empty, however that was stored (RFC 9052 §4.4).
        var body = Protected.Entries.Count == 0 ? default : ProtectedBytes.Span;
        byte[] encoded = new byte[1 + HeadLength(context.Length) + context.Length + HeadLength(body.Length) + body.Length + 1 + HeadLength(payload.Length) + payload.Length];
        encoded[0] = 0x84;
        int position = 1 + WriteHead(encoded.AsSpan(1), 0x60, context.Length);
        position += Encoding.ASCII.GetBytes(context, encoded.AsSpan(position));
        position += WriteBytes(encoded.AsSpan(position), body);
        position += WriteBytes(encoded.AsSpan(position), []);
        WriteBytes(encoded.AsSpan(position), payload);
        return encoded;
    }

    /// <summary>The signature as a CBOR byte string with the shortest head: the payload of a sigTst2 (C2PA 2.5 §10.3.2.5).</summary>
    public byte[] EncodeSignature()
    {
        byte[] encoded = new byte[HeadLength(Signature.Length) + Signature.Length];
        WriteBytes(encoded, Signature.Span);
        return encoded;
    }

    // Whole runs are copied: a claim of some kilobytes goes through here for each signature and each time stamp.
    private static int WriteBytes(Span<byte> to, ReadOnlySpan<byte> content)
    {
        int head = WriteHead(to, 0x40, content.Length);
        content.CopyTo(to[head..]);
        return head + content.Length;
    }

    private static int HeadLength(int length) => length switch { < 24 => 1, <= byte.MaxValue => 2, <= ushort.MaxValue => 3, _ => 5 };

    /// <summary>The head of a string (RFC 8949 §3) in its shortest form (§4.2.1).</summary>
    private static int WriteHead(Span<byte> to, byte major, int length)
    {
        int written = HeadLength(length);
        to[0] = (byte)(major | written switch { 1 => length, 2 => 24, 3 => 25, _ => 26 });
        if (written == 2)
            to[1] = (byte)length;
        else if (written == 3)
            BinaryPrimitives.WriteUInt16BigEndian(to[1..], (ushort)length);
        else if (written == 5)
            BinaryPrimitives.WriteInt32BigEndian(to[1..], length);
        return written;
    }

    private static ReadOnlyMemory<byte> BytesOf(CborValue value, string what) =>
        value.Bytes ?? throw new MalformedDataException(Structure, value.Offset, $"{what} must be a byte string, found {value.Kind} (RFC 9052 §4.2)");

    private static List<ReadOnlyMemory<byte>> ReadOcspValues(CborValue unprotectedHeader)
    {
        var values = new List<ReadOnlyMemory<byte>>();
        foreach (var item in unprotectedHeader["rVals"]?["ocspVals"]?.Items ?? [])
        {
            if (item.Bytes is { Length: > 0 } response)
                values.Add(response);
        }
        return values;
    }
}
