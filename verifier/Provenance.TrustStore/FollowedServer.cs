using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Trust;

namespace Provenance.TrustStore;

/// <summary>
/// Brings what is installed to what a server hands on (docs/extension.md). The server's index is installed like a list, so that its signer stays
/// pinned and its number never falls; the lists it names are installed beside it, under the server's name, on the user's own decision: what a
/// server calls the list of C2PA is trusted because the user trusts the server.
/// </summary>
internal sealed class FollowedServer(ListInstaller installer, ListReader reader, ListDialog dialog, DateTimeOffset now)
{
    /// <summary>Between index and signature the server may have made others.</summary>
    private const int Tries = 2;

    /// <summary>
    /// The address of a server out of what somebody typed: https:// and a host; null for anything else. A host without a dot could be called what a list
    /// is called.
    /// </summary>
    public static string? AddressOf(string typed) =>
        ListReader.IsUrl(typed) && Uri.TryCreate(typed, UriKind.Absolute, out var url) && url is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" } && url.IdnHost.Contains('.', StringComparison.Ordinal) && url.HostNameType != UriHostNameType.IPv6
            ? $"https://{url.IdnHost.ToLowerInvariant()}{(url.IsDefaultPort ? "" : ":" + url.Port)}"
            : null;

    /// <summary>What a server is called among the lists. No list is: their names have neither dot nor slash.</summary>
    public static string IdOf(string address) => address["https://".Length..];

    /// <summary>Whether a list was handed on by a server.</summary>
    public static bool IsOf(InstalledList list, string serverId) => list.Id.StartsWith(serverId + "/", StringComparison.Ordinal);

    /// <summary>An index as it was fetched, with its signature if it is good.</summary>
    internal sealed record Fetched(byte[] Bytes, ServedIndex Index, byte[]? SignatureBytes, ListSignature? Signature);

    /// <summary>Fetches the index.</summary>
    /// <param name="address">The server's address.</param>
    /// <param name="pinnedSha256">The only certificate that may sign it; null to find out who does, if anybody.</param>
    /// <returns>The index; null where it cannot be had or used, which was told.</returns>
    public async Task<Fetched?> FetchAsync(string address, string? pinnedSha256)
    {
        string url = address + ServedIndex.Path, name = IdOf(address);
        for (int tries = 1; ; tries++)
        {
            if (await reader.ReadAsync(url).ConfigureAwait(false) is not { } bytes)
                return null;
            byte[]? signature = await reader.ReadAsync(url + ListSigner.Extension, isOptional: pinnedSha256 is null).ConfigureAwait(false);
            if (signature is null && pinnedSha256 is not null)
                return null;
            var check = signature is null ? null : await ListSignature.CheckAsync(bytes, signature, pinnedSha256, new SystemCrypto()).ConfigureAwait(false);
            if (check is { Result: ListSignatureResult.Wrong } && tries < Tries)
                continue;
            if (check is { IsGood: false })
            {
                dialog.Complain("trust.bad-signature", "list", name, "why", check.Reason);
                return null;
            }
            try
            {
                var index = ServedIndex.Parse(bytes);
                // An index without a signature that tells of one had it taken away.
                if (check is null && index.Signature is not null)
                {
                    dialog.Complain("trust.cannot-read", "source", url + ListSigner.Extension, "why", dialog.Words.Say("trust.server.lost-signature"));
                    return null;
                }
                return new(bytes, index, signature, check);
            }
            catch (MalformedDataException e)
            {
                dialog.Complain("trust.unreadable-list", "list", name, "why", e.Rule);
                return null;
            }
        }
    }

    /// <summary>Asks a server that is followed.</summary>
    /// <returns>Whether everything it hands on is in place.</returns>
    public async Task<bool> UpdateAsync(InstalledList server)
    {
        if (await FetchAsync(server.Source, server.SignerSha256).ConfigureAwait(false) is { } fetched)
            return await InstallAsync(server.Source, server.SignerSha256, fetched).ConfigureAwait(false);
        dialog.Complain("trust.kept", "list", server.Name);
        return false;
    }

    /// <summary>Installs what an index names, and the index.</summary>
    /// <param name="address">The server's address.</param>
    /// <param name="pinnedSha256">Who signed it; null where nobody must.</param>
    /// <param name="fetched">The index.</param>
    /// <returns>Whether everything is in place.</returns>
    public async Task<bool> InstallAsync(string address, string? pinnedSha256, Fetched fetched)
    {
        string id = IdOf(address);
        var index = fetched.Index;
        var installed = installer.FindById(id);
        string? refusal = index.Sequence < installed?.Number ? "trust.older"
            : pinnedSha256 is null ? null
            : now - index.Issued > ServedIndex.MostAge ? "trust.server.stale"
            : index.Issued - now > ServedIndex.MostAhead ? "trust.server.ahead"
            : null;
        if (refusal is not null)
        {
            dialog.Complain(refusal, "list", id, "issue", IssueOf(index.Sequence, index.Issued), "installed", IssueOf(installed?.Number ?? 0, installed?.Issued ?? index.Issued), "date", dialog.Words.Day(index.Issued));
            dialog.Complain("trust.kept", "list", id);
            return false;
        }
        var named = index.Lists.Select(list => (Id: $"{id}/{ListId.Below(list.Url.Split('/', '?')[^1])}", List: list)).ToList();
        if (named.DistinctBy(list => list.Id).Count() != named.Count)
        {
            dialog.Complain("trust.unreadable-list", "list", id, "why", "two of its lists have one name");
            return false;
        }
        bool isWhole = true;
        foreach (var (listId, list) in named)
            isWhole &= await OfferAsync(address, listId, list, pinnedSha256).ConfigureAwait(false);
        isWhole &= RemoveOthers(id, pinnedSha256 is not null, [.. named.Where(list => list.List.Role != ServedIndex.IdentityAnchors).Select(list => list.Id)]);
        // From now on no earlier index is taken, whatever became of the lists.
        List<ListFile> files = [new("list", fetched.Bytes)];
        if (pinnedSha256 is not null)
            files.Add(new("signature", fetched.SignatureBytes!));
        installer.Keep(new()
        {
            Id = id,
            Form = ListForm.Server,
            Name = id,
            Source = address,
            Installed = installed?.Installed ?? now,
            Checked = now,
            Issued = index.Issued,
            Number = index.Sequence,
            SignerSha256 = pinnedSha256,
            Files = [],
        }, files);
        return isWhole;
    }

    private async Task<bool> OfferAsync(string address, string id, ServedList list, string? pinnedSha256)
    {
        string host = IdOf(address), name = $"{ListId.OneLine(list.Name)} ({host})";
        var installed = installer.FindById(id);
        if (list.Role == ServedIndex.IdentityAnchors)
        {
            dialog.Tell("trust.server.skipped", "list", name);
            // It vouched for others before, and its keeper signed that it does no more: no loss by mistake, about which somebody would have to be asked.
            if (installed is not null && pinnedSha256 is not null)
            {
                installer.Remove(installed);
                dialog.Tell("trust.was-removed", "list", installed.Name);
            }
            return true;
        }
        if (installed is not null && IsInPlace(installed, list))
        {
            installer.Note(installed);
            dialog.Tell("trust.up-to-date", "list", name);
            return true;
        }
        try
        {
            if (await ReadAsync(address, list, pinnedSha256).ConfigureAwait(false) is var (bytes, signatureBytes, signature))
            {
                var candidate = ListCandidate.OfServed(list.Role, bytes, id, name);
                if (signature is not null)
                    candidate = candidate with { Signature = signature, Files = [.. candidate.Files, new("signature", signatureBytes!)] };
                return await installer.InstallAsync(candidate, new Uri(new Uri(address), list.Url).AbsoluteUri).ConfigureAwait(false) != InstallResult.Kept;
            }
        }
        catch (MalformedDataException e)
        {
            dialog.Complain("trust.unreadable-list", "list", name, "why", e.Rule);
        }
        dialog.Complain(installed is null ? "trust.not-installed" : "trust.kept", "list", name);
        return false;
    }

    /// <summary>Whether these bytes are installed, for what the index says they are for.</summary>
    private bool IsInPlace(InstalledList installed, ServedList list)
    {
        if (installed.Main.Sha256 != list.Sha256 || installer.TryRead(installed) is not { } bytes)
            return false;
        try
        {
            return ListInstaller.IsSame(installed, ListCandidate.OfServed(list.Role, bytes, installed.Id, installed.Name));
        }
        catch (MalformedDataException)
        {
            return false;
        }
    }

    private async Task<(byte[] Bytes, byte[]? SignatureBytes, ListSignature? Signature)?> ReadAsync(string address, ServedList list, string? pinnedSha256)
    {
        if (On(address, list.Url) is not { } url || await reader.ReadAsync(url).ConfigureAwait(false) is not { } bytes)
            return null;
        if (TrustFolder.Digest(bytes) != list.Sha256)
        {
            dialog.Complain("trust.server.other-bytes", "source", url);
            return null;
        }
        if (pinnedSha256 is null)
            return (bytes, null, null);
        if (list.Signature is null)
        {
            dialog.Complain("trust.server.unsigned-list", "list", list.Name);
            return null;
        }
        if (On(address, list.Signature) is not { } at || await reader.ReadAsync(at).ConfigureAwait(false) is not { } signature)
            return null;
        var check = await ListSignature.CheckAsync(bytes, signature, pinnedSha256, new SystemCrypto()).ConfigureAwait(false);
        if (check.IsGood)
            return (bytes, signature, check);
        dialog.Complain("trust.bad-signature", "list", list.Name, "why", check.Reason);
        return null;
    }

    /// <summary>An address of the same server; one that leads elsewhere is told, and is null.</summary>
    private string? On(string address, string reference)
    {
        if (Uri.TryCreate(new Uri(address), reference, out var url) && url.GetLeftPart(UriPartial.Authority) == address)
            return url.AbsoluteUri;
        dialog.Complain("trust.server.elsewhere", "source", DisplayText.Clean(reference, 200));
        return null;
    }

    /// <summary>Takes out lists that the server names no more. Without a signature anybody may have left them out: they stay.</summary>
    private bool RemoveOthers(string serverId, bool isSigned, HashSet<string> named)
    {
        var before = installer.Index.Where(list => IsOf(list, serverId)).ToList();
        var gone = before.Where(list => !named.Contains(list.Id)).ToList();
        if (gone.Count == 0)
            return true;
        if (!isSigned || (gone.Count * 2 > before.Count && !installer.AcceptsShrink && !dialog.Confirm("trust.ask-shrink")))
        {
            if (isSigned)
                dialog.Complain("trust.shrink", "list", serverId, "gone", Words.Number(gone.Count), "before", Words.Number(before.Count));
            foreach (var list in gone)
                dialog.Complain("trust.server.not-named", "list", list.Name);
            return false;
        }
        foreach (var list in gone)
        {
            installer.Remove(list);
            dialog.Tell("trust.was-removed", "list", list.Name);
        }
        return true;
    }

    private string IssueOf(long number, DateTimeOffset issued) => dialog.Words.Say("trust.issue", "n", Words.Number(number), "date", dialog.Words.Day(issued));
}
