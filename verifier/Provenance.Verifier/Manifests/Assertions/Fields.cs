using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;

namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>
/// The fields of one CBOR map, read for display: an absent or null field is null, a field of another type is null and leaves a note.
/// What is read is in memory already and was counted against <see cref="Limits.CborItems"/>; nothing here is read more than a fixed number
/// of times.
/// </summary>
internal sealed class Fields
{
    private readonly AssertionReading _reading;
    private readonly Func<string, CborValue?> _find;
    private readonly string _path;
    private readonly bool _isMerged;

    public Fields(AssertionReading reading, CborValue map, string path = "")
    {
        (_reading, _find, _path) = (reading, key => map[key], path);
        Value = map;
    }

    /// <summary>Fields of maps laid over each other.</summary>
    public Fields(AssertionReading reading, LayeredMap map, string path)
    {
        (_reading, _find, _path) = (reading, key => map[key], path);
        _isMerged = true;
    }

    /// <summary>The map itself; null where the fields come from several.</summary>
    public CborValue? Value { get; }

    public AssertionReading Reading => _reading;

    /// <summary>The field as stored; null where it is absent or null.</summary>
    public CborValue? this[string key] => _find(key) is { IsNull: false } value ? value : null;

    public string? Text(string key) => Read(key, "text", value => value.Text);

    public bool? Boolean(string key) => ReadValue(key, "true or false", value => value.Boolean);

    public long? Integer(string key) => ReadValue(key, "an integer", value => value.Int64);

    /// <summary>A number of either kind: writers drop the fraction of 4.0.</summary>
    public double? Number(string key) => ReadValue(key, "a number", value => value.Float ?? value.Int64);

    public ReadOnlyMemory<byte>? Bytes(string key) => ReadValue(key, "a byte string", value => value.Bytes);

    public ClaimedTime? Time(string key) => Read(key, "a date and time", ClaimedTime.Read);

    public HashedUri? Reference(string key) => Read(key, "a reference { url, hash }", HashedUri.Read);

    public GeneratorInfo? Generator(string key) => Read(key, "a program { name, … }", GeneratorInfo.Read);

    public ResourceReference? Resource(string key) => Map(key) is { } fields ? ResourceReference.Read(fields) : null;

    public IReadOnlyList<string> Texts(string key) => List(key, "text", value => value.Text);

    public IReadOnlyList<HashedUri> References(string key) => List(key, "a reference { url, hash }", HashedUri.Read);

    public Fields? Map(string key) =>
        Read(key, "a map", value => value.Kind == CborKind.Map ? new Fields(_reading, value, $"{_path}{key}.") : null);

    /// <summary>A list of maps; what is no map, or <paramref name="read"/> makes null of, is left out with a note.</summary>
    public IReadOnlyList<T> Maps<T>(string key, Func<Fields, T?> read)
        where T : class
    {
        int index = -1;
        return List(key, "a map with its required fields", value =>
        {
            index++;
            return value.Kind == CborKind.Map ? read(new Fields(_reading, value, $"{_path}{key}[{index}].")) : null;
        });
    }

    /// <summary>A list of maps of values.</summary>
    public IReadOnlyList<T> Values<T>(string key, string expected, Func<CborValue, T?> read)
        where T : struct =>
        [.. List(key, expected, value => read(value) is { } item ? (object)item : null).Cast<T>()];

    public IReadOnlyList<T> List<T>(string key, string expected, Func<CborValue, T?> read)
        where T : class
    {
        return Read(key, "a list", ReadItems) ?? [];

        IReadOnlyList<T>? ReadItems(CborValue list)
        {
            if (list.Kind != CborKind.Array)
                return null;
            var items = new List<T>();
            for (int i = 0; i < list.Items.Count; i++)
            {
                if (read(list.Items[i]) is { } item)
                    items.Add(item);
                else
                    Note($"{key}[{i}]", $"{expected} expected, {list.Items[i].Kind} found");
            }
            return items;
        }
    }

    /// <summary>A field that <paramref name="convert"/> makes something of.</summary>
    public T? Read<T>(string key, string expected, Func<CborValue, T?> convert)
        where T : class
    {
        if (this[key] is not { } value)
            return null;
        if ((_isMerged ? _reading.Shared(value, convert) : convert(value)) is { } read)
            return read;
        Note(key, $"{expected} expected, {value.Kind} found");
        return null;
    }

    /// <summary>Every field under a text key but those named.</summary>
    public IReadOnlyList<KeyValuePair<string, CborValue>> Others(params ReadOnlySpan<string> known)
    {
        var others = new List<KeyValuePair<string, CborValue>>();
        foreach (var (key, value) in Value?.Entries ?? [])
        {
            if (key.Text is { } name && !known.Contains(name))
                others.Add(new(name, value));
        }
        return others;
    }

    public void Note(string key, string what) => _reading.Note($"{_path}{key}: {what}");

    private T? ReadValue<T>(string key, string expected, Func<CborValue, T?> convert)
        where T : struct
    {
        if (this[key] is not { } value)
            return null;
        if (convert(value) is { } read)
            return read;
        Note(key, $"{expected} expected, {value.Kind} found");
        return null;
    }
}
