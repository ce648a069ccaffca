using System.Buffers.Binary;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.X509;

/// <summary>
/// Remembers certificates that were read, because the manifests of a file and the files of a signer share their chains, and reading one
/// costs as much as the rest of a small manifest. What a certificate says depends on its bytes alone; nothing that was checked is
/// remembered here.
/// </summary>
internal sealed class KnownCertificates
{
    /// <summary>Certificates kept.</summary>
    private const int Most = 256;

    /// <summary>Longer ones are not kept: with <see cref="Most"/>, a bound on memory.</summary>
    private const int LongestKept = 4 << 10;

    private readonly Lock _turn = new();

    // Found by their last bytes, which belong to the signature, and compared whole. Of two that share them the later one stays.
    private readonly Dictionary<long, Certificate> _byEnd = [];

    /// <summary>Reads a certificate, or finds it read. The result keeps no slice of these bytes if it is kept itself.</summary>
    /// <exception cref="MalformedDataException">As <see cref="Certificate.Parse"/>.</exception>
    public Certificate Read(ReadOnlyMemory<byte> der)
    {
        if (der.Length is < sizeof(long) or > LongestKept)
            return Certificate.Parse(der);
        long end = BinaryPrimitives.ReadInt64LittleEndian(der.Span[^sizeof(long)..]);
        lock (_turn)
        {
            if (_byEnd.TryGetValue(end, out var known) && known.Raw.Span.SequenceEqual(der.Span))
                return known;
        }
        // A copy: the original is a slice of a manifest store, which must not outlive its report.
        var read = Certificate.Parse(der.ToArray());
        lock (_turn)
        {
            if (_byEnd.Count == Most)
                _byEnd.Clear();
            _byEnd[end] = read;
        }
        return read;
    }

    /// <summary>The same; null for what is no certificate.</summary>
    public Certificate? TryRead(ReadOnlyMemory<byte> der)
    {
        try
        {
            return Read(der);
        }
        catch (MalformedDataException)
        {
            return null;
        }
    }
}
