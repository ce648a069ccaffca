using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;

namespace Provenance.Presentation.Sections;

/// <summary>What the file says is kept elsewhere, and was not fetched.</summary>
internal static class ElsewhereSection
{
    private const int MostReferences = 5;

    public static PageSection Of(PageContext page)
    {
        var (report, words) = page;
        var rows = new List<PageRow>();
        var references = report.References.Take(MostReferences + 1).ToList();
        foreach (var reference in references.Take(MostReferences))
        {
            string what = reference.Kind == OutsideReferenceKind.RemoteManifest ? words.Say("elsewhere.credential")
                : DisplayText.Clean(reference.Label, 60) is { Length: > 0 } label ? label : words.Say("elsewhere.something");
            rows.Add(page.Row("elsewhere", words.Say("elsewhere.not-fetched", "what", what, "url", DisplayText.Clean(reference.Url, 200))));
        }
        if (references.Count > MostReferences)
            rows.Add(page.Row("elsewhere", words.Say("page.and-more")));
        return page.Section(PageTopic.Elsewhere, "section.elsewhere", rows);
    }
}
