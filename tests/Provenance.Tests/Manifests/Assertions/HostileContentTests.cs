using System.Text;
using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Manifests.Assertions;
using Xunit;
using Assertion = Provenance.Verifier.Manifests.Assertion;
using StandardAssertions = Provenance.Verifier.Manifests.Assertions.StandardAssertions;

namespace Provenance.Tests.Manifests.Assertions;

public sealed class HostileContentTests
{
    /// <summary>Every key that a reader asks for, so that values of the wrong kind stand where they are looked for.</summary>
    private static readonly string[] s_keys =
    [
        "actions", "action", "templates", "softwareAgents", "softwareAgent", "softwareAgentIndex", "icon", "name", "version", "when", "whenStart", "value", "timeStampType", "changes", "region",
        "type", "shape", "origin", "x", "y", "vertices", "time", "start", "end", "frame", "text", "selectors", "selector", "fragment", "item", "identifier", "related", "parameters",
        "templateParameters", "ingredients", "ingredient", "relatedAssertions", "redacted", "url", "uri", "hash", "alg", "instanceID", "metadata", "dateTime", "reviewRatings", "localizations",
        "regionOfInterest", "dataSource", "reference", "relationship", "activeManifest", "c2pa_manifest", "validationResults", "validationStatus", "ingredientDeltas", "validationDeltas",
        "ingredientAssertionURI", "success", "failure", "code", "trustListUris", "data", "dataTypes", "data_types", "exclusions", "length", "boxes", "names", "parts", "location", "hashAssertion",
        "xpath", "subset", "offset", "merkle", "hashes", "variableBlockSizes", "uris", "predecessorSentinel", "blocks", "scope", "timespan", "bindingMetadata", "label", "size", "resources",
        "externalResources", "relativeResources", "references", "types", "weight", "designers", "person", "copyrightYears", "ocspVals", "keys", "key", "signerBinding", "contentProfile",
        "scientificDomain", "energy_kwh", "entries", "use", "signer_payload", "signature", "referenced_assertions", "role", "endorseeCredential", "author", "reviewRating",
    ];

    [Fact]
    public void Whatever_stands_in_an_assertion_is_read_or_malformed()
    {
        int read = 0, malformed = 0;
        var random = new Random(20260314);
        foreach (var kind in StandardAssertions.All.Where(kind => kind.Encoding == AssertionEncoding.Cbor || kind.AlsoSeenAs == AssertionEncoding.Cbor))
        {
            for (int i = 0; i < 300; i++)
                Try(Made.Cbor(LabelOf(kind, random), i % 10 == 0 ? Value(random, 0) : Map(random, 0)), ref read, ref malformed);
        }
        Assert.True(read > 5000, $"{read} read, {malformed} malformed");
        Assert.True(malformed > 500, $"{read} read, {malformed} malformed");
    }

    [Fact]
    public void Whatever_stands_in_JSON_is_read_or_malformed()
    {
        int read = 0, malformed = 0;
        var random = new Random(20260315);
        foreach (var kind in StandardAssertions.All.Where(kind => kind.Encoding == AssertionEncoding.Json))
        {
            for (int i = 0; i < 300; i++)
            {
                byte[] json = Encoding.UTF8.GetBytes(Json(random, 0));
                if (i % 3 == 0 && json.Length > 0)
                    json[random.Next(json.Length)] = (byte)random.Next(256);
                Try(Made.Boxes(LabelOf(kind, random), "json", TestBox.Content("json", json)), ref read, ref malformed);
            }
        }
        Assert.True(read > 500, $"{read} read, {malformed} malformed");
        Assert.True(malformed > 100, $"{read} read, {malformed} malformed");
    }

    private static void Try(Assertion assertion, ref int read, ref int malformed)
    {
        try
        {
            var model = StandardAssertions.Read(assertion, Limits.Default);
            _ = SourceDeclarations.In(model).Count();
            read++;
        }
        catch (MalformedDataException)
        {
            malformed++;
        }
    }

    private static string LabelOf(StandardAssertion kind, Random random)
    {
        string name = kind.Pattern switch { LabelPattern.Suffix => "com.litware" + kind.Name, LabelPattern.Prefix => kind.Name + "x", _ => kind.Name };
        int version = 1 + random.Next(kind.LastVersion);
        return version == 1 ? name : $"{name}.v{version}";
    }

    private static CborFields Map(Random random, int depth)
    {
        var map = new CborFields();
        foreach (string key in s_keys.OrderBy(_ => random.Next()).Take(random.Next(depth == 0 ? 40 : 12)))
            map.Add(key, Value(random, depth + 1));
        if (random.Next(4) == 0)
            map.Add(random.Next(5), Value(random, depth + 1));
        return map;
    }

    private static object? Value(Random random, int depth) => random.Next(depth > 3 ? 9 : 14) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.Next(-2, 3),
        3 => random.Next(2) == 0 ? long.MaxValue : long.MinValue,
        4 => random.NextDouble() * double.MaxValue,
        5 => new byte[random.Next(4)],
        6 => new string[] { "", "c2pa.created", "self#jumbf=c2pa.assertions/x", "allowed", "*" }[random.Next(5)],
        7 => new CborTagged((ulong)random.Next(40), "2026-01-01T00:00:00Z"),
        8 => CborRaw.Hex("FB7FF8000000000000"), // NaN
        9 or 10 => Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1)).ToArray(),
        _ => Map(random, depth),
    };

    private static string Json(Random random, int depth) => random.Next(depth > 4 ? 6 : 9) switch
    {
        0 => "null",
        1 => "1e999",
        2 => "\"\\uD83D\\uDE00\"",
        3 => random.Next(4) == 0 ? "\"\\uD83D\"" : "\"é\"",
        4 => "true",
        5 => "-0.5",
        6 => "[" + string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Json(random, depth + 1))) + "]",
        _ => "{" + string.Join(',', new[] { "@context", "author", "name", "repository", "uri", "anchor", "reviewRating", "\\u0061", "url" }
            .Where(_ => random.Next(2) == 0).Select(name => $"\"{name}\":{Json(random, depth + 1)}")) + "}",
    };
}
