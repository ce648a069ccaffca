using System.Text;
using Provenance.Verifier.Reports;
using Xunit;

namespace Provenance.Tests.Reports;

public sealed class JsonCopyTests
{
    [Theory]
    [InlineData("{\"a\" : [ 1.50 , -0 , 1e400 , 123456789012345678901234567890 ] }", "{\"a\":[1.50,-0,1e400,123456789012345678901234567890]}")]
    [InlineData("\"\\u00e4\\n\\/\\\"\"", "\"\\u00e4\\n\\/\\\"\"")]
    [InlineData("\"ä😀\u007f\"", "\"\\u00e4\\ud83d\\ude00\\u007f\"")]
    [InlineData("{\"ä\\\"\":null}", "{\"\\u00e4\\\"\":null}")]
    [InlineData("[true,false,null,[],{}]", "[true,false,null,[],{}]")]
    [InlineData("\"\\ud83d\\ude00\"", "\"\\ud83d\\ude00\"")]
    [InlineData("\"\\ud83dx\"", "\"\\ufffdx\"")] // half a pair is no text
    [InlineData("\"\\ude00\\ud83d\"", "\"\\ufffd\\ufffd\"")]
    [InlineData("\"\\\\ud83d\"", "\"\\\\ud83d\"")] // an escaped backslash, not an escape
    public void Text_is_copied_as_it_stood(string text, string copy)
    {
        Assert.True(JsonCopy.IsJson(Encoding.UTF8.GetBytes(text), 64));
        Assert.Equal(copy, Write(text, BytesInJson.AsCrJson));
    }

    [Theory]
    [InlineData("[1,255]", "\"Af8=\"")]
    [InlineData("{\"a\":[1,255]}", "{\"a\":\"Af8=\"}")]
    [InlineData("{\"a\":[1,256]}", "{\"a\":[1,256]}")]
    [InlineData("{\"a\":[1,1.5]}", "{\"a\":[1,1.5]}")]
    [InlineData("{\"a\":[]}", "{\"a\":[]}")]
    [InlineData("{\"a\":[[1,255],\"x\"]}", "{\"a\":[[1,255],\"x\"]}")]
    public void Numbers_in_a_member_become_base64_where_the_reference_does_so(string text, string copy) => Assert.Equal(copy, Write(text, BytesInJson.AsReference));

    [Theory]
    [InlineData("")]
    [InlineData("{} {}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{'a':1}")]
    [InlineData("[01]")]
    [InlineData("NaN")]
    [InlineData("[1] // no comments")]
    [InlineData("\"\\u12\"")]
    public void What_is_no_JSON_is_not_copied(string text) => Assert.False(JsonCopy.IsJson(Encoding.UTF8.GetBytes(text), 64));

    [Fact]
    public void Bytes_that_are_no_UTF8_are_not_copied() => Assert.False(JsonCopy.IsJson([(byte)'"', 0xC3, (byte)'"'], 64));

    [Fact]
    public void Nesting_ends_at_the_limit()
    {
        Assert.True(JsonCopy.IsJson(Encoding.ASCII.GetBytes(new string('[', 64) + new string(']', 64)), 64));
        Assert.False(JsonCopy.IsJson(Encoding.ASCII.GetBytes(new string('[', 65) + new string(']', 65)), 64));
    }

    private static string Write(string text, BytesInJson bytes)
    {
        var copy = new StringWriter();
        using (var json = JsonWriting.Open(copy))
            JsonCopy.Write(json, Encoding.UTF8.GetBytes(text), 64, bytes);
        return copy.ToString();
    }
}
