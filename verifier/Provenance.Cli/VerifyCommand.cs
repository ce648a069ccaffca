using System.CommandLine;
using System.CommandLine.Parsing;
using Provenance.Verifier.Labels;

namespace Provenance.Cli;

/// <summary>"provenance verify": its options, and what they may not be together.</summary>
internal static class VerifyCommand
{
    public const string Name = "verify";

    public static Command Build()
    {
        var files = new Argument<string[]>("FILE") { Description = "Pictures to check, or folders with --recursive.", Arity = ArgumentArity.ZeroOrMore };
        var format = new Option<string>("--format") { Description = "How to answer: text for people; json, one report a line; c2patool or crjson, the structures other tools write.", HelpName = "text|json|c2patool|crjson" };
        var anchors = Files("--trust-anchors", "Certificates (PEM) of authorities whose signers you know.");
        var tsa = Files("--tsa-anchors", "Certificates (PEM) of authorities whose time stamps you trust.");
        var allowed = Files("--allowed", "Single signers' certificates (PEM), or the Base64 SHA-256 of them, that you know.");
        var ekus = Files("--ekus", "Extended key usages, one a line, one of which a signer under --trust-anchors must have.");
        var noTrust = new Option<bool>("--no-trust") { Description = "Look up no issuer." };
        var older = new Option<bool>("--older-time-model") { Description = "Believe time stamps of unlisted authorities beside claims of version 1. Weaker; the report names it." };
        var time = new Option<string?>("--validation-time") { Description = "Judge as of this time, for instance 2026-11-21T12:00:00Z, instead of now.", HelpName = "TIME" };
        var manifest = new Option<string?>("--manifest") { Description = "A manifest store kept beside the one FILE; used if the file holds none.", HelpName = "FILE.c2pa" };
        var recursive = new Option<bool>("--recursive") { Description = "Walk folders, in the order of names." };
        var jobs = new Option<string?>("--jobs") { Description = "How many files to check at a time; one for each processor if not given.", HelpName = "N" };
        var filesFrom = new Option<string?>("--files-from") { Description = "Read names of files, one a line, from a file; or with - from standard input, each answered as it arrives.", HelpName = "FILE|-" };
        var digest = new Option<bool>("--digest") { Description = "Tell the SHA-256 of each whole file, which costs a second pass over it." };
        var require = new Option<string?>("--require") { Description = "With known: end with 0 only if a list knows the issuer of every file.", HelpName = "known" };

        var command = new Command(Name, "Checks files and says what their credentials prove.")
        {
            files, format, anchors, tsa, allowed, ekus, noTrust, older, time, manifest, recursive, jobs, filesFrom, digest, require,
        };
        command.SetAction((parsed, cancellation) =>
        {
            string[] named = parsed.GetValue(files) ?? [];
            var trust = TrustOptions.Load(parsed.GetValue(anchors), parsed.GetValue(tsa), parsed.GetValue(allowed), parsed.GetValue(ekus), parsed.GetValue(noTrust));
            string? from = parsed.GetValue(filesFrom);
            string? store = parsed.GetValue(manifest);
            // What looks like an option and is none is a slip, unless "--" says that names follow.
            if (Array.Find(named, name => name.Length > 1 && name[0] == '-') is { } slip && !parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash))
                throw new UsageException(Name, $"There is no option {DisplayText.Clean(slip)}. Put -- before names that begin with a hyphen.");
            if (named.Length == 0 && from is null)
                throw new UsageException(Name, "No file is named.");
            if (store is not null && (named.Length != 1 || from is not null || parsed.GetValue(recursive)))
                throw new UsageException(Name, "--manifest goes with exactly one FILE.");
            if (parsed.GetValue(require) is not (null or "known"))
                throw new UsageException(Name, "--require takes the word known.");
            var options = new VerifyOptions
            {
                Files = named,
                FilesFrom = from,
                Recursive = parsed.GetValue(recursive),
                Format = FormatOf(parsed.GetValue(format) ?? "text"),
                Trust = trust,
                Time = parsed.GetValue(time) is { } text ? TimeOf(text) : null,
                OlderTimeModel = parsed.GetValue(older),
                Digest = parsed.GetValue(digest),
                Jobs = JobsOf(parsed.GetValue(jobs)),
                RequiresKnown = parsed.GetValue(require) is not null,
                DetachedManifest = store is null ? null : TrustOptions.ReadBytes("--manifest", store),
            };
            return VerifyRun.RunAsync(options, cancellation);
        });
        return command;
    }

    private static Option<string[]> Files(string name, string description) => new(name) { Description = description, HelpName = "FILE", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };

    private static ReportFormat FormatOf(string text) => text switch
    {
        "text" => ReportFormat.Text,
        "json" => ReportFormat.Json,
        "c2patool" => ReportFormat.C2paTool,
        "crjson" => ReportFormat.CrJson,
        _ => throw new UsageException(Name, $"--format is text, json, c2patool or crjson, not '{DisplayText.Clean(text)}'."),
    };

    private static int JobsOf(string? text) =>
        text is null ? Environment.ProcessorCount
        : int.TryParse(text, System.Globalization.NumberStyles.None, null, out int jobs) && jobs is >= 1 and <= 256 ? jobs
        : throw new UsageException(Name, $"--jobs is a number from 1 to 256, not '{DisplayText.Clean(text)}'.");

    private static DateTimeOffset TimeOf(string text) => Rfc3339.Parse(text)
        ?? throw new UsageException(Name, $"--validation-time is a time with its zone, for instance 2026-11-21T12:00:00Z, not '{DisplayText.Clean(text)}'.");
}
