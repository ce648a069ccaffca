using Provenance.Verifier.Labels;

namespace Provenance.Presentation;

/// <summary>What a section of a page is about; also its place on it.</summary>
public enum PageTopic
{
    /// <summary>Who signed, when, with what; what is declared about AI.</summary>
    Credential,

    /// <summary>Who else stands behind the file.</summary>
    Identity,

    /// <summary>What was done to the file, in order.</summary>
    History,

    /// <summary>What the file was made from.</summary>
    Sources,

    /// <summary>Statements that contradict each other.</summary>
    Conflicts,

    /// <summary>What does not hold, and why.</summary>
    Problems,

    /// <summary>What the signature covers and what it does not.</summary>
    Coverage,

    /// <summary>Whether the certificate was withdrawn.</summary>
    Revocation,

    /// <summary>What was checked and what came of it, each check by name.</summary>
    Checked,

    /// <summary>What was not checked or is not known.</summary>
    NotChecked,

    /// <summary>What is kept elsewhere and was not fetched.</summary>
    Elsewhere,

    /// <summary>Camera, time, place, captions: signed statements and unsigned blocks apart.</summary>
    Metadata,

    /// <summary>How the report was made: from which bytes, as of when, with which lists.</summary>
    Record,

    /// <summary>Codes and figures for specialists.</summary>
    Technical,
}

/// <summary>A short name and what is said to it, fit for display.</summary>
/// <param name="Name">The name; one that repeats the row above need not be shown again.</param>
/// <param name="Text">What is said.</param>
public sealed record PageRow(string Name, string Text)
{
    /// <summary>Whether the text is a number or a code that is compared letter by letter.</summary>
    public bool IsCode { get; init; }
}

/// <summary>A line of a tree and those below it, fit for display.</summary>
/// <param name="text">The line.</param>
public sealed class PageNode(string text)
{
    /// <summary>The line.</summary>
    public string Text { get; } = text;

    /// <summary>What is said to it, where there is room to set it apart; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>When, by the word of whoever tells it, where there is room to set it apart; null where the line tells it or nobody does.</summary>
    public string? When { get; init; }

    /// <summary>How it stands with the credential of what the line names, as a label would say; null where it names none.</summary>
    public Label? Label { get; init; }

    /// <summary>The lines below it.</summary>
    public IReadOnlyList<PageNode> Children { get; init; } = [];

    /// <summary>A small picture as somebody recorded it, who may have recorded another one; null for none.</summary>
    public PagePicture? Picture { get; init; }
}

/// <summary>A part of a page.</summary>
/// <param name="Topic">What it is about.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Rows">Names and what is said to them.</param>
/// <param name="Nodes">A tree below the rows.</param>
public sealed record PageSection(PageTopic Topic, string Title, IReadOnlyList<PageRow> Rows, IReadOnlyList<PageNode> Nodes)
{
    /// <summary>Whether nothing is said.</summary>
    public bool IsEmpty => Rows.Count == 0 && Nodes.Count == 0;

    /// <summary>The file as a strip, of what the signature covers; null for none.</summary>
    public PageStrip? Strip { get; init; }
}
