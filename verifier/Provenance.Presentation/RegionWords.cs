using System.Globalization;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Manifests.Assertions;

namespace Provenance.Presentation;

/// <summary>Where in the content something was done, in words.</summary>
internal static class RegionWords
{
    private const int MostRanges = 3;

    /// <summary>The name or description somebody gave it, and the place; empty where neither is told.</summary>
    public static string Of(RegionOfInterest region, Words words)
    {
        string name = new[] { region.Name, region.Description }.Select(text => DisplayText.Clean(text, 60)).FirstOrDefault(text => text.Length > 0)
            ?? (region.Role is { } role ? words.Term("region-role", role) : "");
        string place = string.Join("; ", region.Ranges.Take(MostRanges).Select(range => Of(range, words)).Where(text => text.Length > 0));
        return (name.Length, place.Length) switch
        {
            (0, _) => place,
            (_, 0) => name,
            _ => $"{name} ({place})",
        };
    }

    private static string Of(RegionRange range, Words words) => range switch
    {
        { Shape: { } shape } => Of(shape, words),
        { Time: { } time } => (Clean(time.Start), Clean(time.End)) switch
        {
            ("", "") => "",
            (var start, "") => words.Say("region-of.time-from", "start", start),
            ("", var end) => words.Say("region-of.time-until", "end", end),
            var (start, end) => words.Say("region-of.time", "start", start, "end", end),
        },
        { Frames: { } frames } => (frames.Start, frames.End) switch
        {
            (null, null) => "",
            ({ } first, null) => words.Say("region-of.frames-from", "first", Words.Number(first)),
            (null, { } last) => words.Say("region-of.frames-until", "last", Words.Number(last)),
            ({ } first, { } last) => words.Say("region-of.frames", "first", Words.Number(first), "last", Words.Number(last)),
        },
        { Text: [var stretch, ..] } => words.Say("region-of.text", "fragment", DisplayText.Clean(stretch.First.Fragment, 40)),
        { Item: { } item } => words.Say("region-of.item", "what", DisplayText.Clean($"{item.Identifier} {item.Value}", 60)),
        _ => "",
    };

    private static string Of(RegionShape shape, Words words)
    {
        string kind = words.Term("shape", shape.Type), unit = shape.Unit == "percent" ? "%" : shape.Unit == "pixel" ? "px" : "";
        string size = (shape.Width, shape.Height) switch
        {
            ({ } width, { } height) => $" {Digits(width)} × {Digits(height)} {unit}",
            ({ } width, null) => $" {Digits(width)} {unit}",
            _ => "",
        };
        string text = shape.Origin is { } origin
            ? words.Say("region-of.shape-at", "shape", kind + size.TrimEnd(), "x", Digits(origin.X), "y", Digits(origin.Y))
            : kind + size.TrimEnd();
        return shape.Inside ? text : words.Say("region-of.outside", "what", text);
    }

    private static string Clean(string? text) => DisplayText.Clean(text, 30);

    private static string Digits(double value) => value.ToString("0.##", CultureInfo.InvariantCulture) is { Length: <= 12 } digits ? digits : value.ToString("0.###E0", CultureInfo.InvariantCulture);
}
