using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;

namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>What the reader of one assertion is given, and where it leaves notes.</summary>
internal sealed class AssertionReading(Assertion assertion, int version, Limits limits)
{
    // A hostile list can go wrong a hundred thousand times; nobody reads more than the first few.
    private const int MostNotes = 32;

    private readonly List<string> _notes = [];
    private readonly Dictionary<Type, Dictionary<CborValue, object?>> _shared = [];

    public Assertion Assertion { get; } = assertion;

    /// <summary>The version in the label; 1 where it has none.</summary>
    public int Version { get; } = version;

    public Limits Limits { get; } = limits;

    public string Structure => $"assertion {Assertion.Label.Full}";

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The CBOR content, which must be a map.</summary>
    /// <exception cref="MalformedDataException">No CBOR, or no map.</exception>
    public Fields Map()
    {
        var value = Assertion.Cbor();
        return value.Kind == CborKind.Map ? new Fields(this, value) : throw Malformed(value, $"a map expected, {value.Kind} found");
    }

    public MalformedDataException Malformed(CborValue value, string rule) => new(Structure, value.Offset, rule);

    /// <summary>Reads a value once, however many actions share the template it stands in.</summary>
    public T? Shared<T>(CborValue value, Func<CborValue, T?> read)
        where T : class
    {
        if (!_shared.TryGetValue(typeof(T), out var ofType))
            _shared.Add(typeof(T), ofType = []);
        if (!ofType.TryGetValue(value, out object? known))
            ofType.Add(value, known = read(value));
        return (T?)known;
    }

    public void Note(string note)
    {
        if (_notes.Count < MostNotes)
            _notes.Add(note);
        else if (_notes.Count == MostNotes)
            _notes.Add("and more");
    }
}
