using System.Buffers;
using System.Text.Unicode;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Bytes.Unicode;
using Provenance.Verifier.Crypto;

namespace Provenance.Verifier.Bindings;

/// <summary>
/// What is hashed of unstructured text: the NFC of its ranges joined (C2PA 2.5 §14.12.1.3.1). Blocks of text that are in NFC already are hashed
/// where they lie; only others are normalized in memory. A change that keeps the NFC is no change, by the standard.
/// </summary>
/// <param name="source">The text, UTF-8.</param>
/// <param name="ranges">What is hashed of it, in order: the text around the wrapper. A mark behind it joins the letter before it.</param>
/// <param name="limits">Limits.</param>
internal sealed class NormalizedText(AssetSource source, IReadOnlyList<ByteRange> ranges, Limits limits)
{
    private const int BlockLength = 64 << 10;

    private readonly long _length = ranges.Sum(range => range.Length);
    private readonly List<DigestPart> _parts = [];
    private byte[] _block = new byte[BlockLength];
    private long _start;
    private int _filled;
    private int _inMemory;

    /// <summary>The parts whose digest, in order, is that of the normalized text.</summary>
    /// <exception cref="LimitExceededException">More than <see cref="Limits.TextBytes"/> must be normalized.</exception>
    /// <exception cref="MalformedDataException">The text is not UTF-8.</exception>
    public async ValueTask<IReadOnlyList<DigestPart>> PartsAsync(CancellationToken cancellation)
    {
        while (_start < _length)
        {
            await FillAsync(cancellation).ConfigureAwait(false);
            bool isEnd = _start + _filled == _length;
            int whole = isEnd ? _filled : _filled - Utf8Text.UnfinishedAtEnd(_block.AsSpan(0, _filled));
            if (!Utf8.IsValid(_block.AsSpan(0, whole)))
                throw new MalformedDataException("text", FileRanges(_start, 1)[0].Offset, $"UTF-8 expected, some of the next {whole} bytes are none");
            int done = Normalize(_block.AsSpan(0, whole), isEnd);
            _block.AsSpan(done, _filled - done).CopyTo(_block);
            _filled -= done;
            _start += done;
            if (done == 0)
                Grow();
        }
        return _parts;
    }

    /// <summary>Adds the text up to where normalization can start afresh; returns how much that is.</summary>
    private int Normalize(ReadOnlySpan<byte> text, bool isEnd)
    {
        int done = 0, copied = 0;
        ArrayBufferWriter<byte>? output = null;
        while (true)
        {
            var (start, length) = Nfc.FirstUnnormalized(text[done..], isEnd);
            done += start;
            if (length <= 0)
                break;
            // Up to here as it is; the stretch normalized.
            output ??= new();
            output.Write(text[copied..done]);
            Nfc.Normalize(text.Slice(done, length), output);
            done += length;
            copied = done;
        }
        if (output is null)
        {
            AddRanges(done);
            return done;
        }
        output.Write(text[copied..done]);
        if (output.WrittenSpan.SequenceEqual(text[..done]))
            AddRanges(done);
        else
            AddBytes(output.WrittenMemory);
        return done;
    }

    private void AddRanges(int length)
    {
        foreach (var range in FileRanges(_start, length))
        {
            // Blocks follow each other: most of a text is one part.
            if (_parts is [.., { IsRange: true } last] && last.Range.End == range.Offset)
                _parts[^1] = DigestPart.Of(ByteRange.FromTo(last.Range.Offset, range.End));
            else
                _parts.Add(DigestPart.Of(range));
        }
    }

    private void AddBytes(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > limits.TextBytes - _inMemory)
            throw TooMuch();
        _inMemory += bytes.Length;
        _parts.Add(DigestPart.Of(bytes));
    }

    private void Grow()
    {
        // One letter and its marks fill the block: no text that anybody reads.
        if (_block.Length > limits.TextBytes / 2)
            throw TooMuch();
        Array.Resize(ref _block, 2 * _block.Length);
    }

    private LimitExceededException TooMuch() => new("text", FileRanges(_start, 1)[0].Offset, nameof(Limits.TextBytes), limits.TextBytes);

    private async ValueTask FillAsync(CancellationToken cancellation)
    {
        int count = (int)Math.Min(_block.Length - _filled, _length - _start - _filled);
        foreach (var range in FileRanges(_start + _filled, count))
        {
            await source.ReadExactlyAsync(range.Offset, _block.AsMemory(_filled, (int)range.Length), cancellation).ConfigureAwait(false);
            _filled += (int)range.Length;
        }
    }

    /// <summary>Where bytes of the joined ranges lie in the file.</summary>
    private List<ByteRange> FileRanges(long start, long length)
    {
        var found = new List<ByteRange>();
        foreach (var range in ranges)
        {
            long from = Math.Clamp(start, 0, range.Length), to = Math.Clamp(start + length, 0, range.Length);
            if (to > from)
                found.Add(ByteRange.FromTo(range.Offset + from, range.Offset + to));
            start -= range.Length;
        }
        return found;
    }
}
