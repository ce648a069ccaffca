using Newtonsoft.Json;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Reports;
using Xunit;

namespace Provenance.Tests.Reports;

public sealed class CborJsonTests
{
    [Theory]
    [InlineData("17", "23")]
    [InlineData("1BFFFFFFFFFFFFFFFF", "18446744073709551615")]
    [InlineData("3BFFFFFFFFFFFFFFFF", "-18446744073709551616")]
    [InlineData("6161", "\"a\"")]
    [InlineData("62C3A4", "\"\\u00e4\"")]
    [InlineData("F5", "true")]
    [InlineData("F6", "null")]
    [InlineData("F7", "null")]
    [InlineData("F0", "null")]
    [InlineData("F93C00", "1.0")]
    [InlineData("FA40147AE1", "2.32")] // of single width: its own shortest digits, not those of the double
    [InlineData("FB40028F5C28F5C28F", "2.32")]
    [InlineData("F97E00", "null")] // NaN
    [InlineData("F97C00", "null")] // infinity
    [InlineData("C06161", "\"a\"")] // tags are dropped
    [InlineData("A0", "{}")]
    [InlineData("A201F5206161", "{\"1\":true,\"-1\":\"a\"}")]
    [InlineData("A141FFF5", "{\"41FF\":true}")]
    [InlineData("80", "[]")]
    [InlineData("8201820203", "[1,[2,3]]")]
    [InlineData("82018202FB3FF8000000000000", "[1,[2,1.5]]")]
    public void Values_appear_as_the_reference_writes_them(string cbor, string json) => Assert.Equal(json, Write(cbor, BytesInJson.AsReference));

    [Theory]
    [InlineData("A1616142FFFE", "{\"a\":\"//4=\"}", "{\"a\":\"b64'//4='\"}")]
    [InlineData("A1616140", "{\"a\":[]}", "{\"a\":\"b64''\"}")]
    [InlineData("8142FFFE", "[[255,254]]", "[\"b64'//4='\"]")]
    public void Byte_strings_appear_by_the_rules_of_each_format(string cbor, string reference, string crJson)
    {
        Assert.Equal(reference, Write(cbor, BytesInJson.AsReference));
        Assert.Equal(crJson, Write(cbor, BytesInJson.AsCrJson));
    }

    [Theory]
    [InlineData("A161618218FF00", "{\"a\":\"/wA=\"}", "{\"a\":[255,0]}")] // 255 is a byte
    [InlineData("A1616182190100 00", "{\"a\":[256,0]}", "{\"a\":[256,0]}")] // 256 is none
    [InlineData("A161618220 00", "{\"a\":[-1,0]}", "{\"a\":[-1,0]}")]
    [InlineData("A161618101", "{\"a\":\"AQ==\"}", "{\"a\":[1]}")]
    [InlineData("A1646861736881 01", "{\"hash\":\"AQ==\"}", "{\"hash\":\"b64'AQ=='\"}")] // a writer's mistake that crJSON mends
    public void Arrays_of_numbers_stand_for_bytes_where_the_format_says_so(string cbor, string reference, string crJson)
    {
        Assert.Equal(reference, Write(cbor, BytesInJson.AsReference));
        Assert.Equal(crJson, Write(cbor, BytesInJson.AsCrJson));
    }

    [Fact]
    public void Depth_costs_no_call_stack()
    {
        const int depth = 100_000;
        var limits = Limits.Default with { CborDepth = depth, CborItems = depth + 1 };
        byte[] nested = [.. Enumerable.Repeat((byte)0x81, depth), 0xF6];

        var text = new StringWriter();
        using (var json = new JsonTextWriter(text))
            CborJson.Write(json, CborReader.Read(nested, "test", new CborBudget(limits)), BytesInJson.AsCrJson);

        Assert.Equal(new string('[', depth) + "null" + new string(']', depth), text.ToString());
    }

    private static string Write(string cbor, BytesInJson bytes)
    {
        var text = new StringWriter();
        using (var json = JsonWriting.Open(text))
            CborJson.Write(json, CborReader.Read(Convert.FromHexString(cbor.Replace(" ", "", StringComparison.Ordinal)), "test", new CborBudget(Limits.Default)), bytes);
        return text.ToString();
    }
}
