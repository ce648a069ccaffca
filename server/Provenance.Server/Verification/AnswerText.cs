using System.Buffers;
using System.Text;
using Provenance.Server.Guards;

namespace Provenance.Server.Verification;

/// <summary>An answer as it is written: UTF-8 in pooled memory, of bounded length. Nothing of it is sent before it is whole, so that its status still can tell that it is not.</summary>
internal sealed class AnswerText : TextWriter
{
    /// <summary>The largest answer. Reports of our own end at 1 MiB and say what they left out; documents with pictures, and others' structures, do not.</summary>
    private const int Most = 4 << 20;

    private readonly Encoder _encoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetEncoder();
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(32 << 10);
    private int _length;

    public override Encoding Encoding => Encoding.UTF8;

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    /// <exception cref="RefusedException">The answer would be too long.</exception>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        while (buffer.Length > 0)
        {
            if (_bytes.Length - _length < 64)
                Grow();
            _encoder.Convert(buffer, _bytes.AsSpan(_length), flush: false, out int taken, out int written, out _);
            buffer = buffer[taken..];
            _length += written;
            if (_length > Most)
                throw new RefusedException(Problems.NotProcessable, $"In this format the answer would have more than {Most} bytes. Ask for format=json, which leaves out what is too much and says so.");
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
            _length = 0;
        }
        base.Dispose(disposing);
    }

    private void Grow()
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(_bytes.Length * 2);
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
