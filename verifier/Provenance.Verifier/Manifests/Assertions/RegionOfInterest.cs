using Provenance.Verifier.Cbor;

namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>A point, in the unit of its shape.</summary>
/// <param name="X">From the left.</param>
/// <param name="Y">From the top.</param>
public sealed record RegionPoint(double X, double Y);

/// <summary>A part of a picture: rectangle, circle or polygon.</summary>
/// <param name="Type">"rectangle", "circle" or "polygon".</param>
/// <param name="Unit">"pixel" or "percent".</param>
/// <param name="Origin">First corner, centre or first vertex.</param>
/// <param name="Width">Width, or diameter of a circle.</param>
/// <param name="Height">Height of a rectangle.</param>
/// <param name="Inside">Whether the inside is meant; so unless said otherwise.</param>
/// <param name="Vertices">Further vertices of a polygon.</param>
public sealed record RegionShape(string Type, string? Unit, RegionPoint? Origin, double? Width, double? Height, bool Inside, IReadOnlyList<RegionPoint> Vertices);

/// <summary>A stretch of time, as written.</summary>
/// <param name="Type">"npt": from the start of the media; or "wallClock".</param>
/// <param name="Start">Its beginning; null is that of the media.</param>
/// <param name="End">Its end; null is that of the media.</param>
/// <param name="EndInclusive">Whether the end belongs to it.</param>
public sealed record RegionTime(string Type, string? Start, string? End, bool EndInclusive);

/// <summary>Frames or pages from 0 on, both included.</summary>
/// <param name="Start">The first; null is the beginning.</param>
/// <param name="End">The last; null is the end.</param>
public sealed record RegionFrames(long? Start, long? End);

/// <summary>A fragment of a text and characters in it.</summary>
/// <param name="Fragment">The fragment, for instance a paragraph, by its identifier.</param>
/// <param name="Start">The first character; null is the beginning.</param>
/// <param name="End">The last character; null is the end.</param>
public sealed record TextSelector(string Fragment, long? Start, long? End);

/// <summary>A stretch of text.</summary>
/// <param name="First">Where it begins.</param>
/// <param name="Last">At whose end it ends; null where the first is all of it.</param>
public sealed record TextStretch(TextSelector First, TextSelector? Last);

/// <summary>A track or item by its number, or a thing by its name in a vocabulary.</summary>
/// <param name="Identifier">What kind of number or name.</param>
/// <param name="Value">The number or name.</param>
public sealed record RegionItem(string Identifier, string? Value);

/// <summary>One range of a region; of its five kinds it has the data of one.</summary>
/// <param name="Type">"spatial", "temporal", "frame", "textual" or "identified", as written.</param>
/// <param name="Shape">A part of a picture.</param>
/// <param name="Time">A stretch of time.</param>
/// <param name="Frames">Frames or pages.</param>
/// <param name="Text">Stretches of text.</param>
/// <param name="Item">A track, item or thing.</param>
public sealed record RegionRange(string Type, RegionShape? Shape, RegionTime? Time, RegionFrames? Frames, IReadOnlyList<TextStretch> Text, RegionItem? Item);

/// <summary>A part of the content, in place, time, frames, text or by name (C2PA 2.5 §16.9.2): untrusted words of whoever marked it.</summary>
public sealed record RegionOfInterest
{
    internal RegionOfInterest()
    {
    }

    /// <summary>What it is made of.</summary>
    public IReadOnlyList<RegionRange> Ranges { get; init; } = [];

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>A name for programs.</summary>
    public string? Identifier { get; init; }

    /// <summary>What the region shows, from a vocabulary.</summary>
    public string? Type { get; init; }

    /// <summary>Why it was marked (before 2.2).</summary>
    public string? Role { get; init; }

    /// <summary>In words.</summary>
    public string? Description { get; init; }

    internal static RegionOfInterest Read(Fields fields) => new()
    {
        Ranges = fields.Maps("region", ReadRange),
        Name = fields.Text("name"),
        Identifier = fields.Text("identifier"),
        Type = fields.Text("type"),
        Role = fields.Text("role"),
        Description = fields.Text("description"),
    };

    private static RegionRange? ReadRange(Fields range)
    {
        if (range.Text("type") is not { } type)
            return null;
        return new(
            type,
            range.Map("shape") is { } shape ? ReadShape(shape) : null,
            range.Map("time") is { } time ? new(time.Text("type") ?? "npt", time.Text("start"), time.Text("end"), time.Text("endInclusivity") == "inclusive") : null,
            range.Map("frame") is { } frames ? new(frames.Integer("start"), frames.Integer("end")) : null,
            range.Map("text") is { } text ? [.. text.List("selectors", "a selector", value => ReadStretches(text.Reading, value)).SelectMany(stretches => stretches)] : [],
            range.Map("item") is { } item && item.Text("identifier") is { } identifier ? new(identifier, item.Text("value")) : null);
    }

    private static RegionShape? ReadShape(Fields shape) => shape.Text("type") is not { } type ? null : new(
        type,
        shape.Text("unit"),
        shape.Map("origin") is { } origin ? ReadPoint(origin) : null,
        shape.Number("width"),
        shape.Number("height"),
        shape.Boolean("inside") ?? true,
        shape.Maps("vertices", ReadPoint));

    private static RegionPoint? ReadPoint(Fields point) => point.Number("x") is { } x && point.Number("y") is { } y ? new(x, y) : null;

    /// <summary>The schema has { selector, ?end } here; the examples wrap it in a list, and leave "selector" out in between (§16.9.2.4).</summary>
    private static List<TextStretch>? ReadStretches(AssertionReading reading, CborValue value)
    {
        var stretches = new List<TextStretch>();
        foreach (var item in value.Kind == CborKind.Array ? value.Items : [value])
        {
            var fields = new Fields(reading, item, "selector.");
            if (ReadSelector(fields.Map("selector") ?? fields) is not { } first)
                return null;
            // Beside a bare selector, "end" is a character of it.
            var last = item["end"] is { Kind: CborKind.Map } end ? ReadSelector(new Fields(reading, end, "selector.end.")) : null;
            stretches.Add(new(first, last));
        }
        return stretches;
    }

    private static TextSelector? ReadSelector(Fields fields) =>
        fields.Text("fragment") is { } fragment ? new(fragment, fields["start"]?.Int64, fields["end"]?.Int64) : null;
}
