using Provenance.Verifier.Bytes;

namespace Provenance.Tests.Hostile;

/// <summary>A source that gives its bytes in its own way, and shows none in memory.</summary>
internal sealed class AwkwardSource(byte[] bytes) : AssetSource
{
    private int _reads;

    public override long Length => bytes.Length;

    /// <summary>The most a read returns, by its number.</summary>
    public Func<int, int> Most { get; init; } = _ => int.MaxValue;

    /// <summary>Answers later, on another thread.</summary>
    public bool IsLazy { get; init; }

    /// <summary>Thrown by every read that reaches this byte.</summary>
    public (long At, Exception Exception)? Failing { get; init; }

    /// <summary>Where the bytes end, whatever the length says.</summary>
    public long End { get; init; } = long.MaxValue;

    /// <summary>Cancelled when the read of this number begins.</summary>
    public (int Read, CancellationTokenSource Source)? Cancelling { get; init; }

    public int Reads => _reads;

    public long BytesRead { get; private set; }

    public int LargestRead { get; private set; }

    public override async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellation)
    {
        int read = Interlocked.Increment(ref _reads);
        if (Cancelling is { } cancelling && read == cancelling.Read)
            await cancelling.Source.CancelAsync();
        if (IsLazy)
            await Task.Yield();
        int count = (int)Math.Clamp(Math.Min(Length, End) - offset, 0, Math.Min(buffer.Length, Math.Max(1, Most(read))));
        if (Failing is { } failing && offset <= failing.At && failing.At < offset + count)
            throw failing.Exception;
        bytes.AsMemory((int)offset, count).CopyTo(buffer);
        BytesRead += count;
        LargestRead = Math.Max(LargestRead, buffer.Length);
        return count;
    }
}

/// <summary>A stream that cannot seek and gives a few bytes at a time.</summary>
internal sealed class PipeStream(byte[] bytes, int most) : Stream
{
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int count = Math.Min(Math.Min(buffer.Length, most), bytes.Length - _position);
        bytes.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
