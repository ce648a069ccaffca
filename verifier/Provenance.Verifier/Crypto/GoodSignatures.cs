namespace Provenance.Verifier.Crypto;

/// <summary>
/// Remembers which signed objects (certificates) were found to be signed with which key, because the manifests of a file and the files
/// of a signer share their chains. Whether a signature is good depends on these bytes alone, so what was asked before, and about which
/// file, changes no answer; dates, names, limits and bad signatures are not remembered.
/// </summary>
internal sealed class GoodSignatures
{
    /// <summary>Entries kept, each with copies of a certificate and a key; a chain has three or four.</summary>
    private const int Most = 256;

    private readonly Lock _turn = new();
    private readonly HashSet<Entry> _entries = [];

    /// <param name="signed">The object with its signature and the algorithm's name.</param>
    /// <param name="key">The key it was checked with.</param>
    public bool Contains(ReadOnlyMemory<byte> signed, PublicKey key)
    {
        lock (_turn)
            return _entries.Contains(new Entry(signed, key.Spki, key.PssOnly));
    }

    public void Add(ReadOnlyMemory<byte> signed, PublicKey key)
    {
        // Copies: the originals are slices of a manifest store, which must not outlive its report.
        var entry = new Entry(signed.ToArray(), key.Spki.ToArray(), key.PssOnly);
        lock (_turn)
        {
            if (_entries.Count == Most)
                _entries.Clear();
            _entries.Add(entry);
        }
    }

    /// <summary>Compared byte by byte; the hash only finds the bucket.</summary>
    private sealed class Entry(ReadOnlyMemory<byte> signed, ReadOnlyMemory<byte> spki, bool pssOnly) : IEquatable<Entry>
    {
        private readonly ReadOnlyMemory<byte> _signed = signed, _spki = spki;
        private readonly bool _pssOnly = pssOnly;

        public bool Equals(Entry? other) =>
            other is not null && _pssOnly == other._pssOnly && _signed.Span.SequenceEqual(other._signed.Span) && _spki.Span.SequenceEqual(other._spki.Span);

        public override bool Equals(object? obj) => Equals(obj as Entry);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            // A certificate ends with its signature.
            hash.AddBytes(End(_signed.Span));
            hash.AddBytes(End(_spki.Span));
            return hash.ToHashCode();
        }

        private static ReadOnlySpan<byte> End(ReadOnlySpan<byte> bytes) => bytes[^Math.Min(bytes.Length, 32)..];
    }
}
