using Provenance.Verifier.Labels;

namespace Provenance.Verifier.Reports;

/// <summary>Puts what is covered and what is open into the one line that is told below a label.</summary>
internal static class CoverageLine
{
    public static string Say(string key, VerificationReport report, Words words)
    {
        var open = report.Coverage.Where(part => part.OpenBytes > 0 && part.Meaning != CoverageMeaning.Marks).ToList();
        // What is hashed and not here leaves nothing open in what is.
        if (open.Count == 0)
            return words.Say("line.coverage.not-here");
        string named = words.List(open.Select(part => part.Coverage == FieldCoverage.NotCovered ? part.NameIn(words) : words.Say("coverage.some-of", "what", part.NameIn(words))));
        // Where only metadata is open, there is always some content, and it is covered.
        var content = report.Coverage.FirstOrDefault(part => part is { Meaning: CoverageMeaning.Content, Coverage: FieldCoverage.Covered });
        return words.Say(key, "covered", content?.NameIn(words) ?? words.Say("content.other"), "open", named);
    }
}
