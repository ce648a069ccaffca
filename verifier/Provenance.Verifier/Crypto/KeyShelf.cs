namespace Provenance.Verifier.Crypto;

/// <summary>
/// Keys in the platform's form, kept because importing one costs as much as checking a signature with it, and because the files of a
/// signer or of a time-stamp authority share theirs. A key is taken off the shelf while it is used: the platform's objects are not made
/// for several threads.
/// </summary>
internal sealed class KeyShelf<T> where T : class, IDisposable
{
    /// <summary>Keys kept; each holds some kilobytes outside the managed heap.</summary>
    private const int Most = 64;

    private readonly Lock _turn = new();
    private readonly Dictionary<KeyBytes, T> _keys = [];

    /// <summary>The imported form of these bytes; null where it is not here, or in use.</summary>
    public T? Take(ReadOnlyMemory<byte> key)
    {
        lock (_turn)
            return _keys.Remove(new KeyBytes(key), out var imported) ? imported : null;
    }

    /// <summary>Takes the key back, or in.</summary>
    public void Put(ReadOnlyMemory<byte> key, T imported)
    {
        // A copy: the original is a slice of a manifest store.
        var bytes = new KeyBytes(key.ToArray());
        lock (_turn)
        {
            if (_keys.Count == Most)
                Clear();
            if (_keys.TryAdd(bytes, imported))
                return;
        }
        imported.Dispose();
    }

    private void Clear()
    {
        foreach (var imported in _keys.Values)
            imported.Dispose();
        _keys.Clear();
    }

    private sealed class KeyBytes(ReadOnlyMemory<byte> bytes) : IEquatable<KeyBytes>
    {
        private readonly ReadOnlyMemory<byte> _bytes = bytes;

        public bool Equals(KeyBytes? other) => other is not null && _bytes.Span.SequenceEqual(other._bytes.Span);

        public override bool Equals(object? obj) => Equals(obj as KeyBytes);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.AddBytes(_bytes.Span);
            return hash.ToHashCode();
        }
    }
}
