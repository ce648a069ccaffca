using Provenance.Presentation.Tables;
using Xunit;

namespace Provenance.Tests.Presentation.Tables;

public sealed class CsvTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("한국어", "한국어")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData("a\rb", "\"a\rb\"")]
    [InlineData("", "")]
    public void A_cell_is_quoted_where_RFC_4180_needs_it(string cell, string written) => Assert.Equal(written + ",x\r\n", CsvText.Line([cell, "x"]));

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(1)", "'@SUM(1)")]
    [InlineData("\t=1", "'\t'=1")]
    [InlineData("\r=1", "'\r'=1")]
    [InlineData("\n=1", "'\n'=1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("＋1", "'＋1")]
    [InlineData("－1", "'－1")]
    [InlineData("＠1", "'＠1")]
    [InlineData("  =1", "  '=1")]
    [InlineData("\"=1", "\"'=1")]
    [InlineData("a;=1", "a;'=1")]
    [InlineData("a; \"=1", "a; \"'=1")]
    [InlineData("a\t@b", "a\t'@b")]
    [InlineData("==", "'==")]
    public void What_a_spreadsheet_could_run_is_preceded_by_an_apostrophe(string cell, string harmless) => Assert.Equal(harmless, CsvText.Harmless(cell));

    [Theory]
    [InlineData("a=b")]
    [InlineData("2026-03-14T09:26:00Z")]
    [InlineData("a, -b")]
    [InlineData("a+b;c=d")]
    [InlineData("mail@example.org")]
    [InlineData("'=1")]
    [InlineData("")]
    public void What_it_could_not_stays_as_it_is(string cell) => Assert.Equal(cell, CsvText.Harmless(cell));
}
