using System.Buffers.Binary;
using System.Text;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Trust;

/// <summary>
/// A list in a form that is read at each start of a program: no JSON, no Base64, no PEM.
/// <code>
/// "PTL1", purpose (1), model (1), issued (8, ticks, 0 for none), name, uri, type, identifier,
/// count (4), purposes; count (4), anchors: notBefore (8), notAfter (8), DER; count (4), digests (32 each)
/// </code>
/// Numbers are big-endian; a text or DER is its length (4) and its bytes, an empty text is none.
/// </summary>
internal static class PackedTrustList
{
    private const string Structure = "packed trust list";

    public static async ValueTask<byte[]> WriteAsync(TrustList list, AllowedCertificates allowed, ICryptoProvider crypto, CancellationToken cancellation)
    {
        var hashes = await allowed.HashesAsync(crypto, cancellation).ConfigureAwait(false);
        using var packed = new MemoryStream();
        packed.Write("PTL1"u8);
        packed.WriteByte((byte)list.Purpose);
        packed.WriteByte((byte)list.Model);
        Write(packed, list.Issued?.UtcTicks ?? 0);
        foreach (string? text in new[] { list.Name, list.Uri, list.Type, list.Identifier })
            Write(packed, Encoding.UTF8.GetBytes(text ?? ""));
        Write(packed, list.AcceptedPurposes.Count);
        foreach (string purpose in list.AcceptedPurposes)
            Write(packed, Encoding.UTF8.GetBytes(purpose));
        Write(packed, list.Anchors.Count);
        foreach (var anchor in list.Anchors)
        {
            Write(packed, anchor.NotBefore?.UtcTicks ?? 0);
            Write(packed, anchor.NotAfter?.UtcTicks ?? 0);
            Write(packed, anchor.Certificate.Raw.Span);
        }
        Write(packed, hashes.Count);
        foreach (string hash in hashes)
            packed.Write(Convert.FromBase64String(hash));
        return packed.ToArray();
    }

    /// <exception cref="MalformedDataException">The bytes are not what <see cref="WriteAsync"/> writes.</exception>
    public static TrustList Read(ReadOnlyMemory<byte> packed)
    {
        var reader = new Reader(packed);
        if (!reader.Take(4).Span.SequenceEqual("PTL1"u8))
            throw new MalformedDataException(Structure, 0, "it does not begin with PTL1");
        var purpose = reader.Take(1).Span[0] switch { 0 => TrustPurpose.Signer, 1 => TrustPurpose.TimeStamp, _ => throw reader.Malformed("a purpose of 0 or 1") };
        var model = reader.Take(1).Span[0] switch { 0 => TrustModel.Own, 1 => TrustModel.Current, 2 => TrustModel.Older, _ => throw reader.Malformed("a model of 0 to 2") };
        var issued = reader.Time();
        string name = reader.Text() is { } text && !string.IsNullOrWhiteSpace(text) ? text : throw reader.Malformed("a name");
        var (uri, type, identifier) = (reader.Text(), reader.Text(), reader.Text());

        var purposes = new List<string>();
        for (int count = reader.Count(5); count > 0; count--)
            purposes.Add(reader.Text() ?? throw reader.Malformed("a purpose"));
        var anchors = new List<TrustAnchor>();
        for (int count = reader.Count(20); count > 0; count--)
        {
            var (from, until) = (reader.Time(), reader.Time());
            anchors.Add(new(Certificate.Parse(reader.Field()), from, until));
        }
        var hashes = new List<byte[]>();
        for (int count = reader.Count(32); count > 0; count--)
            hashes.Add(reader.Take(32).ToArray());
        reader.ExpectEnd();
        if (purpose == TrustPurpose.TimeStamp && hashes.Count > 0)
            throw reader.Malformed("no digests for time stamps (C2PA 2.5 §13.4.3)");
        return TrustList.Of(name, purpose, anchors, purposes, AllowedCertificates.Of([], hashes)).In(model).PublishedAs(uri, type, identifier, issued);
    }

    private static void Write(MemoryStream packed, int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        packed.Write(bytes);
    }

    private static void Write(MemoryStream packed, long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        packed.Write(bytes);
    }

    private static void Write(MemoryStream packed, ReadOnlySpan<byte> field)
    {
        Write(packed, field.Length);
        packed.Write(field);
    }

    private sealed class Reader(ReadOnlyMemory<byte> bytes)
    {
        private int _position;

        public MalformedDataException Malformed(string expected) => new(Structure, _position, $"{expected} expected");

        public ReadOnlyMemory<byte> Take(int length)
        {
            if (length < 0 || length > bytes.Length - _position)
                throw Malformed($"{length} bytes");
            _position += length;
            return bytes.Slice(_position - length, length);
        }

        /// <summary>How many things of at least so many bytes follow.</summary>
        public int Count(int least)
        {
            int count = BinaryPrimitives.ReadInt32BigEndian(Take(4).Span);
            return count >= 0 && count <= (bytes.Length - _position) / least ? count : throw Malformed("a smaller count");
        }

        public ReadOnlyMemory<byte> Field() => Take(BinaryPrimitives.ReadInt32BigEndian(Take(4).Span));

        public string? Text() => Field() is { Length: > 0 } text ? Encoding.UTF8.GetString(text.Span) : null;

        public DateTimeOffset? Time()
        {
            long ticks = BinaryPrimitives.ReadInt64BigEndian(Take(8).Span);
            return ticks == 0 ? null : ticks > 0 && ticks <= DateTimeOffset.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : throw Malformed("a time");
        }

        public void ExpectEnd()
        {
            if (_position < bytes.Length)
                throw Malformed("the end");
        }
    }
}
