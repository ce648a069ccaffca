using System.Globalization;
using Provenance.TrustStore;
using Provenance.Verifier;
using Provenance.Verifier.IO;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;

namespace Provenance.Cli;

/// <summary>"provenance verify": its options, and what they may not be together.</summary>
internal static class VerifyCommand
{
    public const string Name = "verify", FilesHelp = "What to check: pictures, video, sound, documents, fonts, text; folders with --recursive; URLs with --fetch-remote.";

    public const string Output = "--output";

    private const string
        Format = "--format", TrustAnchors = "--trust-anchors", TsaAnchors = "--tsa-anchors", Allowed = "--allowed", Ekus = "--ekus", NoTrust = "--no-trust",
        OlderTimeModel = "--older-time-model", ValidationTime = "--validation-time", Manifest = "--manifest", Recursive = "--recursive", Jobs = "--jobs",
        FilesFrom = "--files-from", Digest = "--digest", Require = "--require", FetchRemote = "--fetch-remote", Fragments = "--fragments", Folder = "--folder", Beside = "--beside",
        NoMetadata = "--no-metadata", IncludeLocation = "--include-location", IncludeDevice = "--include-device",
        IdentityAnchors = "--identity-anchors", IdentityIssuer = "--identity-issuer", DidDocuments = "--did-documents", FetchIdentity = "--fetch-identity",
        NoPicture = "--no-picture", CheckRevocation = "--check-revocation", Incidents = "--incidents";

    public static IReadOnlyList<OptionSpec> Options { get; } =
    [
        new(Format, "text|html|json|csv|c2patool|crjson", "How to answer: text for people; html, a document to keep, print or hand on; json, one report a line; csv, one row a file for spreadsheets; c2patool or crjson, the structures other tools write."),
        new(Output, "FILE", "Write the document of --format html into a file. Another file of that name is left as it is, unless it is such a document.") { Alias = "-o" },
        new(NoPicture, null, "Leave the picture out of the document of --format html. Its metadata is left out of it in any case."),
        LanguageChoice.Spec,
        new(TrustAnchors, "FILE", "Certificates (PEM) of authorities whose signers you know. This, --tsa-anchors or --allowed replaces the installed lists entirely.") { Repeats = true },
        new(TsaAnchors, "FILE", "Certificates (PEM) of authorities whose time stamps you trust.") { Repeats = true },
        new(Allowed, "FILE", "Single signers' certificates (PEM), or the Base64 SHA-256 of them, that you know.") { Repeats = true },
        new(Ekus, "FILE", "Extended key usages, one a line, one of which a signer under --trust-anchors must have.") { Repeats = true },
        new(NoTrust, null, "Look up no issuer."),
        new(IdentityAnchors, "FILE", "Certificates (PEM) of authorities, people and publishers who may vouch for statements in their own name (CAWG).") { Repeats = true },
        new(IdentityIssuer, "DID", "An aggregator of identity claims whose word you take, for instance did:web:identity.example.org.") { Repeats = true },
        new(DidDocuments, "DIR", "A folder with the documents of such aggregators: did-identity.example.org.json for did:web:identity.example.org."),
        new(FetchIdentity, null, "Fetch such documents. The file names the host, which learns that somebody looks into it."),
        new(OlderTimeModel, null, "Believe time stamps of unlisted authorities beside claims of version 1. Weaker; the report names it."),
        new(ValidationTime, "TIME", "Judge as of this time, for instance 2026-11-21T12:00:00Z, instead of now."),
        new(Manifest, "FILE.c2pa", "The manifest store of the one FILE, if the file holds none. photo.jpg.c2pa and photo.c2pa beside photo.jpg are found without."),
        new(Beside, null, "Find such stores beside each of several FILEs too. A list of files is else answered from their own bytes alone."),
        new(FetchRemote, null, "Fetch a credential that is kept elsewhere, and FILEs that are https:// URLs. The host learns which file you look into."),
        new(CheckRevocation, null, "Ask the authorities of known issuers whether they withdrew the certificate. They learn which certificate you look into."),
        new(Incidents, "FILE", "A list of certificates known bad (JSON), which you answer for: its signature is not asked for.") { Repeats = true },
        new(Fragments, "PATTERN", "The segments behind the one FILE, an initialization segment, for instance 'seg*.m4s', in quotes.") { Repeats = true },
        new(Folder, "DIR", "The folder with the files that the credential of the one FILE, a collection, speaks of."),
        new(Recursive, null, "Walk folders, in the order of names."),
        new(Jobs, "N", "How many files to check at a time; one for each processor if not given."),
        new(FilesFrom, "FILE|-", "Read names of files, one a line, from a file; or with - from standard input, each answered as it arrives."),
        new(Digest, null, "Tell the SHA-256 of each whole file, which costs a second pass over it."),
        new(NoMetadata, null, "Leave unsigned metadata (EXIF, XMP, IPTC, text of PNG) unread. Text and JSON else tell it, as what it is: anybody can write it."),
        new(IncludeLocation, null, "Show the places that metadata names; else only that some are recorded. Other tools' structures hold them as signed."),
        new(IncludeDevice, null, "Show serial numbers and names of owners that metadata names; else only that some are recorded."),
        new(Require, "known", "End with 0 only if a list knows the issuer of every file."),
    ];

    /// <summary>The complaint that what an option names cannot be read.</summary>
    /// <param name="option">The option.</param>
    /// <param name="name">What it names.</param>
    /// <param name="why">Key of the reason's words.</param>
    public static UsageException Unreadable(string option, string name, string why) =>
        new(Name, words => words.Say("usage.unreadable", "option", option, "name", DisplayText.Clean(name, 400), "why", words.Say(why)));

    public static Task<int> RunAsync(OptionWords words) => VerifyRun.RunAsync(Read(words));

    /// <summary>What the words ask for.</summary>
    /// <exception cref="UsageException">They make no sense together.</exception>
    public static VerifyOptions Read(OptionWords words)
    {
        string? store = words.One(Manifest);
        bool isOne = words.Files.Count == 1 && !words.Has(FilesFrom) && !words.Has(Recursive);
        if (words.Files.Count == 0 && !words.Has(FilesFrom))
            throw new UsageException(Name, "usage.no-file");
        if (store is not null && !isOne)
            throw new UsageException(Name, "usage.one-file", "option", Manifest);
        if (words.Has(Fragments) && !isOne)
            throw new UsageException(Name, "usage.fragments");
        if (words.Has(Folder) && !isOne)
            throw new UsageException(Name, "usage.one-file", "option", Folder);
        if (!words.Has(FetchRemote) && words.Files.Find(AnswerSource.IsUrl) is { } url)
            throw new UsageException(Name, "usage.url", "url", DisplayText.Clean(url));
        if (words.One(Require) is not (null or "known"))
            throw new UsageException(Name, "usage.require");
        var format = FormatOf(words.One(Format));
        if (format == ReportFormat.Html && !isOne)
            throw new UsageException(Name, "usage.one-file", "option", "--format html");
        if (format != ReportFormat.Html && (words.Has(Output) || words.Has(NoPicture)))
            throw new UsageException(Name, "usage.html-only", "option", words.Has(Output) ? Output : NoPicture);
        if (format == ReportFormat.Html && words.One(Output) is { } output and not "-")
            OutputFile.Check(output);
        if (isOne && format == ReportFormat.Json)
            WarmUp.Start();
        var fragments = words.All(Fragments).SelectMany(pattern => FragmentsOf(pattern, words.Files[0])).ToList();
        return new()
        {
            Files = words.Files,
            FilesFrom = words.One(FilesFrom),
            Recursive = words.Has(Recursive),
            Format = format,
            Words = LanguageChoice.Of(words, Name),
            Trust = TrustOptions.Load(Name, words.All(TrustAnchors), words.All(TsaAnchors), words.All(Allowed), words.All(Ekus), words.All(IdentityAnchors), words.Has(NoTrust)),
            IdentityIssuers = [.. words.All(IdentityIssuer).Select(IssuerOf)],
            DidDocuments = words.One(DidDocuments) is { } documents ? DocumentsOf(documents) : null,
            FetchesIdentity = words.Has(FetchIdentity),
            Time = words.One(ValidationTime) is { } time ? TimeOf(time) : null,
            OlderTimeModel = words.Has(OlderTimeModel),
            // A document says which bytes it is about.
            Digest = words.Has(Digest) || format == ReportFormat.Html,
            Output = format == ReportFormat.Html && words.One(Output) is not "-" ? words.One(Output) : null,
            ShowsPicture = !words.Has(NoPicture),
            ChecksRevocation = words.Has(CheckRevocation),
            Incidents = [.. words.All(Incidents).Select(file => TrustOptions.ReadIncidents(Incidents, file))],
            Jobs = JobsOf(words.One(Jobs)),
            RequiresKnown = words.Has(Require),
            FetchesRemote = words.Has(FetchRemote),
            ReadsMetadata = format is not (ReportFormat.C2paTool or ReportFormat.CrJson) && !words.Has(NoMetadata),
            Shown = (words.Has(IncludeLocation) ? PersonalData.Location : 0) | (words.Has(IncludeDevice) ? PersonalData.Device : 0),
            LooksBeside = isOne || words.Has(Beside),
            FragmentFiles = fragments,
            Companions = store is null && fragments.Count == 0 && !words.Has(Folder) ? AssetCompanions.None : new()
            {
                Manifest = store is null ? null : new(TrustOptions.ReadBytes(Manifest, store)),
                Fragments = [.. fragments.Select(FragmentFiles.Source)],
                Folder = words.One(Folder) is { } folder ? FolderOf(folder) : null,
            },
        };
    }

    private static IReadOnlyList<string> FragmentsOf(string pattern, string first) => FragmentFiles.Find(pattern, first) is { Count: > 0 } found ? found
        : throw Unreadable(Fragments, pattern, "unreadable.no-such-file");

    private static FileDidDocuments DocumentsOf(string folder) => Directory.Exists(folder) ? new FileDidDocuments(folder)
        : throw new UsageException(Name, $"--did-documents {DisplayText.Clean(folder)}: there is no such folder.");

    private static string IssuerOf(string did) => did.StartsWith("did:", StringComparison.Ordinal) && !did.Contains('#') ? did
        : throw new UsageException(Name, $"--identity-issuer is a DID without a fragment, for instance did:web:identity.example.org, not '{DisplayText.Clean(did)}'.");

    private static FileAssetFolder FolderOf(string folder) => Directory.Exists(folder) ? new FileAssetFolder(folder)
        : throw Unreadable(Folder, folder, "unreadable.no-such-folder");

    private static ReportFormat FormatOf(string? text) => text switch
    {
        null or "text" => ReportFormat.Text,
        "html" => ReportFormat.Html,
        "json" => ReportFormat.Json,
        "csv" => ReportFormat.Csv,
        "c2patool" => ReportFormat.C2paTool,
        "crjson" => ReportFormat.CrJson,
        _ => throw new UsageException(Name, "usage.format", "given", DisplayText.Clean(text), "formats", "text, html, json, csv, c2patool, crjson"),
    };

    private static int JobsOf(string? text) =>
        text is null ? Environment.ProcessorCount
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int jobs) && jobs is >= 1 and <= 256 ? jobs
        : throw new UsageException(Name, "usage.jobs", "given", DisplayText.Clean(text));

    private static DateTimeOffset TimeOf(string text) => Rfc3339.Parse(text)
        ?? throw new UsageException(Name, "usage.validation-time", "given", DisplayText.Clean(text));
}
