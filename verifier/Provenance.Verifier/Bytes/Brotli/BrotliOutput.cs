namespace Provenance.Verifier.Bytes.Brotli;

/// <summary>What a Brotli stream has yielded so far; grows only as far as the limits allow.</summary>
internal sealed class BrotliOutput(int inputLength, Limits limits)
{
    private byte[] _bytes = [];
    private int _expected;

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>Bytes that the current meta-block still has to write.</summary>
    public int Missing => _expected - Length;

    /// <summary>The byte that many places from the end, 1 being the last; zero before the beginning (RFC 7932 §7.1).</summary>
    public byte FromEnd(int distance) => distance <= Length ? _bytes[Length - distance] : (byte)0;

    /// <summary>Makes room for the bytes a meta-block announces, if they are within the limits.</summary>
    public void Expect(int count, long offset)
    {
        long wanted = (long)Length + count;
        if (wanted > limits.BrotliOutputBytes)
            throw new LimitExceededException(BrotliDecoder.Structure, offset, nameof(Limits.BrotliOutputBytes), limits.BrotliOutputBytes);
        if (wanted > Math.Max(BrotliDecoder.FreeOutput, (long)inputLength * limits.BrotliRatio))
            throw new LimitExceededException(BrotliDecoder.Structure, offset, nameof(Limits.BrotliRatio), limits.BrotliRatio);
        _expected = (int)wanted;
        if (wanted > _bytes.Length)
            Array.Resize(ref _bytes, (int)Math.Max(wanted, Math.Min(2L * _bytes.Length, limits.BrotliOutputBytes)));
    }

    /// <summary>The next <paramref name="count"/> bytes, to be written by the caller; at most <see cref="Missing"/>.</summary>
    public Span<byte> Take(int count)
    {
        var taken = _bytes.AsSpan(Length, count);
        Length += count;
        return taken;
    }

    public void Append(byte value) => _bytes[Length++] = value;

    /// <summary>Repeats bytes from <paramref name="distance"/> before the end; they may overlap what is written.</summary>
    public void Copy(int distance, int count)
    {
        int from = Length - distance;
        var target = Take(count);
        if (distance >= count)
        {
            _bytes.AsSpan(from, count).CopyTo(target);
            return;
        }
        for (int i = 0; i < count; i++)
            target[i] = _bytes[from + i];
    }

    public byte[] ToArray()
    {
        Array.Resize(ref _bytes, Length);
        return _bytes;
    }
}
