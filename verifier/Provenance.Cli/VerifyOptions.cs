using Provenance.Verifier;
using Provenance.Verifier.Labels;
using Provenance.Cli.Trust;

namespace Provenance.Cli;

/// <summary>How to answer.</summary>
internal enum ReportFormat
{
    Text,
    Json,
    C2paTool,
    CrJson,
}

/// <summary>What "verify" was asked to do.</summary>
internal sealed record VerifyOptions
{
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>A file with names, "-" for standard input; null for none.</summary>
    public string? FilesFrom { get; init; }

    public bool Recursive { get; init; }

    public ReportFormat Format { get; init; }

    /// <summary>The language of answers for people.</summary>
    public required Words Words { get; init; }

    /// <summary>Whom to trust.</summary>
    public required TrustChoice Trust { get; init; }

    /// <summary>The time to judge at; null for now.</summary>
    public DateTimeOffset? Time { get; init; }

    public bool OlderTimeModel { get; init; }

    public bool Digest { get; init; }

    public int Jobs { get; init; } = 1;

    public bool RequiresKnown { get; init; }

    /// <summary>What belongs to the one file and is not in it.</summary>
    public AssetCompanions Companions { get; init; } = AssetCompanions.None;

    /// <summary>The segments that are hashed with the one file, for the sake of the bar that tells how far it is.</summary>
    public IReadOnlyList<string> FragmentFiles { get; init; } = [];

    /// <summary>Whether a store that lies beside a file that holds none is used.</summary>
    public bool LooksBeside { get; init; }

    /// <summary>Whether what is elsewhere may be fetched.</summary>
    public bool FetchesRemote { get; init; }

    /// <summary>The policy these options stand for.</summary>
    /// <param name="now">The time to judge at, if none was named.</param>
    public VerificationPolicy Policy(DateTimeOffset now)
    {
        return Trust.Policy(Time ?? now) with
        {
            OlderTimeModel = OlderTimeModel,
            WithDigest = Digest,
        };
    }
}
