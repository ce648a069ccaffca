using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Pdf;

/// <summary>The kinds of PDF objects (ISO 32000-2 §7.3), as far as anybody here asks.</summary>
internal enum PdfKind
{
    Null,
    Number,
    Name,
    String,
    Array,
    Dictionary,
    Reference,

    /// <summary>A real number, true or false.</summary>
    Other,
}

/// <summary>One object as written, references not followed.</summary>
internal sealed class PdfValue(PdfKind kind)
{
    public static PdfValue Null { get; } = new(PdfKind.Null);

    public PdfKind Kind { get; } = kind;

    /// <summary>The whole number, or the object number of a reference.</summary>
    public long Number { get; init; }

    /// <summary>The name without its solidus, #xx decoded, one character for each byte.</summary>
    public string? Name { get; init; }

    public IReadOnlyList<PdfValue> Items { get; init; } = [];

    /// <summary>Of two entries of one key the last counts, as most readers have it; the standard leaves it open (§7.3.7).</summary>
    public IReadOnlyDictionary<string, PdfValue> Entries { get; init; } = System.Collections.Frozen.FrozenDictionary<string, PdfValue>.Empty;

    /// <summary>Where a string stands, its delimiters included, counted like the bytes that were parsed.</summary>
    public ByteRange? Range { get; init; }

    public PdfValue this[string key] => Entries.GetValueOrDefault(key, Null);

    public bool Is(string name) => Kind == PdfKind.Name && Name == name;
}
