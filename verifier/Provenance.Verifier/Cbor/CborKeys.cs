using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Provenance.Verifier.Cbor;

/// <summary>
/// Finds a key that a map of one document has twice. Keys are compared by value (RFC 8949 §5.6.1): 1 and 0x1801 are one key,
/// 1, 1.0 and true are three. Two readers that each take another of two equal keys would see two different claims.
/// </summary>
internal sealed class CborKeys
{
    // Up to here comparing all pairs is cheaper than a table: real maps have less than a dozen keys.
    private const int SmallMap = 12;

    // Equal arrays, maps and tags that are keys or inside of keys get equal numbers, each item once in a document: comparing
    // needs no nesting, and keys within keys are not walked again at each level.
    private Dictionary<Identity, int>? _numbers;
    private Dictionary<CborValue, int>? _numberOf;

    /// <summary>The second of two equal keys; null if all differ.</summary>
    public CborValue? FindDuplicate(KeyValuePair<CborValue, CborValue>[] entries)
    {
        if (entries.Length > SmallMap || Array.Exists(entries, entry => IsComposite(entry.Key)))
            return FindDuplicateByTable(entries);
        for (int i = 1; i < entries.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (AreEqualScalars(entries[i].Key, entries[j].Key))
                    return entries[i].Key;
            }
        }
        return null;
    }

    // The table says the same by Identity; this is the quick form for nearly every map there is.
    private static bool AreEqualScalars(CborValue a, CborValue b)
    {
        if (a.Kind != b.Kind)
            return false;
        if (a.Kind is not (CborKind.ByteString or CborKind.TextString))
            return a.Number == b.Number;
        var content = a.StringContent;
        return content.Length == b.StringContent.Length && content.Span.SequenceEqual(b.StringContent.Span);
    }

    private CborValue? FindDuplicateByTable(KeyValuePair<CborValue, CborValue>[] entries)
    {
        var seen = new HashSet<Identity>(entries.Length);
        foreach (var (key, _) in entries)
        {
            var identity = IsComposite(key) ? new Identity(key.Kind, (ulong)NumberOfComposite(key), default) : Identity.OfScalar(key);
            if (!seen.Add(identity))
                return key;
        }
        return null;
    }

    private static bool IsComposite(CborValue value) => value.Kind is CborKind.Array or CborKind.Map or CborKind.Tag;

    /// <summary>Numbers a composite by the numbers of its parts, inner parts first.</summary>
    private int NumberOfComposite(CborValue root)
    {
        var numbers = _numbers ??= [];
        var numberOf = _numberOf ??= new(ReferenceEqualityComparer.Instance);
        var open = new Stack<(CborValue Value, bool PartsDone)>([(root, false)]);
        while (open.TryPop(out var next))
        {
            var (value, partsDone) = next;
            if (numberOf.ContainsKey(value))
                continue;
            if (IsComposite(value) && !partsDone)
            {
                open.Push((value, true));
                foreach (var part in PartsOf(value))
                    open.Push((part, false));
                continue;
            }
            var identity = IsComposite(value)
                ? new Identity(value.Kind, value.Number, Concatenate(value, numberOf))
                : Identity.OfScalar(value);
            if (!numbers.TryGetValue(identity, out int number))
                numbers.Add(identity, number = numbers.Count);
            numberOf.Add(value, number);
        }
        return numberOf[root];
    }

    private static IEnumerable<CborValue> PartsOf(CborValue value) => value.Kind switch
    {
        CborKind.Array => value.Items,
        CborKind.Map => value.Entries.SelectMany(entry => new[] { entry.Key, entry.Value }),
        _ => [value.Content!],
    };

    /// <summary>The numbers of the parts one behind the other; the entries of a map, which have no order, sorted by key.</summary>
    private static byte[] Concatenate(CborValue value, Dictionary<CborValue, int> numberOf)
    {
        var parts = value.Kind == CborKind.Map
            ? value.Entries.OrderBy(entry => numberOf[entry.Key]).SelectMany(entry => new[] { entry.Key, entry.Value })
            : PartsOf(value);
        var numbers = parts.Select(part => numberOf[part]).ToArray();
        byte[] bytes = new byte[numbers.Length * sizeof(int)];
        for (int i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * sizeof(int)), numbers[i]);
        return bytes;
    }

    /// <summary>Equal for equal values, however they were encoded.</summary>
    private readonly struct Identity(CborKind kind, ulong number, ReadOnlyMemory<byte> content) : IEquatable<Identity>
    {
        private readonly CborKind _kind = kind;
        private readonly ulong _number = number;
        private readonly ReadOnlyMemory<byte> _content = content;

        // Of a string, Number says how it was stored, which is no part of its value.
        public static Identity OfScalar(CborValue value) =>
            new(value.Kind, value.Kind is CborKind.ByteString or CborKind.TextString ? 0 : value.Number, value.StringContent);

        public bool Equals(Identity other) =>
            _kind == other._kind && _number == other._number && _content.Span.SequenceEqual(other._content.Span);

        public override bool Equals([NotNullWhen(true)] object? obj) => obj is Identity other && Equals(other);

        public override int GetHashCode()
        {
            var hash = new HashCode(); // seeded per process: collisions cannot be prepared
            hash.Add(_kind);
            hash.Add(_number);
            hash.AddBytes(_content.Span);
            return hash.ToHashCode();
        }
    }
}
