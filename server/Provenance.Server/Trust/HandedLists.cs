using System.Globalization;
using Provenance.Server.Page;
using Provenance.Server.Settings;
using Provenance.TrustStore;
using Provenance.Verifier.Labels;

namespace Provenance.Server.Trust;

/// <summary>A list that is handed on.</summary>
/// <param name="Id">Its name in addresses.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Role">What its bytes are for: <see cref="ServedIndex.Roles"/>.</param>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Sha256">Their SHA-256, lower-case hex.</param>
/// <param name="Date">When this issue was made, else since when it is here.</param>
/// <param name="Number">The number of the issue, 0 where it has none.</param>
/// <param name="Source">Where it comes from; null where that is no address.</param>
internal sealed record HandedList(string Id, string Name, string Role, byte[] Bytes, string Sha256, DateTimeOffset Date, long Number, string? Source)
{
    public string MediaType => MediaTypes.Of(Bytes.AsSpan().TrimStart("\uFEFF \t\r\n"u8).StartsWith("{"u8) ? ".json" : ".pem");
}

/// <summary>Gathers what is handed on: lists whose bytes alone, in one of the roles of the index, mean to others what they mean here.</summary>
internal sealed class HandedLists
{
    private readonly List<HandedList> _lists = [];

    /// <exception cref="SettingsException">There are more than anybody takes.</exception>
    public IReadOnlyList<HandedList> Lists => _lists.Count <= ServedIndex.MostLists
        ? _lists
        : throw new SettingsException($"There are {_lists.Count} lists to hand on, and nobody takes more than {ServedIndex.MostLists}. Set trust.handsOn to false, or remove some.");

    public void Add(TrustFolder folder, InstalledList entry)
    {
        if (RoleOf(entry) is { } role)
            Add(entry.Id.Replace('/', '-').Replace('.', '-'), entry.Name, role, folder.Read(entry, entry.Main), entry.Issued ?? entry.Installed, entry.Number ?? 0, ListReader.IsUrl(entry.Source) ? entry.Source.Split('?', '#')[0] : null);
    }

    public void Add(string role, string file, byte[] bytes)
    {
        string name = Path.GetFileName(file);
        Add(ListId.Of(name), ListId.OneLine(name), role, bytes, File.GetLastWriteTimeUtc(file), 0, null);
    }

    private void Add(string id, string name, string role, byte[] bytes, DateTimeOffset date, long number, string? source)
    {
        string free = id;
        for (int n = 2; _lists.Exists(list => list.Id == free); n++)
            free = string.Create(CultureInfo.InvariantCulture, $"{id}-{n}");
        _lists.Add(new(free, DisplayText.Clean(name, 200), role, bytes, TrustFolder.Digest(bytes), date, number, source));
    }

    /// <summary>
    /// Null for what others would take for more than it is: anchors whose purposes stand in another file (the interim list too), official anchors as
    /// PEM, which are for claim signing alone, and a foreign list of time stampers as JSON, which does not say that it is one. And for the private
    /// credential store, which is its keeper's own.
    /// </summary>
    private static string? RoleOf(InstalledList entry) => entry.Form switch
    {
        ListForm.Signed => ServedIndex.Any,
        ListForm.Incidents => ServedIndex.Incidents,
        ListForm.TrustedEntities when Sources.OfficialById(entry.Id) is not null || !entry.IsForTimeStamps => ServedIndex.Any,
        ListForm.Pem when Sources.OfficialById(entry.Id) is null && entry.Files.All(file => file.Role is "anchors" or "signature" or InstalledTrust.PackedRole) =>
            entry.IsForTimeStamps ? ServedIndex.TimeStampAnchors : ServedIndex.Anchors,
        _ => null,
    };
}
