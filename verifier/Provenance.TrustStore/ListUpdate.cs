using Provenance.Fetching;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Trust;

namespace Provenance.TrustStore;

/// <summary>What "trust update" was asked to do.</summary>
/// <param name="From">A file or folder to read the official lists from; null to fetch them.</param>
/// <param name="Interim">Get the interim list too.</param>
/// <param name="AcceptsShrink">A list may lose more than half of its entries.</param>
internal sealed record UpdateOptions(string? From, bool Interim, bool AcceptsShrink)
{
    /// <summary>Leaves official lists alone that are not installed or came from elsewhere, and asks no disk: for who updates unattended what somebody chose.</summary>
    public bool OnlyFetched { get; init; }
}

/// <summary>Gets newer issues of the official lists, and of own lists that have a source. Each list for itself: one that fails keeps its last good issue.</summary>
internal sealed class ListUpdate(TrustFolder folder, ListDialog dialog, DateTimeOffset now, GuardedClient? client = null)
{
    private readonly ListReader _reader = new(dialog, client);
    private bool _failed;

    /// <summary>0 where everything asked for is in place, else 1.</summary>
    public async Task<int> RunAsync(UpdateOptions options)
    {
        using var turn = folder.Lock();
        if (turn is null)
        {
            dialog.Complain("trust.locked");
            return 1;
        }
        var installer = new ListInstaller(folder, dialog, now) { AcceptsShrink = options.AcceptsShrink };
        if (options.From is { } from)
            await FromDiskAsync(installer, from).ConfigureAwait(false);
        else
            await FetchAsync(installer, options).ConfigureAwait(false);
        return _failed ? 1 : 0;
    }

    private async Task FetchAsync(ListInstaller installer, UpdateOptions options)
    {
        bool IsMeant(InstalledList? list) => !options.OnlyFetched || (list is not null && ListReader.IsUrl(list.Source));
        foreach (var official in Sources.Official.Where(official => IsMeant(installer.FindById(official.Id))))
        {
            byte[]? json = await _reader.ReadAsync(official.JsonUrl).ConfigureAwait(false);
            byte[]? pem = json is null ? null : await _reader.ReadAsync(official.PemUrl, isOptional: true).ConfigureAwait(false);
            await OfferOfficialAsync(installer, official, json, pem, official.JsonUrl).ConfigureAwait(false);
        }
        foreach (var own in installer.Index.Where(list => list.SignerSha256 is not null && list.Form != ListForm.Server && !list.IsHandedOn && IsMeant(list)).ToList())
            await UpdateOwnAsync(installer, own).ConfigureAwait(false);
        foreach (var server in installer.Index.Where(list => list.Form == ListForm.Server).ToList())
            _failed |= !await new FollowedServer(installer, _reader, dialog, now).UpdateAsync(server).ConfigureAwait(false);
        if (options.Interim || (options.OnlyFetched && IsMeant(installer.FindById(Sources.InterimId))))
            await OfferInterimAsync(installer, Sources.InterimFolder).ConfigureAwait(false);
    }

    private async Task FromDiskAsync(ListInstaller installer, string from)
    {
        if (!Directory.Exists(from))
        {
            byte[]? bytes = await _reader.ReadAsync(from).ConfigureAwait(false);
            var named = Sources.Official.FirstOrDefault(list => Path.GetFileName(from) == list.PemFile);
            if (bytes is null)
                _failed = true;
            else if (named is not null)
                await OfferOfficialAsync(installer, named, null, bytes, Path.GetFullPath(from)).ConfigureAwait(false);
            else
                await OfferAsync(installer, from, () => OfficialOnly(bytes), Path.GetFullPath(from)).ConfigureAwait(false);
            return;
        }
        bool found = false;
        foreach (var official in Sources.Official)
        {
            string source = Path.Combine(Path.GetFullPath(from), official.JsonFile);
            byte[]? json = await _reader.ReadAsync(source, isOptional: true).ConfigureAwait(false);
            byte[]? pem = await _reader.ReadAsync(Path.Combine(from, official.PemFile), isOptional: true).ConfigureAwait(false);
            if (json is null && pem is null)
                continue;
            found = true;
            await OfferOfficialAsync(installer, official, json, pem, source).ConfigureAwait(false);
        }
        if (!found)
            Fail("trust.nothing-there", "source", from, "files", dialog.Words.List(Sources.Official.Select(list => list.JsonFile)));
    }

    /// <summary>The JSON counts: it alone tells since when a CA is trusted. What the PEM says otherwise is told.</summary>
    private async Task OfferOfficialAsync(ListInstaller installer, OfficialList official, byte[]? json, byte[]? pem, string source)
    {
        if (json is null && pem is null)
        {
            Keep(installer, official.Id, official.Name);
            return;
        }
        bool isForTimeStamps = official.Purpose == TrustPurpose.TimeStamp;
        ListCandidate? candidate = null;
        await OfferAsync(installer, official.Name, () => candidate = json is null
            ? ListCandidate.OfPem(official.Name, pem!, null, null, isForTimeStamps, official.Id)
            : Titled(ListCandidate.OfTrustedEntities(json, official.Id), official, json), source).ConfigureAwait(false);
        if (candidate is not null && json is not null && pem is not null)
            Compare(official, candidate.Lists[0], pem);
    }

    private void Compare(OfficialList official, TrustList list, byte[] pem)
    {
        try
        {
            var inPem = TrustList.FromPem(official.Name, official.Purpose, System.Text.Encoding.UTF8.GetString(pem)).Anchors.Select(Digest).ToHashSet(StringComparer.Ordinal);
            var inJson = list.Anchors.Where(anchor => anchor.NotAfter is null || anchor.NotAfter >= now).Select(Digest).ToHashSet(StringComparer.Ordinal);
            if (!inPem.SetEquals(inJson))
                dialog.Complain("trust.pem-differs", "list", official.Name, "json", Words.Number(inJson.Except(inPem).Count()), "pem", Words.Number(inPem.Except(inJson).Count()));
        }
        catch (MalformedDataException e)
        {
            dialog.Complain("trust.pem-unreadable", "list", official.Name, "why", e.Rule);
        }

        static string Digest(Verifier.X509.TrustAnchor anchor) => TrustFolder.Digest(anchor.Certificate.Raw.ToArray());
    }

    private async Task UpdateOwnAsync(ListInstaller installer, InstalledList own)
    {
        byte[]? json = await _reader.ReadAsync(own.Source).ConfigureAwait(false);
        byte[]? signature = json is null ? null : await _reader.ReadAsync(own.Source + ListSigner.Extension).ConfigureAwait(false);
        if (json is null || signature is null)
        {
            Keep(installer, own.Id, own.Name);
            return;
        }
        await OfferSignedAsync(installer, own, json, signature).ConfigureAwait(false);
    }

    private async Task OfferSignedAsync(ListInstaller installer, InstalledList own, byte[] json, byte[] signature)
    {
        try
        {
            var (check, candidate) = await ListCandidate.OfSignedAsync(json, signature, own.SignerSha256).ConfigureAwait(false);
            if (candidate is null)
            {
                Fail("trust.bad-signature", "list", own.Name, "why", check.Reason);
                Keep(installer, own.Id, own.Name);
            }
            // A list that took another name is still this one: its signer says so.
            else if (await installer.InstallAsync(candidate with { Id = own.Id }, own.Source).ConfigureAwait(false) == InstallResult.Kept)
                _failed = true;
        }
        catch (MalformedDataException e)
        {
            Fail("trust.unreadable-list", "list", own.Name, "why", e.Rule);
            Keep(installer, own.Id, own.Name);
        }
    }

    private async Task OfferInterimAsync(ListInstaller installer, string source)
    {
        byte[]? anchors = await _reader.ReadAsync(source + Sources.InterimAnchors).ConfigureAwait(false);
        byte[]? purposes = anchors is null ? null : await _reader.ReadAsync(source + Sources.InterimPurposes).ConfigureAwait(false);
        byte[]? allowed = purposes is null ? null : await _reader.ReadAsync(source + Sources.InterimAllowedHashes).ConfigureAwait(false);
        // Only together do they say whom the list trusts.
        if (anchors is null || purposes is null || allowed is null)
            Keep(installer, Sources.InterimId, Sources.InterimName);
        else
            await OfferAsync(installer, Sources.InterimName, () => ListCandidate.OfInterim(anchors, purposes, allowed), source).ConfigureAwait(false);
    }

    private async Task OfferAsync(ListInstaller installer, string name, Func<ListCandidate> read, string source)
    {
        try
        {
            if (await installer.InstallAsync(read(), source).ConfigureAwait(false) == InstallResult.Kept)
                _failed = true;
        }
        catch (MalformedDataException e)
        {
            Fail("trust.unreadable-list", "list", name, "why", e.Rule);
            Keep(installer, Sources.Official.FirstOrDefault(list => list.Name == name)?.Id ?? name, name);
        }
    }

    private static ListCandidate OfficialOnly(byte[] json)
    {
        var candidate = ListCandidate.OfTrustedEntities(json);
        return Sources.OfficialById(candidate.Id) is not null ? candidate : throw new MalformedDataException("trust list", 0, "it is neither of the official lists: provenance trust import takes others");
    }

    /// <summary>One list must not come under the name of the other: what vouches for time must never vouch for signers.</summary>
    private static ListCandidate Titled(ListCandidate candidate, OfficialList official, byte[] json) =>
        TrustList.SchemeOf(json) == official.SchemeName ? candidate : throw new MalformedDataException("trust list", 0, $"the list does not call itself '{official.SchemeName}'");

    private void Keep(ListInstaller installer, string id, string name)
    {
        _failed = true;
        dialog.Complain(installer.FindById(id) is null ? "trust.not-installed" : "trust.kept", "list", name);
    }

    private void Fail(string key, params string[] values)
    {
        _failed = true;
        dialog.Complain(key, values);
    }
}
