using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Jumbf;

namespace Provenance.Verifier.Manifests;

/// <summary>How an assertion's content is written; the content type of its box decides, never its label.</summary>
internal enum AssertionEncoding
{
    Cbor,
    Json,
    EmbeddedFile,
    Uuid,
    Other,
}

/// <summary>A file kept in an assertion: a thumbnail, an icon, embedded data (C2PA 2.5 §16.6.6).</summary>
/// <param name="MediaType">As stored; not proven by the bytes.</param>
/// <param name="FileName">As stored, if any.</param>
/// <param name="Data">The file.</param>
internal sealed record EmbeddedFile(string MediaType, string? FileName, ReadOnlyMemory<byte> Data);

/// <summary>One assertion box. Its content is parsed when asked for, by whoever knows which status code a fault means.</summary>
internal sealed class Assertion(JumbfBox box, CborBudget budget)
{
    private CborValue? _cbor;

    public JumbfBox Box { get; } = box;

    public AssertionLabel Label { get; } = AssertionLabel.Parse(box.Label ?? "");

    public AssertionEncoding Encoding { get; } =
        box.Is(JumbfType.CborContent) ? AssertionEncoding.Cbor
        : box.Is(JumbfType.JsonContent) ? AssertionEncoding.Json
        : box.Is(JumbfType.EmbeddedFile) ? AssertionEncoding.EmbeddedFile
        : box.Is(JumbfType.UuidContent) ? AssertionEncoding.Uuid
        : AssertionEncoding.Other;

    /// <summary>The CBOR content; the box holds exactly one "cbor" box and that exactly one item.</summary>
    public CborValue Cbor() => _cbor ??= CborReader.Read(Only(JumbfType.Cbor), $"assertion {Label.Full}", budget);

    /// <summary>CBOR inside a byte string of the content, out of the same budget.</summary>
    public CborValue CborInside(ReadOnlyMemory<byte> bytes, string structure) => CborReader.Read(bytes, structure, budget);

    /// <summary>The JSON text, not yet checked.</summary>
    public ReadOnlyMemory<byte> Json() => Only(JumbfType.Json);

    /// <summary>The embedded file: "bfdb" (toggles, media type, file name), then "bidb" (the bytes).</summary>
    public EmbeddedFile File()
    {
        if (Box.Children is not [{ Type: JumbfType.FileDescription } description, { Type: JumbfType.FileData } data])
            throw new MalformedDataException($"assertion {Label.Full}", Box.Offset, "an embedded file is one 'bfdb' and one 'bidb' box (ISO 19566-5 §B.5)");
        var cursor = new ByteCursor(description.Payload.Span, "embedded file description", description.Offset + description.HeaderLength);
        byte toggles = cursor.ReadByte();
        if ((toggles & 0x02) != 0)
            throw cursor.Malformed("the file must be here, not elsewhere (§16.6.6)");
        string mediaType = Text(cursor.ReadToNul());
        string? fileName = (toggles & 0x01) != 0 ? Text(cursor.ReadToNul()) : null;
        cursor.ExpectEnd();
        return new(mediaType, fileName, data.Payload);
    }

    /// <summary>
    /// Whether nothing is left of the content: one uuid box with the identifier of a redaction and zeros (§8.6), or zeros throughout
    /// (before 2.2).
    /// </summary>
    public bool IsBlanked => Box.Children.Count > 0 && Box.Children.All(IsBlank);

    private static bool IsBlank(JumbfBox content)
    {
        var bytes = content.Payload.Span;
        if (content.Type == JumbfType.Uuid && bytes.Length >= 16 && ContentType.Read(bytes[..16]) == JumbfType.Redacted)
            bytes = bytes[16..];
        return !content.IsSuperbox && bytes.IndexOfAnyExcept((byte)0) < 0;
    }

    private ReadOnlyMemory<byte> Only(uint type) => Box.OnlyContent(type)
        ?? throw new MalformedDataException($"assertion {Label.Full}", Box.Offset, $"exactly one '{JumbfType.Name(type)}' box expected");

    private static string Text(ReadOnlySpan<byte> bytes) => System.Text.Encoding.UTF8.GetString(bytes);
}
