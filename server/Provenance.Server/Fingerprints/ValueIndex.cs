using System.Collections.Concurrent;

namespace Provenance.Server.Fingerprints;

/// <summary>A row of the database as it is now, of an algorithm whose values are equal or not.</summary>
/// <param name="EntryId">Its number, of which there is one entry.</param>
/// <param name="Algorithm">The algorithm's identifier, as in a soft binding's "alg".</param>
/// <param name="Value">The value; a withdrawn entry names it too.</param>
/// <param name="IsWithdrawn">Whether it no longer counts.</param>
internal readonly record struct ValueChange(long EntryId, string Algorithm, ReadOnlyMemory<byte> Value, bool IsWithdrawn = false);

/// <summary>Entries of a value.</summary>
/// <param name="EntryIds">As many as were asked for, the lowest first.</param>
/// <param name="Total">How many there are.</param>
internal sealed record ValueMatches(IReadOnlyList<long> EntryIds, int Total);

/// <summary>
/// Values of watermarks and fingerprints that are looked up by equality. Any number of threads may look up while one adds. Keys are strings:
/// their hash codes differ from process to process, so that nobody can send values that all fall together.
/// </summary>
internal sealed class ValueIndex
{
    /// <summary>The longest known values have some hundred bytes.</summary>
    public const int LongestValue = 1024;

    private readonly Lock _writing = new();
    private readonly ConcurrentDictionary<string, long[]> _entries = new(StringComparer.Ordinal);
    private long _lastSequence;
    private int _count;

    /// <summary>Up to where the changes of the database stand in here; 0 before the first.</summary>
    public long LastSequence => Volatile.Read(ref _lastSequence);

    public int Count => Volatile.Read(ref _count);

    /// <summary>Takes up the changes after <see cref="LastSequence"/>, in their order. An entry that is there already is not added again.</summary>
    /// <exception cref="ArgumentException">The changes end before what is here already, or a value is longer than <see cref="LongestValue"/>.</exception>
    public void Apply(IReadOnlyCollection<ValueChange> changes, long lastSequence)
    {
        lock (_writing)
        {
            if (lastSequence < _lastSequence)
                throw new ArgumentException($"Changes up to {_lastSequence} are here already; these end with {lastSequence}.", nameof(lastSequence));
            // One copy a value and batch: a value that a million entries share is not copied for each of them.
            foreach (var value in changes.GroupBy(change => Key(change.Algorithm, change.Value.Span), StringComparer.Ordinal).ToList())
                Apply(value.Key, value);
            Volatile.Write(ref _lastSequence, lastSequence);
        }
    }

    /// <summary>The entries of that value. Its time depends on what is asked for, not on how many there are.</summary>
    /// <param name="algorithm">The algorithm's identifier, letter by letter.</param>
    /// <param name="value">The value's bytes.</param>
    /// <param name="most">How many are wanted, from 1.</param>
    public ValueMatches Find(string algorithm, ReadOnlySpan<byte> value, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return value.Length <= LongestValue && _entries.TryGetValue(Key(algorithm, value), out long[]? ids)
            ? new(ids[..Math.Min(most, ids.Length)], ids.Length)
            : new([], 0);
    }

    private void Apply(string key, IEnumerable<ValueChange> changes)
    {
        long[] before = _entries.GetValueOrDefault(key, []);
        var last = new SortedDictionary<long, bool>();
        foreach (var change in changes)
            last[change.EntryId] = !change.IsWithdrawn;
        var ids = before.Where(id => !last.ContainsKey(id)).ToList();
        bool sorted = ids.Count == 0 || last.Count == 0 || ids[^1] < last.Keys.First();
        ids.AddRange(last.Where(item => item.Value).Select(item => item.Key));
        if (!sorted)
            ids.Sort();

        if (ids.Count == 0)
            _entries.TryRemove(key, out _);
        else
            _entries[key] = [.. ids];
        Volatile.Write(ref _count, _count + ids.Count - before.Length);
    }

    /// <summary>No identifier has a space in it, and Base64 has none.</summary>
    private static string Key(string algorithm, ReadOnlySpan<byte> value)
    {
        if (value.Length > LongestValue)
            throw new ArgumentException($"A value has at most {LongestValue} bytes, not {value.Length}.", nameof(value));
        return $"{Convert.ToBase64String(value)} {algorithm}";
    }
}
