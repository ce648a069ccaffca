namespace Provenance.Server.Settings;

/// <summary>Whom the server trusts, and which lists it hands on.</summary>
internal sealed record TrustSettings : ISettings
{
    private const int MostSeconds = 3600, MostMinutes = 30 * 24 * 60, FewestMinutes = 5;

    /// <summary>
    /// The folder of installed lists, which "provenance trust" looks after. Without it: that of the account the server runs under, as for the
    /// command line ($PROVENANCE_HOME/trust). Empty: none.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>Files with further anchors for signers, as "provenance verify --trust-anchors" reads them.</summary>
    public IReadOnlyList<string> Anchors { get; init; } = [];

    /// <summary>Files with further anchors for time stamps, as "provenance verify --tsa-anchors" reads them.</summary>
    public IReadOnlyList<string> TimeStampAnchors { get; init; } = [];

    /// <summary>Files with anchors for identities, as "provenance verify --identity-anchors" reads them.</summary>
    public IReadOnlyList<string> IdentityAnchors { get; init; } = [];

    /// <summary>Files with certificates known bad, as "provenance verify --incidents" reads them.</summary>
    public IReadOnlyList<string> Incidents { get; init; } = [];

    /// <summary>How often the server looks whether folder and files changed, in seconds.</summary>
    public int WatchSeconds { get; init; } = 5;

    /// <summary>
    /// How often the server fetches newer issues of installed lists that have an address, in minutes, as "provenance trust update" does. 0: never;
    /// somebody runs that command. Servers that share a folder may all fetch.
    /// </summary>
    public int RefreshMinutes { get; init; }

    /// <summary>Whether lists are handed on, at /api/v1/trust-lists.</summary>
    public bool HandsOn { get; init; } = true;

    public TrustSigningSettings Signing { get; init; } = new();

    public IEnumerable<string> Complaints()
    {
        foreach (string file in Anchors.Concat(TimeStampAnchors).Concat(IdentityAnchors).Concat(Incidents))
        {
            if (string.IsNullOrWhiteSpace(file))
                yield return "anchors, timeStampAnchors, identityAnchors and incidents are names of files; one of them is empty.";
        }
        if (WatchSeconds is < 1 or > MostSeconds)
            yield return $"watchSeconds is {WatchSeconds}; it goes from 1 to {MostSeconds}.";
        if (RefreshMinutes != 0 && RefreshMinutes is < FewestMinutes or > MostMinutes)
            yield return $"refreshMinutes is {RefreshMinutes}; it is 0 for never, or goes from {FewestMinutes} to {MostMinutes}.";
        foreach (string complaint in Signing.Complaints())
            yield return $"signing.{complaint}";
    }
}
