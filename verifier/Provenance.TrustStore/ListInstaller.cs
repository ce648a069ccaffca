using Provenance.Verifier.Labels;

namespace Provenance.TrustStore;

/// <summary>What became of a list that was offered.</summary>
internal enum InstallResult
{
    Installed,

    /// <summary>The same bytes are installed.</summary>
    UpToDate,

    /// <summary>It was not used: what was installed stays as it was.</summary>
    Kept,
}

/// <summary>
/// Decides whether a list takes the place of the installed one, and says so. Whatever speaks against it, the last good list stays. Holds the
/// folder's lock.
/// </summary>
internal sealed class ListInstaller(TrustFolder folder, ListDialog dialog, DateTimeOffset now)
{
    private readonly List<InstalledList> _index = folder.ReadIndex() ?? [];

    /// <summary>The user said beforehand that a list may lose more than half of its entries.</summary>
    public bool AcceptsShrink { get; init; }

    public IReadOnlyList<InstalledList> Index => _index;

    /// <summary>The list of this id. What a list calls itself is its own choice, and never decides which list is meant.</summary>
    public InstalledList? FindById(string id) => _index.Find(list => list.Id == id);

    /// <summary>The list that a person means, who may have typed what the list calls itself.</summary>
    public InstalledList? Find(string idOrName) => FindById(idOrName) ?? _index.Find(list => list.Name == idOrName);

    /// <summary>Compares a list with the installed one of the same id, shows what it changes, and installs it.</summary>
    public async Task<InstallResult> InstallAsync(ListCandidate candidate, string source)
    {
        var installed = FindById(candidate.Id);
        if (installed is not null && Refusal(installed, candidate) is { } refusal)
        {
            dialog.Complain(refusal, Values(candidate, installed));
            dialog.Complain("trust.kept", "list", candidate.Name);
            return InstallResult.Kept;
        }
        // A damaged list is replaced like one that held nothing: the index still says which number it had.
        var before = installed is null ? null : TryLoad(installed);
        if (before is not null && IsSame(installed!, candidate))
        {
            Replace(installed! with { Checked = now, Source = source });
            dialog.Tell("trust.up-to-date", "list", candidate.Name);
            return InstallResult.UpToDate;
        }
        var change = await ListChange.BetweenAsync(before?.Lists ?? [], candidate.Lists).ConfigureAwait(false);
        dialog.Tell(installed is null ? "trust.new-list" : "trust.changed-list", Values(candidate, installed));
        dialog.Show(change);
        if (candidate.Incidents is { } incidents)
            dialog.Tell("trust.incidents", "n", Words.Number(incidents.Count));
        if (before is not null && change.IsShrink && !AcceptsShrink && !dialog.Confirm("trust.ask-shrink"))
        {
            dialog.Complain("trust.shrink", "list", candidate.Name, "gone", Words.Number(change.Gone), "before", Words.Number(change.Before));
            dialog.Complain("trust.kept", "list", candidate.Name);
            return InstallResult.Kept;
        }
        await WriteAsync(candidate, source, installed).ConfigureAwait(false);
        dialog.Tell("trust.installed", "list", candidate.Name);
        return InstallResult.Installed;
    }

    /// <summary>Installs what was judged already.</summary>
    public void Keep(InstalledList entry, IReadOnlyList<ListFile> files)
    {
        if (!_index.Exists(list => list.Id == entry.Id))
            _index.Add(entry);
        Replace(entry with { Files = [.. files.Select(file => folder.Write(file.Role, file.Bytes))] });
    }

    /// <summary>Notes that a list's source was asked and has nothing newer.</summary>
    public void Note(InstalledList installed) => Replace(installed with { Checked = now });

    /// <summary>A list's own words; null where any of its files cannot be read.</summary>
    public byte[]? TryRead(InstalledList installed)
    {
        try
        {
            InstalledTrust.Load(folder, installed);
            return folder.Read(installed, installed.Main);
        }
        catch (DamagedStoreException)
        {
            return null;
        }
    }

    public void Remove(InstalledList list)
    {
        _index.Remove(list);
        folder.Commit(_index);
    }

    /// <summary>Key of the reason why a list may not take the place of the installed one; null where it may.</summary>
    private static string? Refusal(InstalledList installed, ListCandidate candidate)
    {
        if (installed.SignerSha256 != candidate.Signature?.SignerSha256)
            return "trust.other-signer";
        // PEM tells no number: it could be an old copy of what the numbered list said once.
        if (installed.Number is not null && candidate.Number is null)
            return "trust.no-number";
        if (candidate.Number < installed.Number)
            return "trust.older";
        if (candidate.Number != installed.Number || IsSame(installed, candidate))
            return null;
        // A newsroom's number rises with each issue. The official lists' does not (it has been 1 since they exist), so there the time of issue counts.
        return candidate.Form is ListForm.Signed or ListForm.Incidents ? "trust.same-number" : candidate.Issued < installed.Issued ? "trust.older" : null;
    }

    /// <summary>A new signature over the same words is no other list; the same words for another purpose are.</summary>
    public static bool IsSame(InstalledList installed, ListCandidate candidate) =>
        candidate.Form == installed.Form && candidate.IsForTimeStamps == installed.IsForTimeStamps && candidate.Files.Where(file => file.Role != "signature")
            .Select(file => (file.Role, Sha256: TrustFolder.Digest(file.Bytes)))
            .SequenceEqual(installed.Files.Where(file => file.Role is not ("signature" or InstalledTrust.PackedRole)).Select(file => (file.Role, file.Sha256)));

    private LoadedList? TryLoad(InstalledList installed)
    {
        try
        {
            return InstalledTrust.Load(folder, installed);
        }
        catch (DamagedStoreException e)
        {
            dialog.Complain("trust.replaces-damaged", "why", e.In(dialog.Words));
            return null;
        }
    }

    private async Task WriteAsync(ListCandidate candidate, string source, InstalledList? installed)
    {
        var packed = await InstalledTrust.PackAsync(candidate.Lists).ConfigureAwait(false);
        var files = candidate.Files.Concat(packed).Select(file => folder.Write(file.Role, file.Bytes)).ToList();
        var entry = new InstalledList
        {
            Id = candidate.Id,
            Form = candidate.Form,
            Name = candidate.Name,
            Source = source,
            Installed = now,
            Checked = now,
            Issued = candidate.Issued,
            Number = candidate.Number,
            SignerSha256 = candidate.Signature?.SignerSha256,
            IsForTimeStamps = candidate.IsForTimeStamps,
            Files = files,
        };
        if (installed is null)
            _index.Add(entry);
        Replace(entry);
    }

    private void Replace(InstalledList entry)
    {
        int at = _index.FindIndex(list => list.Id == entry.Id);
        _index[at] = entry;
        folder.Commit(_index);
    }

    private string[] Values(ListCandidate candidate, InstalledList? installed) =>
    [
        "list", candidate.Name,
        "issue", IssueOf(candidate.Number, candidate.Issued),
        "installed", installed is null ? "" : IssueOf(installed.Number, installed.Issued),
        "signer", candidate.Signature?.SignerSha256 ?? dialog.Words.Say("trust.nobody"),
        "pinned", installed?.SignerSha256 ?? dialog.Words.Say("trust.nobody"),
    ];

    private string IssueOf(long? number, DateTimeOffset? issued) => (number, issued) switch
    {
        ({ } n, { } time) => dialog.Words.Say("trust.issue", "n", Words.Number(n), "date", dialog.Words.Day(time)),
        ({ } n, null) => dialog.Words.Say("trust.issue.number", "n", Words.Number(n)),
        (null, { } time) => dialog.Words.Say("trust.issue.date", "date", dialog.Words.Day(time)),
        _ => dialog.Words.Say("trust.issue.none"),
    };
}
