using Provenance.Verifier.Labels;

namespace Provenance.Verifier.Reports;

/// <summary>What a report tells at once, in the words of one language, as JSON on one line: the label, its sentence, and the lines below it.</summary>
internal static class ToldJson
{
    /// <summary>Writes one JSON object, without a line break behind it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="report">The report.</param>
    /// <param name="words">The language.</param>
    public static void Write(TextWriter writer, VerificationReport report, Words words)
    {
        var json = new ReportWriter();
        json.Open();
        json.Text("label", LabelTable.Code(report.Label));
        json.Text("sentence", report.SentenceIn(words));
        json.List("lines", report.Labelling.Lines, line =>
        {
            json.Open();
            json.Text("axis", LabelTable.Code(line.Axis));
            json.Text("text", report.LineIn(line, words));
            json.Close();
        });
        json.Close();
        json.CopyTo(writer);
    }
}
