using Provenance.Server.Telemetry;
using Provenance.TrustStore;

namespace Provenance.Server.Trust;

/// <summary>What the metrics tell of trust.</summary>
internal static class TrustMetrics
{
    public static void Watch(ServerMetrics metrics, CurrentTrust trust, TrustRefresh refresh, TimeProvider clock)
    {
        metrics.Watch("provenance_trust_lists", "Trust lists that are in force.", () => trust.Loaded.Choice.Lists.Count);
        metrics.Watch("provenance_trust_reload_failed", "1 while changed trust lists cannot be read and those of before stay in force.", () => trust.Fault is null ? 0 : 1);
        metrics.Watch("provenance_trust_refresh_failed", "1 while the last attempt to fetch newer trust lists left one without an answer.", () => refresh.HasFailed ? 1 : 0);
        metrics.Watch("provenance_trust_age_seconds", "Seconds since the source of the list that waits longest was asked.", () => trust.Loaded.Installed
            .Where(list => ListReader.IsUrl(list.Source)).Select(list => (clock.GetUtcNow() - list.Checked).TotalSeconds).DefaultIfEmpty(0).Max());
    }
}
