using Provenance.Verifier;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;

namespace Provenance.Presentation;

/// <summary>What a section is made from.</summary>
/// <param name="Report">The report.</param>
/// <param name="Words">The language.</param>
/// <param name="Shown">Which personal data of metadata are shown.</param>
internal sealed record PageContext(VerificationReport Report, Words Words, PersonalData Shown)
{
    /// <summary>The report and the language.</summary>
    public void Deconstruct(out VerificationReport report, out Words words) => (report, words) = (Report, Words);

    /// <summary>Whether metadata of this privacy may be shown; else only that it is recorded.</summary>
    public bool MayShow(MetadataPrivacy privacy) => PersonalDataRule.IsShown(privacy, Shown);

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
