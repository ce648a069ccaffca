using Provenance.Verifier.Crypto;
using Provenance.Verifier.Trust;
using Provenance.Verifier.X509;

namespace Provenance.TrustStore;

/// <summary>One that a list trusts: an anchor with its window, or a single certificate.</summary>
/// <param name="Sha256">SHA-256 of its certificate, lower-case hex.</param>
/// <param name="Name">Its name; null where the list holds the digest alone.</param>
/// <param name="From">Since when the list trusts it; null where it does not say.</param>
/// <param name="Until">Until when; null where it does not say.</param>
internal sealed record ListEntry(string Sha256, DistinguishedName? Name, DateTimeOffset? From, DateTimeOffset? Until)
{
    private static readonly SystemCrypto s_crypto = new();

    /// <summary>The entries, each under what makes it that entry.</summary>
    public static async Task<SortedDictionary<string, ListEntry>> OfAsync(IReadOnlyList<TrustList> lists)
    {
        var entries = new SortedDictionary<string, ListEntry>(StringComparer.Ordinal);
        foreach (var list in lists)
        {
            foreach (var anchor in list.Anchors)
            {
                string sha256 = TrustFolder.Digest(anchor.Certificate.Raw.ToArray());
                entries[$"{list.Purpose} {sha256} {anchor.NotBefore:u} {anchor.NotAfter:u}"] = new(sha256, anchor.Certificate.Subject, anchor.NotBefore, anchor.NotAfter);
            }
            foreach (string digest in await list.AllowedSha256Async(s_crypto).ConfigureAwait(false))
            {
                string sha256 = Convert.ToHexStringLower(Convert.FromBase64String(digest));
                entries[$"allowed {sha256}"] = new(sha256, null, null, null);
            }
        }
        return entries;
    }
}

/// <summary>What a list would change.</summary>
/// <param name="Added">Entries that are new, or have another window.</param>
/// <param name="Removed">Entries that are gone, or had another window.</param>
/// <param name="Before">How many certificates there were.</param>
/// <param name="Gone">How many of them are gone altogether.</param>
internal sealed record ListChange(IReadOnlyList<ListEntry> Added, IReadOnlyList<ListEntry> Removed, int Before, int Gone)
{
    public bool IsNothing => Added.Count + Removed.Count == 0;

    /// <summary>More than half of those who were trusted would be no more: so much at once is rarely meant, and is what an attack looks like.</summary>
    public bool IsShrink => Gone * 2 > Before;

    public static async Task<ListChange> BetweenAsync(IReadOnlyList<TrustList> before, IReadOnlyList<TrustList> after)
    {
        var (old, young) = (await ListEntry.OfAsync(before).ConfigureAwait(false), await ListEntry.OfAsync(after).ConfigureAwait(false));
        var was = old.Values.Select(entry => entry.Sha256).ToHashSet(StringComparer.Ordinal);
        var stays = young.Values.Select(entry => entry.Sha256).ToHashSet(StringComparer.Ordinal);
        return new([.. young.Where(entry => !old.ContainsKey(entry.Key)).Select(entry => entry.Value)], [.. old.Where(entry => !young.ContainsKey(entry.Key)).Select(entry => entry.Value)],
            was.Count, was.Count(sha256 => !stays.Contains(sha256)));
    }
}
