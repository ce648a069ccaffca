using Provenance.TrustStore;
using Provenance.Verifier;
using Provenance.Verifier.Identity;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;
using Provenance.Verifier.Trust;

namespace Provenance.Cli;

/// <summary>How to answer.</summary>
internal enum ReportFormat
{
    Text,
    Html,
    Json,
    Csv,
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

    /// <summary>Aggregators of identity claims whose word is taken.</summary>
    public IReadOnlyList<string> IdentityIssuers { get; init; } = [];

    /// <summary>Documents of such aggregators; null where none are at hand.</summary>
    public IDidDocuments? DidDocuments { get; init; }

    /// <summary>Whether those that are not may be fetched.</summary>
    public bool FetchesIdentity { get; init; }

    /// <summary>The time to judge at; null for now.</summary>
    public DateTimeOffset? Time { get; init; }

    public bool OlderTimeModel { get; init; }

    public bool Digest { get; init; }

    /// <summary>The file to write the answer into; null for standard output.</summary>
    public string? Output { get; init; }

    /// <summary>Whether a document shows the picture it is about.</summary>
    public bool ShowsPicture { get; init; }

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

    /// <summary>Whether responders may be asked if certificates were withdrawn.</summary>
    public bool ChecksRevocation { get; init; }

    /// <summary>Lists of certificates known bad.</summary>
    public IReadOnlyList<IncidentList> Incidents { get; init; } = [];

    /// <summary>Whether unsigned metadata is read where a file may have some.</summary>
    public bool ReadsMetadata { get; init; }

    /// <summary>Which personal data of metadata are shown.</summary>
    public PersonalData Shown { get; init; }

    /// <summary>The policy these options stand for.</summary>
    /// <param name="now">The time to judge at, if none was named.</param>
    public VerificationPolicy Policy(DateTimeOffset now)
    {
        return Trust.Policy(Time ?? now) with
        {
            OlderTimeModel = OlderTimeModel,
            WithDigest = Digest,
            DidDocuments = FetchesIdentity ? RemoteAnswer.DidDocuments(DidDocuments) : DidDocuments,
            TrustedIdentityIssuers = IdentityIssuers,
            RevocationSource = ChecksRevocation ? RemoteAnswer.Revocation : null,
            Incidents = [.. Trust.Incidents, .. Incidents],
        };
    }
}
