using Provenance.Verifier.Labels;

namespace Provenance.Presentation.Html;

/// <summary>A file in an index.</summary>
/// <param name="Label">Its label.</param>
/// <param name="File">Its name, fit for display.</param>
/// <param name="Sentence">What is said of it.</param>
/// <param name="Notes">What is said below that; empty for nothing.</param>
/// <param name="Link">Where its own page lies, a relative URL; null where there is none.</param>
public sealed record IndexRow(Label Label, string File, string Sentence, string Notes, string? Link);

/// <summary>How often a label was given.</summary>
/// <param name="Label">The label.</param>
/// <param name="Files">How often.</param>
/// <param name="Link">Where those files are listed, a relative URL.</param>
public sealed record IndexCount(Label Label, int Files, string Link);

/// <summary>One page of an index over many reports: how often each label was given, and a bounded number of files with a line each.</summary>
public sealed record IndexPage
{
    /// <summary>Rows of one page: enough to look through, few enough for a browser to find something in.</summary>
    public const int MostRows = 500;

    /// <summary>The language.</summary>
    public required Words Words { get; init; }

    /// <summary>What was asked about, fit for display.</summary>
    public required string Name { get; init; }

    /// <summary>The label that the files of this list have; null in the list of all of them.</summary>
    public Label? Only { get; init; }

    /// <summary>Every label that was given, in the order in which they are told.</summary>
    public required IReadOnlyList<IndexCount> Counts { get; init; }

    /// <summary>Where the list of all files begins.</summary>
    public required string Start { get; init; }

    /// <summary>What holds for all of them, a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Other forms of the results: relative URLs, each with what it is.</summary>
    public required IReadOnlyList<(string Link, string Name)> Others { get; init; }

    /// <summary>The files of this page, at most <see cref="MostRows"/>.</summary>
    public required IReadOnlyList<IndexRow> Rows { get; init; }

    /// <summary>Which page of the list this is, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>How many pages the list has.</summary>
    public required int Pages { get; init; }

    /// <summary>The relative URL of a page of the list, by its number.</summary>
    public required Func<int, string> LinkOf { get; init; }
}
