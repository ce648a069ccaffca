using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Pdf;

/// <summary>Objects packed together: N pairs of number and offset, then the objects from First on (ISO 32000-2 §7.5.7).</summary>
internal sealed class PdfObjectStream
{
    private readonly byte[] _bytes;
    private readonly long _first;
    private readonly Dictionary<long, long> _offsets = [];

    public PdfObjectStream(ReadOnlySpan<byte> unpacked, PdfValue dictionary)
    {
        // A blank behind the last object ends a word that stands there.
        _bytes = [.. unpacked, (byte)' '];
        _first = dictionary["First"].Number;
        if (!dictionary["Type"].Is("ObjStm") || _first < 0 || _first > unpacked.Length)
            throw new MalformedDataException("PDF object stream", 0, "Type, N and First expected (§7.5.7)");
        var pairs = new PdfSyntax(_bytes.AsSpan(0, (int)_first), 0);
        for (long index = 0; index < dictionary["N"].Number; index++)
        {
            if (pairs.TakeNumber() is not { } number || pairs.TakeNumber() is not { } offset)
                break;
            _offsets.TryAdd(number, offset);
        }
    }

    /// <summary>The numbers of the objects.</summary>
    public IEnumerable<long> Numbers => _offsets.Keys;

    /// <exception cref="MalformedDataException">The object is not here, or is broken.</exception>
    public PdfObject Read(long number)
    {
        if (!_offsets.TryGetValue(number, out long offset) || offset < 0 || offset >= _bytes.Length - _first)
            throw new MalformedDataException("PDF object stream", _first, $"object {number} is not in it (§7.5.7)");
        var value = new PdfSyntax(_bytes, 0, (int)(_first + offset)).ReadValue()
            ?? throw new MalformedDataException("PDF object stream", _first + offset, $"it ends inside object {number}");
        return new PdfObject(number, value, null) { IsPacked = true };
    }
}
