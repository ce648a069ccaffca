using System.Buffers.Binary;
using System.Text;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Bmff;

/// <summary>
/// C2PA's own box (C2PA 2.5 §A.5.1):
/// <code>
/// size 4 | "uuid" | D8FEC3D6… 16 | version 0, flags 0 | purpose, 0 | first_merkle_aux_offset 8 | store, padding    manifest, original, update
///                                                     | purpose, 0 | CBOR, padding                                 merkle
/// </code>
/// By the text "update" has no offset field; the reference writes it. The field is never followed: it is 0 in files that have such boxes.
/// </summary>
/// <param name="Box">The box.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="Payload">Behind the purpose, and for a store behind the offset field.</param>
internal sealed record ContentProvenanceBox(BmffBox Box, string Purpose, ByteRange Payload)
{
    public const string Manifest = "manifest", Original = "original", Update = "update", Merkle = "merkle";

    /// <summary>The structure named in faults.</summary>
    public const string Structure = "BMFF C2PA box";

    /// <summary>Bytes of the longest purpose and its zero.</summary>
    private const int PurposeLength = 9;

    /// <summary>The extended type that follows "uuid".</summary>
    public static ReadOnlySpan<byte> Id => [0xD8, 0xFE, 0xC3, 0xD6, 0x1B, 0x0E, 0x48, 0x3C, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7E, 0xC4, 0x81];

    /// <summary>Whether the box holds a manifest store.</summary>
    public bool IsStore => Purpose is Manifest or Original or Update;

    /// <summary>Whether <paramref name="box"/> is one of C2PA's, be it well formed or not.</summary>
    public static async ValueTask<bool> IsOneAsync(ReadWindow window, BmffBox box) =>
        box.Type == "uuid" && (await window.AtAsync(box.Content.Offset, (int)Math.Min(16, box.Content.Length)).ConfigureAwait(false)).Span.SequenceEqual(Id);

    /// <summary>Reads a box that <see cref="IsOneAsync"/> tells to be one.</summary>
    /// <exception cref="MalformedDataException">It is of another version, or of no purpose the standard knows.</exception>
    public static async ValueTask<ContentProvenanceBox> ReadAsync(ReadWindow window, BmffBox box)
    {
        long start = box.Content.Offset + 16;
        var head = await window.AtAsync(start, (int)Math.Min(box.End - start, 4 + PurposeLength + 16)).ConfigureAwait(false);
        var (purpose, length) = Read(head.Span, start);
        return new(box, purpose, ByteRange.FromTo(start + length, box.End));
    }

    private static (string Purpose, int Length) Read(ReadOnlySpan<byte> head, long start)
    {
        if (head.Length < 4 || head[..4].ContainsAnyExcept((byte)0))
            throw new MalformedDataException(Structure, start, "version 0 and flags 0 expected (C2PA 2.5 §A.5.1.1)");
        var rest = head[4..];
        int end = rest[..Math.Min(rest.Length, PurposeLength)].IndexOf((byte)0);
        string purpose = end < 0 ? "" : Encoding.Latin1.GetString(rest[..end]);
        if (purpose is not (Manifest or Original or Update or Merkle))
            throw new MalformedDataException(Structure, start + 4, "its purpose is not manifest, original, update or merkle (C2PA 2.5 §A.5.1.2)");
        int length = 4 + end + 1;
        bool startsAtOnce = purpose == Merkle || (purpose == Update && rest[(end + 1)..] is { Length: >= 8 } payload && payload[4..8].SequenceEqual("jumb"u8));
        return (purpose, Math.Min(startsAtOnce ? length : length + 8, head.Length));
    }

    /// <summary>The store without the padding behind it; all there is where its length is no length.</summary>
    public async ValueTask<ByteRange> StoreAsync(ReadWindow window)
    {
        var head = await window.AtAsync(Payload.Offset, (int)Math.Min(16, Payload.Length)).ConfigureAwait(false);
        return Payload with { Length = LengthOf(head.Span, Payload.Length) };
    }

    /// <summary>Whether the payload starts as a manifest store does, whatever the purpose says.</summary>
    public async ValueTask<bool> LooksLikeStoreAsync(ReadWindow window)
    {
        var head = await window.AtAsync(Payload.Offset, (int)Math.Min(16, Payload.Length)).ConfigureAwait(false);
        return head.Length >= 16 && (head.Span[4..8].SequenceEqual("jumb"u8) || head.Span[12..16].SequenceEqual("jumb"u8));
    }

    /// <summary>Whether the payload starts as a proof does: with a CBOR map.</summary>
    public async ValueTask<bool> LooksLikeProofAsync(ReadWindow window) =>
        Payload.Length > 0 && (await window.AtAsync(Payload.Offset, 1).ConfigureAwait(false)).Span[0] >> 5 == 5;

    private static long LengthOf(ReadOnlySpan<byte> head, long available)
    {
        if (head.Length < 16)
            return available;
        ulong length = BinaryPrimitives.ReadUInt32BigEndian(head);
        if (length == 1)
            length = BinaryPrimitives.ReadUInt64BigEndian(head[8..]);
        // A length that cannot be is for the reader of the store to refuse.
        return length < 8 || length > (ulong)available ? available : (long)length;
    }
}
