using Provenance.Verifier;
using Provenance.Verifier.Labels;

namespace Provenance.Presentation;

/// <summary>What a section is made from.</summary>
/// <param name="Report">The report.</param>
/// <param name="Words">The language.</param>
internal sealed record PageContext(VerificationReport Report, Words Words)
{
    /// <summary>Whether the credential's details may be told: of one that does not hold nothing is repeated (labels E1, E3.4).</summary>
    public bool Holds => LabelTable.IsIntact(Report.Label);

    /// <summary>Whether all is told; else what fits on a screen.</summary>
    public bool InFull { get; init; }

    /// <summary>Lines of one tree: enough for the history of a picture, or for that of a long one.</summary>
    public int MostLines => InFull ? 2000 : 40;

    /// <summary>A kind of source in words; as written where we have none.</summary>
    public string SourceType(string uri) => Words.Has("source-type." + uri[(uri.LastIndexOf('/') + 1)..]) ? Words.Term("source-type", uri[(uri.LastIndexOf('/') + 1)..]) : DisplayText.Clean(uri, 80);

    public PageSection Section(PageTopic topic, string title, IReadOnlyList<PageRow> rows, IReadOnlyList<PageNode>? nodes = null) => new(topic, Words.Say(title), rows, nodes ?? []);

    public PageRow Row(string name, string text) => new(Words.Say("row." + name), text);
}
