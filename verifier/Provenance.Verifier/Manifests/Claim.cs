using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;

namespace Provenance.Verifier.Manifests;

/// <summary>Name and version of a program, as its maker wrote it (C2PA 2.5 §10.2.3.1).</summary>
/// <param name="Name">The name.</param>
/// <param name="Version">The version, if any.</param>
/// <param name="Icon">A reference to an icon, if any.</param>
internal sealed record GeneratorInfo(string? Name, string? Version, HashedUri? Icon)
{
    /// <summary>The system it ran on, if its maker says so.</summary>
    public string? OperatingSystem { get; init; }

    public static GeneratorInfo? Read(CborValue? value) => value?.Kind switch
    {
        CborKind.Map => new(value["name"]?.Text, value["version"]?.Text, HashedUri.Read(value["icon"])) { OperatingSystem = value["operating_system"]?.Text },
        CborKind.TextString => new(value.Text, null, null),
        _ => null,
    };

    public override string ToString() => string.IsNullOrEmpty(Version) ? Name ?? "" : $"{Name} {Version}";
}

/// <summary>A claim as written (C2PA 2.5 §10): nothing in it is proven by being here.</summary>
internal sealed class Claim
{
    public const string Label1 = "c2pa.claim", Label2 = "c2pa.claim.v2";

    private Claim(CborValue value, int version) => (Value, Version) = (value, version);

    /// <summary>The whole map.</summary>
    public CborValue Value { get; }

    /// <summary>1 for "c2pa.claim", 2 for "c2pa.claim.v2".</summary>
    public int Version { get; }

    /// <summary>What the signer states; in claim v1 all assertions.</summary>
    public required IReadOnlyList<HashedUri> Created { get; init; }

    /// <summary>What the signer passes on without vouching for it; empty in claim v1.</summary>
    public required IReadOnlyList<HashedUri> Gathered { get; init; }

    /// <summary>URIs of assertions of other manifests that were removed.</summary>
    public required IReadOnlyList<string> Redacted { get; init; }

    public required string SignatureUrl { get; init; }

    /// <summary>The name of the hash algorithm, cut where no algorithm's name is as long: findings repeat it for each of thousands of assertions.</summary>
    public string? Algorithm => Value["alg"]?.Text is { Length: > 0 } alg ? alg[..Math.Min(alg.Length, 64)] : null;

    public string? Title => Value["dc:title"]?.Text;

    public string? Format => Value["dc:format"]?.Text;

    public string? InstanceId => Value["instanceID"]?.Text;

    public required IReadOnlyList<GeneratorInfo> Generators { get; init; }

    /// <summary>The program that made the claim, in one line.</summary>
    public string Generator => Generators is [{ Name: { Length: > 0 } } first, ..] ? first.ToString() : Value["claim_generator"]?.Text ?? "";

    public IEnumerable<HashedUri> Assertions => Created.Concat(Gathered);

    /// <summary>Reads a claim.</summary>
    /// <exception cref="MalformedDataException">A field that must be there is absent or of another type (§14.6, §10.2).</exception>
    public static Claim Read(CborValue value, int version, Limits limits)
    {
        if (value.Kind != CborKind.Map)
            throw new MalformedDataException("claim", value.Offset, "a map expected");
        Require(value, "instanceID");
        Require(value, "signature");
        IReadOnlyList<GeneratorInfo> generators;
        IReadOnlyList<HashedUri> created, gathered;
        if (version == 1)
        {
            // §10 of C2PA 1.0 to 1.4; claim_generator_info came with 1.1 and is null or absent in many files.
            Require(value, "claim_generator");
            Require(value, "dc:format");
            created = HashedUri.ReadList(RequireAny(value, "assertions"), "claim assertions", limits);
            gathered = [];
            generators = value["claim_generator_info"] is { Kind: CborKind.Array } list
                ? [.. list.Items.Select(GeneratorInfo.Read).OfType<GeneratorInfo>()]
                : [];
        }
        else
        {
            var info = RequireAny(value, "claim_generator_info");
            if (info.Kind != CborKind.Map || info["name"]?.Text is not { Length: > 0 })
                throw new MalformedDataException("claim", info.Offset, "claim_generator_info is a map with a name (§10.2.3.1)");
            generators = [GeneratorInfo.Read(info)!];
            created = HashedUri.ReadList(RequireAny(value, "created_assertions"), "created_assertions", limits);
            gathered = value["gathered_assertions"] is { IsNull: false } list ? HashedUri.ReadList(list, "gathered_assertions", limits) : [];
        }
        // Update manifests may gather all they hold, so created_assertions may be empty; a claim without any assertion claims nothing.
        if (created.Count + gathered.Count == 0)
            throw new MalformedDataException("claim", value.Offset, "at least one assertion expected (§10.2)");
        return new(value, version)
        {
            Created = created,
            Gathered = gathered,
            Generators = generators,
            Redacted = ReadRedacted(value["redacted_assertions"], limits),
            SignatureUrl = value["signature"]!.Text!,
        };
    }

    private static IReadOnlyList<string> ReadRedacted(CborValue? list, Limits limits)
    {
        if (list is null or { IsNull: true })
            return [];
        if (list.Kind != CborKind.Array || list.Items.Any(item => item.Text is null))
            throw new MalformedDataException("redacted_assertions", list.Offset, "an array of URIs expected");
        if (list.Items.Count > limits.Assertions)
            throw new LimitExceededException("redacted_assertions", list.Offset, nameof(Limits.Assertions), limits.Assertions);
        return [.. list.Items.Select(item => item.Text!)];
    }

    private static void Require(CborValue map, string key)
    {
        if (RequireAny(map, key).Text is not { Length: > 0 })
            throw new MalformedDataException("claim", map.Offset, $"{key} is text and not empty");
    }

    private static CborValue RequireAny(CborValue map, string key) =>
        map[key] is { IsNull: false } value ? value : throw new MalformedDataException("claim", map.Offset, $"{key} is missing");
}
