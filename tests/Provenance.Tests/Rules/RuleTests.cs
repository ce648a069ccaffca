using Provenance.Tests.House;
using Provenance.Verifier;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Status;
using Xunit;

namespace Provenance.Tests.Rules;

/// <summary>Every row of <c>tests/corpus/rules.json</c>: the file is made, verified, and compared with what the rule asks for.</summary>
public sealed class RuleTests
{
    public static IEnumerable<TheoryDataRow<string, string>> Cases() =>
        from row in RuleRow.All
        where row.Case is not null
        from container in row.In
        select new TheoryDataRow<string, string>(row.Id, container);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_case_of_a_rule_shows_what_the_rule_says(string id, string container)
    {
        var row = RuleRow.All.Single(row => row.Id == id);
        var expected = row.Expect!;

        var file = RuleCases.All.Make(row.Case!, container);
        CaseDump.Write(row, container, file);
        var report = await file.VerifyAsync();

        var links = report.Result?.Reached.SelectMany(manifest => manifest.Ingredients).SelectMany(ingredient => ingredient.Link.All).ToList() ?? [];
        string told = Tell(report, links);
        Assert.True(expected.State == report.State?.ToString() && expected.Label == LabelTable.Code(report.Label), told);
        var failures = report.Findings.Where(finding => finding.IsFailure).Select(finding => finding.Code.Text).Distinct().Order(StringComparer.Ordinal);
        if (!expected.Contains)
            Assert.True(failures.SequenceEqual(expected.Codes.Where(IsFailure).Order(StringComparer.Ordinal)), told);
        Assert.All(expected.Codes, code => Assert.True(report.Findings.Any(finding => finding.Code.Text == code), $"{code} is absent: {told}"));
        Assert.All(expected.Not, code => Assert.False(report.Findings.Any(finding => finding.Code.Text == code), $"{code} is there: {told}"));
        Assert.All(expected.Links, code => Assert.True(links.Exists(finding => finding.Code.Text == code), $"{code} is absent: {told}"));
        var below = report.Result?.Reached.Skip(1).SelectMany(manifest => manifest.Findings.All).ToList() ?? [];
        Assert.All(expected.Below, code => Assert.True(below.Exists(finding => finding.Code.Text == code), $"{code} is absent below: {told}"));
        AssertSame(expected.Sources, report.IngredientFailures.Select(finding => finding.Code.Text), told);
        AssertSame(expected.Recorded, report.RecordedIngredientFailures.Select(finding => finding.Code.Text), told);
        AssertSame(expected.Uncovered, report.Uncovered?.Select(range => range.Kind.ToString()) ?? [], told);
        Assert.True(expected.Limit == report.Error?.Limit, told);
        Assert.True(expected.Time is null || expected.Time == report.SignedAt is not null, told);

        var shown = report.Findings.Concat(links).Concat(below).Concat(report.IngredientFailures).Concat(report.RecordedIngredientFailures).Where(finding => finding.Code.Text == row.Code).ToList();
        Assert.True(row.Code is null || shown.Count > 0, $"the row's own code is absent: {told}");
        Assert.All(shown, finding => Assert.True(FindingPlaces.Fit(finding), $"{finding.Code} is about {finding.Uri}: {told}"));
    }

    [Fact]
    public void Every_status_code_has_a_row() =>
        Assert.Empty(StatusCodes.All.Select(code => code.Text).Except(RuleRow.All.Select(row => row.Code)));

    [Fact]
    public void Every_row_has_a_case_or_says_why_not() => Assert.All(RuleRow.All, row =>
    {
        Assert.True(row.Case is null != row.WhyNot is null, $"{row.Id}: either case or whyNot");
        Assert.True(row.Case is null == row.Expect is null, $"{row.Id}: expect goes with a case");
        Assert.True(row.Case is null || RuleCases.All.Has(row.Case), $"{row.Id}: no case is called '{row.Case}'");
        Assert.True(row.Clause.Length > 0 && row.Rule.EndsWith('.'), $"{row.Id}: a clause and a sentence");
    });

    [Fact]
    public void Every_case_has_a_row() => Assert.Empty(RuleCases.All.Names.Except(RuleRow.All.Select(row => row.Case)));

    [Fact]
    public void Every_word_of_a_row_is_known() => Assert.All(RuleRow.All, row =>
    {
        var expected = row.Expect ?? new Expectation { Label = "none" };
        Assert.All(expected.Codes.Concat(expected.Not).Concat(expected.Links).Concat(expected.Below).Concat(expected.Sources).Concat(expected.Recorded).Append(row.Code).OfType<string>(),
            code => Assert.True(StatusCodes.Find(code) is not null, $"{row.Id}: {code} is no status code"));
        Assert.True(expected.State is null || Enum.GetNames<ValidationState>().Contains(expected.State), $"{row.Id}: {expected.State} is no state");
        Assert.Contains(expected.Label, Enum.GetValues<Label>().Select(LabelTable.Code));
        Assert.NotEmpty(row.In);
        Assert.All(row.In, container => Assert.Contains(container, World.Images.Keys));
    });

    [Fact]
    public void No_id_occurs_twice() => Assert.Equal(RuleRow.All.Count, RuleRow.All.DistinctBy(row => row.Id).Count());

    [Fact]
    public void The_twin_of_a_row_is_accepted() => Assert.All(RuleRow.All.Where(row => row.Twin is not null), row =>
    {
        var twin = RuleRow.All.SingleOrDefault(other => other.Id == row.Twin);
        Assert.True(twin?.Expect?.State is "Trusted" or "Valid", $"{row.Id}: its twin '{row.Twin}' is no accepted row");
    });

    [Fact]
    public void Every_rule_named_in_the_ledger_of_differences_exists()
    {
        const string mark = "Rule case: ";
        string ledger = Repository.Read("tests", "corpus", "divergences.json");
        var named = ledger.Split(mark).Skip(1).Select(rest => rest[..rest.IndexOfAny(['.', '"', ','])]).Distinct();
        Assert.Empty(named.Except(RuleRow.All.Where(row => row.Case is not null).Select(row => row.Id)));
    }

    private static bool IsFailure(string code) => StatusCodes.Find(code)?.Kind == StatusKind.Failure;

    private static void AssertSame(IEnumerable<string> expected, IEnumerable<string> found, string told) =>
        Assert.True(expected.Order(StringComparer.Ordinal).SequenceEqual(found.Distinct().Order(StringComparer.Ordinal)), told);

    private static string Tell(VerificationReport report, IEnumerable<Finding> links) =>
        $"""
        {report.State?.ToString() ?? "no state"}, {LabelTable.Code(report.Label)}{(report.Error is null ? "" : $", {report.Error}")}, signed at {report.SignedAt:u}
          {string.Join("\n  ", report.Findings.Select(Line))}
         links
          {string.Join("\n  ", links.Select(Line))}
         sources
          {string.Join("\n  ", report.IngredientFailures.Select(Line))}
         recorded
          {string.Join("\n  ", report.RecordedIngredientFailures.Select(Line))}
         uncovered
          {string.Join("\n  ", report.Uncovered ?? [])}
        """;

    private static string Line(Finding finding) => $"{finding.Code}: {finding.Explanation} [{finding.Uri}]";
}
