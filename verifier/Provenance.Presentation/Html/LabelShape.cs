using Provenance.Verifier.Labels;

namespace Provenance.Presentation.Html;

/// <summary>
/// The shape of each label, told from the others without colour: no ticks, no shields, no traffic lights (labels E1, E3.2). What a shape
/// shows is whether two things fit together, never whether something is good.
/// </summary>
internal static class LabelShape
{
    private const string Ring = "M16 3.5a12.5 12.5 0 1 1 0 25a12.5 12.5 0 1 1 0-25z";

    /// <summary>Draws it. The words beside it say the same, so a screen reader skips it.</summary>
    public static void Draw(HtmlWriter html, Label label)
    {
        html.Open("svg", "class", label == Label.Broken ? "shape broken" : "shape", "viewBox", "0 0 32 32", "aria-hidden", "true", "focusable", "false");
        foreach (var stroke in Strokes(label))
            html.Void("path", "d", stroke.Path, "class", stroke.Manner);
        html.Close();
    }

    /// <summary>A line of a shape, and how it is drawn; null for as a plain line.</summary>
    private sealed record Stroke(string Path, string? Manner = null);

    private static Stroke[] Strokes(Label label) => label switch
    {
        // A ring with its centre: what was signed, and who signed it.
        Label.IntactKnown => [new(Ring), new("M16 10.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11z", "solid")],
        // The ring without a centre.
        Label.IntactUnknownIssuer => [new(Ring)],
        // The ring with the hands of a clock.
        Label.IntactTimeUnproven => [new(Ring), new("M16 8.5v8l5.5 3.5")],
        // The ring struck through.
        Label.Revoked => [new(Ring), new("M1.5 16h29")],
        // Two halves that do not meet.
        Label.Broken => [new("M14 27a11.5 11.5 0 0 1 0-23z", "solid"), new("M19 6.5a11 11 0 0 1 0 22z")],
        // A sheet whose lines cannot be read.
        Label.Unreadable => [new("M6 3.5h20v25h-20z"), new("M11 10h2m5 0h3M11 16h5m5 0h0M11 22h1m4 0h5")],
        // A ring that nobody has closed.
        Label.NotChecked => [new(Ring, "dashed")],
        // Nothing there.
        _ => [new("M7 16h18")],
    };
}
