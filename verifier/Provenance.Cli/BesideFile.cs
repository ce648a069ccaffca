using Provenance.Verifier;
using Provenance.Verifier.Labels;

namespace Provenance.Cli;

/// <summary>
/// The manifest store in a file beside a file that holds none: "image.jpg.c2pa", then "image.c2pa" (C2PA 2.5 §14.5.3.1). Costs one look at
/// the folder for each name, and nothing for files that hold a store.
/// </summary>
internal static class BesideFile
{
    public const string Extension = ".c2pa";

    /// <summary>The companions with what was found; null where nothing was.</summary>
    /// <param name="file">The file that holds no store.</param>
    /// <param name="companions">What is known to belong to it; a store that was named counts before one that is found.</param>
    /// <param name="mostBytes">Bytes that a store may have.</param>
    public static AssetCompanions? Find(string file, AssetCompanions companions, int mostBytes)
    {
        if (companions.Manifest is not null)
            return null;
        foreach (string path in Candidates(file))
        {
            if (!File.Exists(path))
                continue;
            string name = Path.GetFileName(path);
            try
            {
                using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
                if (stream.Length > mostBytes)
                    return companions with { Inaccessible = new(name, $"it has {stream.Length} bytes, more than {mostBytes}") };
                byte[] bytes = new byte[stream.Length];
                stream.ReadExactly(bytes);
                return companions with { Manifest = new(bytes) { FoundAs = name } };
            }
            catch (Exception e) when (AnswerSource.IsUnreadable(e))
            {
                return companions with { Inaccessible = new(name, Words.English.Say(AnswerSource.WhyUnreadable(e))) };
            }
        }
        return null;
    }

    /// <summary>Where a store beside a file may lie, the first that is there counts.</summary>
    public static IEnumerable<string> Candidates(string file)
    {
        yield return file + Extension;
        string replaced = Path.ChangeExtension(file, Extension);
        if (Path.HasExtension(file) && replaced != file)
            yield return replaced;
    }
}

/// <summary>Which files of one folder are stores that lie beside others, and which have one beside them.</summary>
internal sealed class BesideNames
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal), _stems = new(StringComparer.Ordinal);

    /// <param name="names">Every file of the folder.</param>
    public BesideNames(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            _names.Add(name);
            // Two stores are no pair, however they are spelled.
            if (!name.EndsWith(BesideFile.Extension, StringComparison.OrdinalIgnoreCase))
                _stems.Add(Path.GetFileNameWithoutExtension(name));
        }
    }

    /// <summary>Whether a file is looked at for the sake of another one, as <see cref="BesideFile.Find"/> spells it.</summary>
    public bool IsBesideAnother(string name) => IsStore(name) && (_names.Contains(name[..^BesideFile.Extension.Length]) || _stems.Contains(name[..^BesideFile.Extension.Length]));

    /// <summary>Whether a file, of whatever kind, has a store beside it.</summary>
    public bool HasOne(string name) => !IsStore(name) && (_names.Contains(name + BesideFile.Extension) || _names.Contains(Path.GetFileNameWithoutExtension(name) + BesideFile.Extension));

    private static bool IsStore(string name) => name.EndsWith(BesideFile.Extension, StringComparison.Ordinal);
}
