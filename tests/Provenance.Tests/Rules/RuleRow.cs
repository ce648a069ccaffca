using System.Text.Json;
using System.Text.Json.Serialization;
using Provenance.Tests.House;

namespace Provenance.Tests.Rules;

/// <summary>One rule of the standard, or one status code, and the case that shows it. Words that are not listed here are an error.</summary>
internal sealed record RuleRow
{
    private static readonly JsonSerializerOptions s_closed = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public required string Id { get; init; }

    /// <summary>The status code the row is about; null where the rule has none of its own.</summary>
    public string? Code { get; init; }

    /// <summary>Clause of C2PA 2.5, or of the standard it names.</summary>
    public required string Clause { get; init; }

    public required string Rule { get; init; }

    public string? Case { get; init; }

    /// <summary>Containers to make the case in; a JPEG unless told otherwise.</summary>
    public IReadOnlyList<string> In { get; init; } = ["jpeg"];

    public Expectation? Expect { get; init; }

    /// <summary>The row whose file differs in this rule alone and is accepted.</summary>
    public string? Twin { get; init; }

    /// <summary>Why these containers, or a verifier that fetches nothing, cannot show it.</summary>
    public string? WhyNot { get; init; }

    /// <summary>Row of the attack catalogue.</summary>
    public string? Attack { get; init; }

    /// <summary>Where the reference reader sees it otherwise: its state, and why ours stands.</summary>
    public string? Reference { get; init; }

    /// <summary>Every row, in the order of the file.</summary>
    public static IReadOnlyList<RuleRow> All { get; } = JsonSerializer.Deserialize<IReadOnlyList<RuleRow>>(Repository.Read("tests", "corpus", "rules.json"), s_closed)!;
}

/// <summary>What a verification must say.</summary>
internal sealed record Expectation
{
    /// <summary>Trusted, Valid or Invalid; null where there is no manifest to have a state.</summary>
    public string? State { get; init; }

    /// <summary>The label's code.</summary>
    public required string Label { get; init; }

    /// <summary>Codes that must be found about the active manifest. The failures among them are all failures there may be.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>Further failures are no surprise.</summary>
    public bool Contains { get; init; }

    /// <summary>Codes that must not be found about the active manifest.</summary>
    public IReadOnlyList<string> Not { get; init; } = [];

    /// <summary>Codes that must be found at the links to ingredients.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>Codes that must be found about manifests below the active one.</summary>
    public IReadOnlyList<string> Below { get; init; } = [];

    /// <summary>All failures at or in ingredients, recorded ones left out.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>All failures in ingredients that were recorded.</summary>
    public IReadOnlyList<string> Recorded { get; init; } = [];

    /// <summary>Kinds of the ranges that no hash covers, in order.</summary>
    public IReadOnlyList<string> Uncovered { get; init; } = [];

    /// <summary>The limit that was reached.</summary>
    public string? Limit { get; init; }

    /// <summary>Whether the time of signing is proven.</summary>
    public bool? Time { get; init; }
}
