using Provenance.Verifier;
using Provenance.Verifier.Trust;

namespace Provenance.Cli.Trust;

/// <summary>Whom a run trusts.</summary>
/// <param name="Lists">The lists.</param>
/// <param name="Incidents">Lists of certificates known bad.</param>
/// <param name="LooksUpIssuers">False with --no-trust.</param>
internal sealed record TrustChoice(IReadOnlyList<TrustList> Lists, IReadOnlyList<IncidentList> Incidents, bool LooksUpIssuers)
{
    /// <summary>What is installed for the user.</summary>
    /// <param name="verb">The verb, for a complaint.</param>
    public static TrustChoice Installed(string verb)
    {
        var (lists, incidents) = (new List<TrustList>(), new List<IncidentList>());
        try
        {
            foreach (var list in InstalledTrust.Load(TrustFolder.OfUser()) ?? [])
            {
                lists.AddRange(list.Lists);
                if (list.Incidents is { } against)
                    incidents.Add(against);
            }
        }
        catch (DamagedStoreException e)
        {
            throw new UsageException(verb, $"{e.Message}.\n\"provenance trust status\" shows it, \"provenance trust update\" or \"import\" replaces it, \"remove\" takes it out (\"remove --all\" everything); --no-trust looks up no issuer.");
        }
        return new(lists, incidents, LooksUpIssuers: true);
    }

    /// <summary>The policy this stands for.</summary>
    /// <param name="at">The time to judge at.</param>
    public VerificationPolicy Policy(DateTimeOffset at)
    {
        var policy = Lists.Any(list => LooksUpIssuers || list.Purpose == TrustPurpose.Identity) ? VerificationPolicy.WithTrust(at, Lists)
            : LooksUpIssuers ? VerificationPolicy.WithNoListInstalled(at) : VerificationPolicy.WithoutTrustAnchorsUnsafe(at);
        return Incidents.Count == 0 ? policy : policy with { Incidents = Incidents };
    }
}
