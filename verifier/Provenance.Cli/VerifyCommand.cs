using System.Globalization;
using Provenance.Verifier;
using Provenance.Verifier.IO;
using Provenance.Verifier.Labels;

namespace Provenance.Cli;

/// <summary>"provenance verify": its options, and what they may not be together.</summary>
internal static class VerifyCommand
{
    public const string Name = "verify", FilesHelp = "What to check: pictures, video, sound, documents, fonts, text; folders with --recursive; URLs with --fetch-remote.";

    private const string
        Format = "--format", TrustAnchors = "--trust-anchors", TsaAnchors = "--tsa-anchors", Allowed = "--allowed", Ekus = "--ekus", NoTrust = "--no-trust",
        OlderTimeModel = "--older-time-model", ValidationTime = "--validation-time", Manifest = "--manifest", Recursive = "--recursive", Jobs = "--jobs",
        FilesFrom = "--files-from", Digest = "--digest", Require = "--require", FetchRemote = "--fetch-remote", Fragments = "--fragments", Folder = "--folder", Beside = "--beside";

    public static IReadOnlyList<OptionSpec> Options { get; } =
    [
        new(Format, "text|json|c2patool|crjson", "How to answer: text for people; json, one report a line; c2patool or crjson, the structures other tools write."),
        LanguageChoice.Spec,
        new(TrustAnchors, "FILE", "Certificates (PEM) of authorities whose signers you know. This, --tsa-anchors or --allowed replaces the installed lists entirely.") { Repeats = true },
        new(TsaAnchors, "FILE", "Certificates (PEM) of authorities whose time stamps you trust.") { Repeats = true },
        new(Allowed, "FILE", "Single signers' certificates (PEM), or the Base64 SHA-256 of them, that you know.") { Repeats = true },
        new(Ekus, "FILE", "Extended key usages, one a line, one of which a signer under --trust-anchors must have.") { Repeats = true },
        new(NoTrust, null, "Look up no issuer."),
        new(OlderTimeModel, null, "Believe time stamps of unlisted authorities beside claims of version 1. Weaker; the report names it."),
        new(ValidationTime, "TIME", "Judge as of this time, for instance 2026-11-21T12:00:00Z, instead of now."),
        new(Manifest, "FILE.c2pa", "The manifest store of the one FILE, if the file holds none. photo.jpg.c2pa and photo.c2pa beside photo.jpg are found without."),
        new(Beside, null, "Find such stores beside each of several FILEs too. A list of files is else answered from their own bytes alone."),
        new(FetchRemote, null, "Fetch a credential that is kept elsewhere, and FILEs that are https:// URLs. The host learns which file you look into."),
        new(Fragments, "PATTERN", "The segments behind the one FILE, an initialization segment, for instance 'seg*.m4s', in quotes.") { Repeats = true },
        new(Folder, "DIR", "The folder with the files that the credential of the one FILE, a collection, speaks of."),
        new(Recursive, null, "Walk folders, in the order of names."),
        new(Jobs, "N", "How many files to check at a time; one for each processor if not given."),
        new(FilesFrom, "FILE|-", "Read names of files, one a line, from a file; or with - from standard input, each answered as it arrives."),
        new(Digest, null, "Tell the SHA-256 of each whole file, which costs a second pass over it."),
        new(Require, "known", "End with 0 only if a list knows the issuer of every file."),
    ];

    public static Task<int> RunAsync(OptionWords words)
    {
        string? store = words.One(Manifest);
        bool isOne = words.Files.Count == 1 && !words.Has(FilesFrom) && !words.Has(Recursive);
        if (words.Files.Count == 0 && !words.Has(FilesFrom))
            throw new UsageException(Name, "No file is named.");
        if (store is not null && !isOne)
            throw new UsageException(Name, "--manifest goes with exactly one FILE.");
        if (words.Has(Fragments) && !isOne)
            throw new UsageException(Name, "--fragments goes with exactly one FILE, the initialization segment. Put the pattern in quotes, so that the shell leaves it as it is.");
        if (words.Has(Folder) && !isOne)
            throw new UsageException(Name, "--folder goes with exactly one FILE.");
        if (!words.Has(FetchRemote) && words.Files.Find(AnswerSource.IsUrl) is { } url)
            throw new UsageException(Name, $"{DisplayText.Clean(url)} is a URL: --fetch-remote fetches it.");
        if (words.One(Require) is not (null or "known"))
            throw new UsageException(Name, "--require takes the word known.");
        var format = FormatOf(words.One(Format));
        if (isOne && format == ReportFormat.Json)
            WarmUp.Start();
        var fragments = words.All(Fragments).SelectMany(pattern => FragmentsOf(pattern, words.Files[0])).ToList();
        var options = new VerifyOptions
        {
            Files = words.Files,
            FilesFrom = words.One(FilesFrom),
            Recursive = words.Has(Recursive),
            Format = format,
            Words = LanguageChoice.Of(words, Name),
            Trust = TrustOptions.Load(Name, words.All(TrustAnchors), words.All(TsaAnchors), words.All(Allowed), words.All(Ekus), words.Has(NoTrust)),
            Time = words.One(ValidationTime) is { } time ? TimeOf(time) : null,
            OlderTimeModel = words.Has(OlderTimeModel),
            Digest = words.Has(Digest),
            Jobs = JobsOf(words.One(Jobs)),
            RequiresKnown = words.Has(Require),
            FetchesRemote = words.Has(FetchRemote),
            LooksBeside = isOne || words.Has(Beside),
            FragmentFiles = fragments,
            Companions = store is null && fragments.Count == 0 && !words.Has(Folder) ? AssetCompanions.None : new()
            {
                Manifest = store is null ? null : new(TrustOptions.ReadBytes(Manifest, store)),
                Fragments = [.. fragments.Select(FragmentFiles.Source)],
                Folder = words.One(Folder) is { } folder ? FolderOf(folder) : null,
            },
        };
        return VerifyRun.RunAsync(options);
    }

    private static IReadOnlyList<string> FragmentsOf(string pattern, string first) => FragmentFiles.Find(pattern, first) is { Count: > 0 } found ? found
        : throw new UsageException(Name, $"--fragments {DisplayText.Clean(pattern)}: there is no such file.");

    private static FileAssetFolder FolderOf(string folder) => Directory.Exists(folder) ? new FileAssetFolder(folder)
        : throw new UsageException(Name, $"--folder {DisplayText.Clean(folder)}: there is no such folder.");

    private static ReportFormat FormatOf(string? text) => text switch
    {
        null or "text" => ReportFormat.Text,
        "json" => ReportFormat.Json,
        "c2patool" => ReportFormat.C2paTool,
        "crjson" => ReportFormat.CrJson,
        _ => throw new UsageException(Name, $"--format is text, json, c2patool or crjson, not '{DisplayText.Clean(text)}'."),
    };

    private static int JobsOf(string? text) =>
        text is null ? Environment.ProcessorCount
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int jobs) && jobs is >= 1 and <= 256 ? jobs
        : throw new UsageException(Name, $"--jobs is a number from 1 to 256, not '{DisplayText.Clean(text)}'.");

    private static DateTimeOffset TimeOf(string text) => Rfc3339.Parse(text)
        ?? throw new UsageException(Name, $"--validation-time is a time with its zone, for instance 2026-11-21T12:00:00Z, not '{DisplayText.Clean(text)}'.");
}
