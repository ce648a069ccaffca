using Provenance.Verifier.Trust;

namespace Provenance.TrustStore;

/// <summary>An official list: where it is published and as what.</summary>
/// <param name="Id">What commands call it.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Purpose">What its CAs are trusted for.</param>
/// <param name="SchemeName">The name it gives itself in its JSON.</param>
/// <param name="JsonFile">The file with its JSON (ETSI TS 119 602), which tells since when and until when a CA is trusted.</param>
/// <param name="PemFile">The file with the same CAs as PEM.</param>
/// <param name="LastSeenSha256">The SHA-256 of its JSON when this program was made: to compare by eye, never a condition.</param>
internal sealed record OfficialList(string Id, string Name, TrustPurpose Purpose, string SchemeName, string JsonFile, string PemFile, string LastSeenSha256)
{
    public string JsonUrl => Sources.OfficialFolder + JsonFile;

    public string PemUrl => Sources.OfficialFolder + PemFile;
}

/// <summary>Where lists come from: every host, path and digest of the official lists stands in this file alone.</summary>
internal static class Sources
{
    /// <summary>The C2PA conformance programme's repository, as its host serves the files.</summary>
    public const string OfficialFolder = "https://raw.githubusercontent.com/c2pa-org/conformance-public/main/trust-list/";

    /// <summary>Where the interim list is published; frozen on 1 January 2026.</summary>
    public const string InterimFolder = "https://contentcredentials.org/trust/";

    /// <summary>When the digests below were seen.</summary>
    public const string LastSeen = "2026-08-21";

    public const string InterimId = "c2pa-interim", InterimName = "C2PA interim trust list";

    /// <summary>The interim list's files: anchors, purposes, and single certificates in one of two forms.</summary>
    public const string InterimAnchors = "anchors.pem", InterimPurposes = "store.cfg", InterimAllowed = "allowed.pem", InterimAllowedHashes = "allowed.sha256.txt";

    public static IReadOnlyList<OfficialList> Official { get; } =
    [
        new("c2pa-signers", "C2PA Trust List", TrustPurpose.Signer, TrustList.SignersScheme, "C2PA-TRUST-LIST.json", "C2PA-TRUST-LIST.pem",
            "709555a038a78d4b001e96826313957a27771dc66ca881d408ec8cbf2e21627e"),
        new("c2pa-tsa", "C2PA TSA Trust List", TrustPurpose.TimeStamp, TrustList.TimeStampersScheme, "C2PA-TSA-TRUST-LIST.json", "C2PA-TSA-TRUST-LIST.pem",
            "6f409f08c7c877019cb8fa54e83017bd02feee5a1851cc95d2e369ccaba1793e"),
    ];

    public static OfficialList? OfficialById(string id) => Official.FirstOrDefault(list => list.Id == id);

    public static OfficialList? OfficialByScheme(string? schemeName) => Official.FirstOrDefault(list => list.SchemeName == schemeName);
}
