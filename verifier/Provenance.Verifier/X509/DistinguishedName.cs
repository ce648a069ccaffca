using System.Globalization;
using System.Text;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.X509;

/// <summary>One attribute of a distinguished name.</summary>
/// <param name="Oid">The attribute's type, dotted.</param>
/// <param name="Value">Its text; "#" and the DER in hex where it is no string. The certificate's own words: not trusted, not cleaned for display.</param>
public sealed record NameAttribute(string Oid, string Value)
{
    /// <summary>The value was a string; else it is "#" and hex.</summary>
    internal bool IsText { get; init; }
}

/// <summary>
/// A Name (RFC 5280 §4.1.2.4). Two names are equal when their relative names are, in order, after the reasonable part of
/// RFC 5280 §7.1: string types are compared as text, without regard to case and to leading, trailing and repeated spaces.
/// Unicode compatibility forms are not folded, so names that differ by those alone do not chain.
/// </summary>
public sealed class DistinguishedName : IEquatable<DistinguishedName>
{
    private const int BriefLength = 160;

    private IReadOnlyList<string>? _normalised;
    private string? _text;

    private DistinguishedName(ReadOnlyMemory<byte> raw, IReadOnlyList<IReadOnlyList<NameAttribute>> relativeNames)
    {
        Raw = raw;
        RelativeNames = relativeNames;
        Attributes = [.. relativeNames.SelectMany(relative => relative)];
    }

    /// <summary>The DER as stored.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    /// <summary>Every attribute, in the order stored.</summary>
    public IReadOnlyList<NameAttribute> Attributes { get; }

    /// <summary>Whether the name has no attribute at all.</summary>
    public bool IsEmpty => Attributes.Count == 0;

    /// <summary>The last, most specific common name; null where there is none. Not cleaned for display.</summary>
    public string? CommonName => Last(Oids.CommonName);

    /// <summary>The last organization; null where there is none. Not cleaned for display.</summary>
    public string? Organization => Last(Oids.Organization);

    /// <summary>The text, cut to a length that leaves room for what is said about it: names have no bound of their own.</summary>
    internal string Brief => ToString() is { Length: > BriefLength } text ? text[..BriefLength] + "…" : ToString();

    /// <summary>The relative names with their attributes, in the order stored.</summary>
    internal IReadOnlyList<IReadOnlyList<NameAttribute>> RelativeNames { get; }

    /// <summary>One comparable string per relative name, in the order stored.</summary>
    internal IReadOnlyList<string> Normalised => _normalised ??= [.. RelativeNames.Select(Normalise)];

    /// <summary>Reads a Name.</summary>
    /// <exception cref="MalformedDataException">The bytes are not exactly one Name in DER.</exception>
    public static DistinguishedName Parse(ReadOnlyMemory<byte> der)
    {
        var outer = new DerReader(der, "Name");
        var name = Read(outer);
        outer.ExpectEnd();
        return name;
    }

    /// <summary>Reads the Name that follows in <paramref name="reader"/>.</summary>
    internal static DistinguishedName Read(DerReader reader)
    {
        var before = reader.Rest;
        var sequence = reader.ReadSequence("Name");
        var relativeNames = new List<IReadOnlyList<NameAttribute>>();
        while (sequence.HasData)
        {
            // X.501: RelativeDistinguishedName ::= SET SIZE (1..MAX) OF AttributeTypeAndValue
            var set = sequence.ReadSetOf("RelativeDistinguishedName");
            var relative = new List<NameAttribute>();
            while (set.HasData)
            {
                var pair = set.ReadSequence("AttributeTypeAndValue");
                string oid = pair.ReadOid();
                string value = DerText.Read(pair, out bool isText);
                pair.ExpectEnd();
                relative.Add(new NameAttribute(oid, value) { IsText = isText });
            }
            if (relative.Count == 0)
                throw set.Malformed("at least one attribute expected");
            relativeNames.Add(relative);
        }
        return new DistinguishedName(before[..(before.Length - reader.Rest.Length)], relativeNames);
    }

    /// <inheritdoc/>
    public bool Equals(DistinguishedName? other) =>
        other is not null && (Raw.Span.SequenceEqual(other.Raw.Span) || Normalised.SequenceEqual(other.Normalised, StringComparer.Ordinal));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DistinguishedName);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (string relative in Normalised)
            hash.Add(relative, StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    /// <summary>
    /// RFC 4514 text, most specific relative name first. Besides what that RFC escapes, control and invisible formatting characters are
    /// escaped as \XX of their UTF-8 bytes, so that a name cannot reorder or break the line it is shown in.
    /// </summary>
    public override string ToString() => _text ??= Written();

    private string Written()
    {
        var text = new StringBuilder();
        foreach (var relative in RelativeNames.Reverse())
        {
            if (text.Length > 0)
                text.Append(',');
            for (int i = 0; i < relative.Count; i++)
            {
                text.Append(i > 0 ? "+" : "").Append(ShortName(relative[i].Oid)).Append('=');
                if (relative[i].IsText)
                    AppendEscaped(text, relative[i].Value);
                else
                    text.Append(relative[i].Value);
            }
        }
        return text.ToString();
    }

    private string? Last(string oid)
    {
        for (int i = Attributes.Count - 1; i >= 0; i--)
        {
            if (Attributes[i].Oid == oid)
                return Attributes[i].Value;
        }
        return null;
    }

    private static string Normalise(IReadOnlyList<NameAttribute> relative)
    {
        if (relative is [var only])
            return Normalise(only);
        // A set has no order.
        return string.Join('+', relative.Select(Normalise).Order(StringComparer.Ordinal));
    }

    private static string Normalise(NameAttribute attribute)
    {
        // The length in front keeps one value from imitating two.
        string value = NormaliseText(attribute.Value);
        return $"{attribute.Oid}={(attribute.IsText ? "" : "#")}{value.Length.ToString(CultureInfo.InvariantCulture)}:{value}";
    }

    private static string NormaliseText(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (c == ' ' && (folded.Length == 0 || folded[^1] == ' '))
                continue;
            folded.Append(char.ToLowerInvariant(c));
        }
        if (folded.Length > 0 && folded[^1] == ' ')
            folded.Length--;
        return folded.ToString();
    }

    private static void AppendEscaped(StringBuilder text, string value)
    {
        Span<byte> utf8 = stackalloc byte[4];
        int position = 0;
        foreach (var rune in value.EnumerateRunes())
        {
            bool first = position == 0, last = position + rune.Utf16SequenceLength == value.Length;
            position += rune.Utf16SequenceLength;
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                foreach (byte b in utf8[..rune.EncodeToUtf8(utf8)])
                    text.Append(CultureInfo.InvariantCulture, $"\\{b:X2}");
                continue;
            }
            bool special = rune.Value is '"' or '+' or ',' or ';' or '<' or '>' or '\\' || (first && rune.Value == '#') || ((first || last) && rune.Value == ' ');
            text.Append(special ? "\\" : "").Append(rune.ToString());
        }
    }

    private static string ShortName(string oid) => oid switch
    {
        Oids.CommonName => "CN",
        "2.5.4.5" => "SERIALNUMBER",
        "2.5.4.6" => "C",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.9" => "STREET",
        Oids.Organization => "O",
        "2.5.4.11" => "OU",
        "0.9.2342.19200300.100.1.25" => "DC",
        "0.9.2342.19200300.100.1.1" => "UID",
        Oids.EmailAddress => "E",
        _ => oid,
    };
}
