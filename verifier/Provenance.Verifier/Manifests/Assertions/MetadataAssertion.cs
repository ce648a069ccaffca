using System.Globalization;
using System.Text.Json;
using Provenance.Verifier.Cbor;

namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>An assertion that is a JSON text, kept as written.</summary>
internal abstract record JsonAssertion : AssertionModel
{
    /// <summary>The JSON as stored; empty where an older writer used CBOR.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; init; }

    /// <summary>The JSON as stored, as text; made anew at each call.</summary>
    public string Text => System.Text.Encoding.UTF8.GetString(Utf8.Span);

    /// <summary>The members of the outermost object, for a flat view.</summary>
    public IReadOnlyList<JsonMember> Members { get; init; } = [];
}

/// <summary>
/// Metadata that the claim takes up: "c2pa.metadata" and every "….metadata" (C2PA 2.5 §16.6.8), "cawg.metadata", and the "stds.…" labels of
/// version 1. Values are untrusted text, and positions and serial numbers in them are personal.
/// </summary>
internal sealed record MetadataAssertion : JsonAssertion
{
    // As XMP writes it; the prefix is nearly always the customary one.
    private const string SourceTypeMember = "Iptc4xmpExt:DigitalSourceType";

    /// <summary>What the metadata says of the source (IPTC), where a member of the outermost object says so.</summary>
    public string? DigitalSourceType => Members.FirstOrDefault(member => member is { Name: SourceTypeMember, Kind: JsonValueKind.String })?.Text;

    public static MetadataAssertion Read(AssertionReading reading)
    {
        if (reading.Assertion.Encoding == AssertionEncoding.Cbor)
        {
            reading.Note("written as CBOR, where the standard has JSON");
            return new() { Members = [.. reading.Map().Others().Select(entry => ToMember(entry.Key, entry.Value))] };
        }
        using var document = JsonText.Parse(reading);
        return new() { Utf8 = reading.Assertion.Json(), Members = JsonText.MembersOf(document.RootElement, reading) };
    }

    private static JsonMember ToMember(string name, CborValue value) => value switch
    {
        { Text: { } text } => new(name, JsonValueKind.String, text),
        { Boolean: { } flag } => new(name, flag ? JsonValueKind.True : JsonValueKind.False, flag ? "true" : "false"),
        { Int64: { } number } => new(name, JsonValueKind.Number, number.ToString(CultureInfo.InvariantCulture)),
        { Float: { } number } => new(name, JsonValueKind.Number, number.ToString("R", CultureInfo.InvariantCulture)),
        { Kind: CborKind.Array } => new(name, JsonValueKind.Array, ""),
        { Kind: CborKind.Map } => new(name, JsonValueKind.Object, ""),
        _ => new(name, JsonValueKind.Null, ""),
    };
}
