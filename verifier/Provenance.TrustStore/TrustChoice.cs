using Provenance.Verifier;
using Provenance.Verifier.Trust;

namespace Provenance.TrustStore;

/// <summary>Whom a run trusts.</summary>
/// <param name="Lists">The lists.</param>
/// <param name="Incidents">Lists of certificates known bad.</param>
/// <param name="LooksUpIssuers">False with --no-trust.</param>
internal sealed record TrustChoice(IReadOnlyList<TrustList> Lists, IReadOnlyList<IncidentList> Incidents, bool LooksUpIssuers)
{
    /// <summary>Changes with any byte of the installed lists that are used; empty where none is.</summary>
    public string Fingerprint { get; private init; } = "";

    /// <summary>What is installed.</summary>
    /// <param name="installed">Lists as <see cref="InstalledTrust.Load(TrustFolder?)"/> gives them; null where nothing is installed.</param>
    public static TrustChoice Installed(IReadOnlyList<LoadedList>? installed)
    {
        string fingerprint = "";
        var (lists, incidents) = (new List<TrustList>(), new List<IncidentList>());
        foreach (var list in installed ?? [])
        {
            if (list.Entry.Form == ListForm.Server)
                continue;
            lists.AddRange(list.Lists);
            fingerprint += string.Concat(list.Entry.Files.Select(file => file.Sha256));
            if (list.Incidents is { } against)
                incidents.Add(against);
        }
        return new(lists, incidents, LooksUpIssuers: true) { Fingerprint = fingerprint };
    }

    /// <summary>The same with these lists for identities instead of its own, if there are any.</summary>
    public TrustChoice WithIdentities(IReadOnlyList<TrustList> identities) =>
        identities.Count == 0 ? this : this with { Lists = [.. Lists.Where(list => list.Purpose != TrustPurpose.Identity), .. identities] };

    /// <summary>The policy this stands for.</summary>
    /// <param name="at">The time to judge at.</param>
    public VerificationPolicy Policy(DateTimeOffset at)
    {
        var policy = !LooksUpIssuers ? Lists.Count == 0 ? VerificationPolicy.WithoutTrustAnchorsUnsafe(at) : VerificationPolicy.WithTrust(at, Lists)
            : Lists.All(list => list.Purpose == TrustPurpose.Identity) ? VerificationPolicy.WithNoListInstalled(at, Lists)
            : VerificationPolicy.WithTrust(at, Lists);
        return Incidents.Count == 0 ? policy : policy with { Incidents = Incidents };
    }
}
