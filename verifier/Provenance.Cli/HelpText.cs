using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Reflection;
using Provenance.Cli.Batch;
using Provenance.Cli.Trust;

namespace Provenance.Cli;

/// <summary>What --help adds to the list of options: examples to copy, and what the exit codes mean; and what --version says.</summary>
internal static class HelpText
{
    private const string Root =
        """
        Examples:
          provenance verify photo.jpg                          Is this file unchanged since it was signed, and by whom?
          provenance batch incoming/ --output results/         Which of these files are, each with a page, and all in one table?
          provenance inspect photo.jpg                         What exactly stands in its credential, byte for byte?
          provenance trust update                              Install the lists that say whose signatures are known.
          provenance formats                                   Which files can be read, and where do they carry a credential?

        A credential proves who signed a file and that it is unchanged since. It does not prove that what the file shows or says is
        true, and a file without one is neither better nor worse for it. Nothing is fetched from the network unless you ask for it
        with --fetch-remote, --fetch-identity, --check-revocation or "trust update".
        """;

    private const string Verify =
        """
        Examples:
          provenance verify photo.jpg
              One file, in words. Who is known is told by the lists that "provenance trust update" installs.

          provenance verify --format html --output report.html photo.jpg
              A document to keep, print or hand on, with nothing in it that a browser would have to fetch.

          provenance verify --trust-anchors C2PA-TRUST-LIST.pem --tsa-anchors C2PA-TSA-TRUST-LIST.pem photo.jpg
              With these lists alone: any of --trust-anchors, --tsa-anchors and --allowed replaces the installed lists entirely.

          provenance verify --recursive --require known --trust-anchors anchors.pem incoming/
              A gate for a newsroom: ends with 0 only if every file is unchanged and its issuer is on the list.

          provenance verify --format json photo.jpg | jq .label
              The whole report for a program, one JSON object a line.

          find . -name '*.jpg' | provenance verify --format json --files-from -
              Answers each name as it arrives; a program can keep this open and ask again and again.

          provenance verify --manifest photo.c2pa photo.jpg
              With the credential in a file of its own. photo.jpg.c2pa and photo.c2pa beside the photo are found without the option.

          provenance verify --fragments 'seg*.m4s' init.mp4
              A video in segments: the initialization segment, which holds the credential, and those that follow it.

          provenance verify --folder album album.c2pa
              A collection: its credential, and the folder with the files it speaks of.

          provenance verify --fetch-remote photo.jpg
              Fetches the credential if the file only says where it is kept; over https, from public addresses, within bounds.
              The host that keeps it learns who asks, when, and for which file: leave it off where that could harm somebody.

          provenance verify --fetch-remote https://example.org/photo.jpg
              A file by its URL; a credential that its host names in a Link header is found too.

          provenance verify --check-revocation --trust-anchors C2PA-TRUST-LIST.pem photo.jpg
              Asks the issuer's authority whether it withdrew the certificate since; most files cannot tell by themselves.
              That authority, and who can read the line, learns which certificate you look into, not which file.

          provenance verify --incidents incidents.json photo.jpg
              Uses a list of certificates that somebody you trust knows to be bad, withdrawn or not.

        Exit codes (of several files the first that occurs of 70, 1, 3, 5, 4, 0):
          0  unchanged                                 1  does not match its credential, or withdrawn, or a source of it fails
          2  the command was not understood            3  cannot be read, or over a limit
          4  no Content Credentials                    5  not checked, or the time of signing is not proven
          70 a fault of this program                  130 ended by Ctrl-C
        """;

    private const string Batch =
        """
        Examples:
          provenance batch incoming/ --output results/ --trust-anchors C2PA-TRUST-LIST.pem --tsa-anchors C2PA-TSA-TRUST-LIST.pem
              For a newsroom: asks about every file in the folder and those in it. Then open results/index.html: how often each answer
              was given, a line for each file, and the way to a page of its own. results.csv is the same for a spreadsheet.

          provenance batch incoming/ --output results/ ...
              The same command again goes on where it was ended, by Ctrl-C or a power cut, and asks about new and changed files only.
              All are judged as of the time when the first run began; --restart forgets it and begins anew.

          provenance batch incoming/ --output results/ --require known --trust-anchors anchors.pem || echo "look at results/index.html"
              A gate: ends with 0 only if every file is unchanged and its issuer is on the list.

          provenance verify --recursive --format csv incoming/ > results.csv
              The table alone, without a folder for results. It cannot go on where it was ended.

        The results name your folders and files. Look at them before you pass them on; places, serial numbers and names of owners are
        in none of them unless --include-location or --include-device asks for that.

        Exit codes are those of "verify" (provenance verify --help), of all files the gravest; and
          74 the results could not be written, for instance because the disk is full: the same command goes on from there
        """;

    private const string Inspect =
        """
        Examples:
          provenance inspect photo.jpg
              Every box of the credential with its offset, and what its assertions say. Nothing is checked: "verify" does that.

          provenance inspect photo.jpg | less -R
        """;

    private const string Formats =
        """
        Examples:
          provenance formats
              A line for each format: its name, its file names, and where the standard puts a credential in it.

          provenance formats --format json | jq -r '.[].mediaTypes[]'
              The same for a program.
        """;

    private const string Codes =
        """
        Examples:
          provenance codes
              A line for each status code of a report: what it means, and the clause it comes from.

          provenance codes --format json | jq -r '.[] | select(.kind == "failure") | .code'
              The same for a program.
        """;

    /// <summary>The version of this program, without the build's commit.</summary>
    public static string Version =>
        typeof(HelpText).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    public static void Attach(RootCommand root)
    {
        foreach (var option in root.Options)
        {
            if (option is HelpOption)
                option.Action = new WithExamples();
            else if (option is VersionOption)
                option.Action = new ShowVersion();
        }
    }

    private sealed class WithExamples : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            new HelpAction().Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine(parseResult.CommandResult.Command.Name switch
            {
                VerifyCommand.Name => Verify,
                BatchCommand.Name => Batch,
                InspectCommand.Name => Inspect,
                FormatsCommand.Name => Formats,
                CodesCommand.Name => Codes,
                var name => TrustHelp.For(name) ?? Root,
            });
            return 0;
        }
    }

    private sealed class ShowVersion : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine($"provenance {Version}");
            return 0;
        }
    }
}
