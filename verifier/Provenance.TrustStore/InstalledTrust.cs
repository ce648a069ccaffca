using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Trust;

namespace Provenance.TrustStore;

/// <summary>What a list that is installed means.</summary>
/// <param name="Entry">What the index says of it.</param>
/// <param name="Lists">A list for each purpose.</param>
/// <param name="Incidents">What it says against certificates; null for a list that says nothing of the kind.</param>
internal sealed record LoadedList(InstalledList Entry, IReadOnlyList<TrustList> Lists, IncidentList? Incidents);

/// <summary>Reads what is installed, at every start of "verify": as little as needed, and nothing of it unchecked.</summary>
internal static class InstalledTrust
{
    public const string PackedRole = "packed";

    /// <summary>Everything that is installed; null where nothing is.</summary>
    /// <exception cref="DamagedStoreException">The index, or any list, is damaged: half of what the user trusts is not what they trust.</exception>
    public static List<LoadedList>? Load(TrustFolder? folder)
    {
        if (folder?.ReadIndex() is not { Count: > 0 } index)
            return null;
        try
        {
            return LoadAll(folder, index);
        }
        catch (DamagedStoreException)
        {
            // An update may have cleared the files away since the index was read.
            if (folder.ReadIndex() is { } again && TrustIndex.Write(again) != TrustIndex.Write(index))
                return again.Count == 0 ? null : LoadAll(folder, again);
            throw;
        }
    }

    /// <summary>One list.</summary>
    /// <exception cref="DamagedStoreException">It is damaged.</exception>
    public static LoadedList Load(TrustFolder folder, InstalledList entry)
    {
        // What it names is installed beside it.
        if (entry.Form == ListForm.Server)
            return new(entry, [], null);
        var files = new List<ListFile>();
        var packed = new List<byte[]>();
        foreach (var file in entry.Files)
        {
            byte[] bytes = folder.Read(entry, file);
            if (file.Role == PackedRole)
                packed.Add(bytes);
            else
                files.Add(new(file.Role, bytes));
        }
        try
        {
            var lists = new List<TrustList>();
            if (entry.Form == ListForm.Incidents)
                return new(entry, lists, IncidentList.Parse(files[0].Bytes));
            foreach (byte[] bytes in packed)
                lists.Add(TrustList.Unpack(bytes));
            if (lists.Count > 0)
                return new(entry, lists, null);
        }
        catch (MalformedDataException)
        {
            // Packed by another version of this program: the list's own words are read below.
        }
        try
        {
            return new(entry, Read(entry, files), null);
        }
        catch (MalformedDataException e)
        {
            throw new DamagedStoreException("damage.list-unreadable", "list", entry.Name, "why", e.Rule);
        }
    }

    /// <summary>The packed form of lists, for <see cref="Load(TrustFolder, InstalledList)"/>.</summary>
    public static async Task<List<ListFile>> PackAsync(IReadOnlyList<TrustList> lists)
    {
        var crypto = new SystemCrypto();
        var files = new List<ListFile>();
        foreach (var list in lists)
            files.Add(new(PackedRole, await list.PackAsync(crypto).ConfigureAwait(false)));
        return files;
    }

    private static List<LoadedList> LoadAll(TrustFolder folder, List<InstalledList> index)
    {
        var loaded = new List<LoadedList>();
        foreach (var entry in index)
            loaded.Add(Load(folder, entry));
        return loaded;
    }

    private static IReadOnlyList<TrustList> Read(InstalledList entry, List<ListFile> files)
    {
        byte[]? File(string role) => files.Find(file => file.Role == role)?.Bytes;
        return entry.Form switch
        {
            ListForm.TrustedEntities => ListCandidate.OfTrustedEntities(files[0].Bytes, entry.Id, entry.Name, entry.IsForTimeStamps).Lists,
            ListForm.Pem => ListCandidate.OfPem(entry.Name, files[0].Bytes, File("purposes"), File("allowed"), entry.IsForTimeStamps, entry.Id).Lists,
            ListForm.Interim => ListCandidate.OfInterim(files[0].Bytes, File("purposes"), File("allowed")).Lists,
            ListForm.Certificates => ListCandidate.OfCertificates(files[0].Bytes).Lists,
            _ => TrustList.FromSignedList(SignedList.Parse(SignedList.TrustKind, files[0].Bytes)),
        };
    }
}
