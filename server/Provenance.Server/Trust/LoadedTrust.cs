using Provenance.TrustStore;

namespace Provenance.Server.Trust;

/// <summary>All lists as they were read at one moment.</summary>
/// <param name="Choice">Whom they make the server trust.</param>
/// <param name="Version">Changes with any byte of any list, with its name and with what it is for.</param>
/// <param name="Stamp">What <see cref="TrustSource.Stamp"/> said then.</param>
/// <param name="Changed">When any of it was changed last; null where there is nothing.</param>
/// <param name="Installed">What is installed.</param>
/// <param name="Handed">What is handed on.</param>
internal sealed record LoadedTrust(TrustChoice Choice, string Version, string Stamp, DateTimeOffset? Changed, IReadOnlyList<InstalledList> Installed, IReadOnlyList<HandedList> Handed)
{
    public TrustState State { get; } = new(Choice.Policy, Version);
}
