using Xunit;

namespace Provenance.Tests.House;

public sealed class CSharpStringsTests
{
    [Theory]
    [InlineData("a(\"x\", \"y\")", "x|y")]
    [InlineData("""a = "say \"no\"\n\u00e9\x41";""", "say \"no\"\n\u00e9A")]
    [InlineData("a = @\"c:\\x \"\"y\"\"\";", "c:\\x \"y\"")]
    [InlineData("""a = $"{b} of {c:N0} {{d}}";""", "{} of {} {d}")]
    [InlineData("""a = $"{(b ? "yes" : $"no {c}")}!";""", "yes|no {}|{}!")]
    [InlineData("""a = $@"{b}\";""", "{}\\")]
    [InlineData("a = \"\"\"\n  raw \"quoted\"\n  \"\"\";", "\n  raw \"quoted\"\n  ")]
    [InlineData("a = $$\"\"\"{b} {{c}}\"\"\";", "{b} {}")]
    [InlineData("a = \"\"; b = \"c\";", "|c")]
    [InlineData("'\"'; '\\''; '{'; \"x\"", "x")]
    [InlineData("// \"no\"\n/* \"no\" */ \"yes\"", "yes")]
    [InlineData("{ a(new { b = \"x\" }); } }", "x")]
    public void Literals_are_found_as_the_compiler_reads_them(string source, string texts) =>
        Assert.Equal(texts.Split('|'), CSharpStrings.In(source).Select(literal => literal.Text));

    [Fact]
    public void A_literal_knows_its_line() => Assert.Equal([1, 3], CSharpStrings.In("\"a\"\n\n\"b\"").Select(literal => literal.Line));
}
