using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Provenance.Server.Settings;
using Provenance.TrustStore;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Trust;

namespace Provenance.Server.Trust;

/// <summary>Reads the lists that the settings name: what is installed in a folder, and single files.</summary>
/// <param name="settings">The settings.</param>
/// <param name="settingsFile">Where they come from; null for no file.</param>
internal sealed class TrustSource(TrustSettings settings, string? settingsFile = null)
{
    /// <summary>Changes that come while all is read make it be read anew, so often.</summary>
    private const int MostTries = 3;

    /// <summary>Of these settings, which are read once: a list that they name no more has no date itself.</summary>
    private readonly DateTime? _settingsChanged = settingsFile is not null && File.Exists(settingsFile) ? File.GetLastWriteTimeUtc(settingsFile) : null;

    /// <summary>The folder of installed lists; null where none is used.</summary>
    public TrustFolder? Folder { get; } = settings.Folder switch
    {
        null => TrustFolder.OfUser(),
        "" => null,
        var path => new(Path.GetFullPath(path)),
    };

    /// <summary>Changes with the folder's index, also with its date alone, and with any of the files; cheap enough to be asked every second.</summary>
    /// <exception cref="DamagedStoreException">The index cannot be read.</exception>
    public string Stamp()
    {
        var stamp = new StringBuilder().Append(Folder?.Stamp()).Append(CultureInfo.InvariantCulture, $" {Folder?.Changed?.Ticks}");
        foreach (var (_, file) in Files())
        {
            var info = new FileInfo(file);
            stamp.Append('\n').Append(info.Exists ? string.Create(CultureInfo.InvariantCulture, $"{info.Length} {info.LastWriteTimeUtc.Ticks}") : "-");
        }
        return stamp.ToString();
    }

    /// <summary>Everything, as it is now.</summary>
    /// <exception cref="DamagedStoreException">What is installed is damaged: half of what somebody trusts is not what they trust.</exception>
    /// <exception cref="SettingsException">A file cannot be read, or is no such list.</exception>
    public LoadedTrust Load()
    {
        for (int tries = 1; ; tries++)
        {
            string stamp = Stamp();
            var loaded = Read(stamp);
            if (tries == MostTries || Stamp() == stamp)
                return loaded;
        }
    }

    private LoadedTrust Read(string stamp)
    {
        var installed = InstalledTrust.Load(Folder) ?? [];
        var handed = new HandedLists();
        // Whatever a report, or the answer to a request, may depend on.
        var told = new StringBuilder();
        foreach (var list in installed.Where(list => list.Entry.Form != ListForm.Server))
        {
            var entry = list.Entry;
            told.Append(CultureInfo.InvariantCulture, $"{entry.Id}\n{TrustIndex.Word(entry.Form)}\n{entry.IsForTimeStamps}\n{entry.Name}\n");
            foreach (var file in entry.Files.Where(file => file.Role != InstalledTrust.PackedRole))
                told.Append(CultureInfo.InvariantCulture, $"{file.Role} {file.Sha256}\n");
            handed.Add(Folder!, entry);
        }

        var choice = TrustChoice.Installed(installed);
        var (lists, incidents) = (choice.Lists.ToList(), choice.Incidents.ToList());
        foreach (var (role, file) in Files())
        {
            byte[] bytes = ReadFile(file);
            try
            {
                if (role == ServedIndex.Incidents)
                    incidents.Add(IncidentList.Parse(bytes));
                else
                    lists.Add(NamedList.OfAnchors(file, PurposeOf(role), bytes));
            }
            catch (MalformedDataException e)
            {
                throw new SettingsException($"The list {file} cannot be used: {e.Rule}.");
            }
            told.Append(CultureInfo.InvariantCulture, $"{role}\n{Path.GetFileName(file)}\n{TrustFolder.Digest(bytes)}\n");
            handed.Add(role, file, bytes);
        }
        string version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(told.ToString())));
        return new(choice with { Lists = lists, Incidents = incidents }, version, stamp, Changed(), [.. installed.Select(list => list.Entry)], handed.Lists);
    }

    private IEnumerable<(string Role, string File)> Files() =>
    [
        .. settings.Anchors.Select(file => (ServedIndex.Anchors, file)),
        .. settings.TimeStampAnchors.Select(file => (ServedIndex.TimeStampAnchors, file)),
        .. settings.IdentityAnchors.Select(file => (ServedIndex.IdentityAnchors, file)),
        .. settings.Incidents.Select(file => (ServedIndex.Incidents, file)),
    ];

    /// <summary>When the youngest change of all was made.</summary>
    private DateTimeOffset? Changed()
    {
        var times = Files().Select(item => File.GetLastWriteTimeUtc(item.File)).ToList();
        if (Folder?.Changed is { } changed)
            times.Add(changed);
        if (_settingsChanged is { } settled)
            times.Add(settled);
        return times.Count == 0 ? null : new DateTimeOffset(times.Max(), TimeSpan.Zero);
    }

    private static TrustPurpose PurposeOf(string role) => role switch
    {
        ServedIndex.TimeStampAnchors => TrustPurpose.TimeStamp,
        ServedIndex.IdentityAnchors => TrustPurpose.Identity,
        _ => TrustPurpose.Signer,
    };

    private static byte[] ReadFile(string file)
    {
        try
        {
            return new FileInfo(file).Length <= TrustList.MostBytes ? File.ReadAllBytes(file) : throw new SettingsException($"The list {file} is longer than {TrustList.MostBytes} bytes.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"The list {file} cannot be read: {Provenance.Verifier.Labels.Words.English.Say(FileFault.KeyOf(e))}.");
        }
    }
}
