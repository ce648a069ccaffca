using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.X509;
using Xunit;

namespace Provenance.Tests.X509;

/// <summary>x509-limbo: every case by its class in applicability.json, "all, or listed with a reason" in limbo-exceptions.json.</summary>
public sealed class LimboTests
{
    /// <summary>Now for cases without a time of their own: they are made with very long validity.</summary>
    private static readonly DateTimeOffset s_now = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Every_case_answers_as_its_suite_says_or_is_listed_with_a_reason()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var classes = Read("applicability.json");
        var exceptions = JObject.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "../../../X509/limbo-exceptions.json"), TestContext.Current.CancellationToken));
        var listed = exceptions.Properties().Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var wrong = new List<string>();
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var test in Read("limbo.json")["testcases"]!)
        {
            string id = (string)test["id"]!;
            string kind = (string)classes[id]!["class"]!;
            bool expected = (string?)test["expected_result"] == "SUCCESS";
            var clock = Stopwatch.StartNew();
            (bool accepted, string reason) = await RunAsync(test);
            var took = clock.Elapsed;

            bool agrees = accepted == expected;
            string row = $"{kind} {(agrees ? "agrees" : "differs")}";
            counts[row] = counts.GetValueOrDefault(row) + 1;
            if (agrees == listed.Remove(id))
                wrong.Add($"{id} ({kind}): {(agrees ? "is listed and agrees" : $"expected {expected}")}; {reason}");
            if (kind is "core" or "c2pa-key-policy" && !agrees)
                wrong.Add($"{id}: a {kind} case must not differ");
            TestContext.Current.TestOutputHelper?.WriteLine($"{id}: {took.TotalMilliseconds:F0} ms {row}; {reason}");
            bool isBomb = test["features"]!.Any(feature => (string?)feature == "denial-of-service");
            if (isBomb && await FastestAsync(test) is var fastest && fastest > TimeSpan.FromMilliseconds(200))
                wrong.Add($"{id}: took {fastest.TotalMilliseconds:F0} ms");
        }
        wrong.AddRange(listed.Select(id => $"{id}: listed, but no such case"));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join("\n", counts.Select(count => $"{count.Key}: {count.Value}")));
        Assert.Equal([], wrong);
    }

    /// <summary>The best of a few runs, so that a busy machine does not count.</summary>
    private static async Task<TimeSpan> FastestAsync(JToken test)
    {
        var fastest = TimeSpan.MaxValue;
        for (int run = 0; run < 5; run++)
        {
            var clock = Stopwatch.StartNew();
            await RunAsync(test);
            fastest = clock.Elapsed < fastest ? clock.Elapsed : fastest;
        }
        return fastest;
    }

    private static async Task<(bool Accepted, string Reason)> RunAsync(JToken test)
    {
        Certificate leaf;
        try
        {
            leaf = Parse(test["peer_certificate"]!);
        }
        catch (MalformedDataException fault)
        {
            return (false, fault.Message);
        }
        var at = (string?)test["validation_time"] is { } time ? DateTimeOffset.Parse(time, CultureInfo.InvariantCulture) : s_now;
        var result = await PathValidator.ValidateAsync(
            leaf, ParseAll(test["untrusted_intermediates"]!), [.. ParseAll(test["trusted_certs"]!).Select(c => new TrustAnchor(c))], at,
            new SystemCrypto(), new SignatureBudget(Limits.Default), Limits.Default, CancellationToken.None);
        if (result.Path is null)
            return (false, string.Join(" | ", result.Failures));
        // The suite is about servers: an EKU, where present, must name serverAuth (or what the case asks for).
        string wanted = test["extended_key_usage"]!.Any(usage => (string?)usage == "clientAuth") ? "1.3.6.1.5.5.7.3.2" : Oids.ServerAuth;
        if (leaf.ExtendedKeyUsages is { } usages && !usages.Contains(wanted) && !usages.Contains(Oids.AnyExtendedKeyUsage))
            return (false, "extended key usage");
        return (true, "accepted");
    }

    private static List<Certificate> ParseAll(JToken pems)
    {
        var certificates = new List<Certificate>();
        foreach (var pem in pems)
        {
            try
            {
                certificates.Add(Parse(pem));
            }
            catch (MalformedDataException)
            {
                // A damaged candidate is no candidate.
            }
        }
        return certificates;
    }

    private static Certificate Parse(JToken pem)
    {
        string text = (string)pem!;
        return Certificate.Parse(Convert.FromBase64String(text[PemEncoding.Find(text).Base64Data]));
    }

    private static JObject Read(string name)
    {
        using var reader = new JsonTextReader(File.OpenText(Shared.Path("vectors", "x509-limbo", name))) { DateParseHandling = DateParseHandling.None };
        return JObject.Load(reader);
    }
}
