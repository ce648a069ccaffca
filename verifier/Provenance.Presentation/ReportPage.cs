using Provenance.Presentation.Sections;
using Provenance.Verifier;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;

namespace Provenance.Presentation;

/// <summary>
/// A report in the words of one language, section by section: what text, HTML and the web page draw, each in its own way. Everything in
/// it is fit for display, and plain text: whoever draws it escapes it.
/// </summary>
public sealed class ReportPage
{
    /// <summary>The sections, in the order in which they are read.</summary>
    private static readonly IReadOnlyList<Func<PageContext, PageSection?>> Parts =
    [
        CredentialSection.Of,
        IdentitySection.Of,
        HistorySection.Of,
        SourcesSection.Of,
        ConflictsSection.Of,
        ProblemsSection.Of,
        CoverageSection.Of,
        RevocationSection.Of,
        NotCheckedSection.Of,
        ElsewhereSection.Of,
        SignedMetadataSection.Of,
        MetadataSection.Of,
        TechnicalSection.Of,
    ];

    /// <summary>What only a document has room for.</summary>
    private static readonly IReadOnlyList<Func<PageContext, PageSection?>> FurtherParts =
    [
        CheckedSection.Of,
        RecordSection.Of,
        CodesSection.Of,
        RangesSection.Of,
        CertificatesSection.Of,
    ];

    private readonly PageContext _context;
    private IReadOnlyList<PageSection>? _further;

    private ReportPage(VerificationReport report, Words words, string? file, PersonalData shown, bool inFull)
    {
        Words = words;
        Label = report.Label;
        Name = file is null ? "" : DisplayText.Clean(file, 400) is { Length: > 0 } name ? name : words.Say("page.no-name");
        Sentence = report.SentenceIn(words);
        Lines = [.. LinesOf(report, words, file)];
        _context = new PageContext(report, words, shown) { InFull = inFull };
        Sections = Drawn(Parts);
    }

    /// <summary>The language.</summary>
    public Words Words { get; }

    /// <summary>The label.</summary>
    public Label Label { get; }

    /// <summary>How the caller names the file; empty where it does not.</summary>
    public string Name { get; }

    /// <summary>The label's sentence.</summary>
    public string Sentence { get; }

    /// <summary>What is told below it at once.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>The sections that say something.</summary>
    public IReadOnlyList<PageSection> Sections { get; }

    /// <summary>What a document adds, which has room for it: what was checked, how the report was made, and codes, ranges and certificates for specialists.</summary>
    public IReadOnlyList<PageSection> Further => _further ??= Drawn(FurtherParts);

    /// <summary>The page of a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="words">The language.</param>
    /// <param name="file">How the caller names the file; null where it does not.</param>
    /// <param name="shown">Which personal data of metadata are shown; of all others only that they are recorded.</param>
    /// <param name="inFull">Whether the history is told in full and with recorded pictures; else what fits on a screen.</param>
    public static ReportPage Of(VerificationReport report, Words words, string? file, PersonalData shown = PersonalData.None, bool inFull = false)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(words);
        return new(report, words, file, shown, inFull);
    }

    /// <summary>What is told below the sentence at once.</summary>
    internal static IEnumerable<string> LinesOf(VerificationReport report, Words words, string? file)
    {
        foreach (var line in report.Labelling.Lines)
            yield return report.LineIn(line, words);
        if (file is not null && report.NameDisagreement(file, words) is { } disagreement)
            yield return words.Say("page.mind-the-name", "what", disagreement);
    }

    private IReadOnlyList<PageSection> Drawn(IReadOnlyList<Func<PageContext, PageSection?>> parts) =>
        [.. parts.Select(part => part(_context)).OfType<PageSection>().Where(section => !section.IsEmpty)];
}
