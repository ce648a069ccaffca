namespace Provenance.Cli.Trust;

/// <summary>What --help of "trust" and of its commands adds to the list of options.</summary>
internal static class TrustHelp
{
    private const string Trust =
        """
        Examples:
          provenance trust update                              Install the official lists of C2PA, or their newer issues.
          provenance trust status                              What is installed, from where, how old, signed by whom?
          provenance trust explain photo.jpg                   By which path is its signer known, or why is it not?

        "verify" uses what is installed. --trust-anchors, --tsa-anchors and --allowed replace it entirely for one run. Lists are kept
        in $PROVENANCE_HOME, else in the system's folder for your data: no other program and no other user is asked.

        Exit codes of update, import, follow and remove: 0 done; 1 not done, what was installed stays; 2 the command was not understood;
        3 what is installed is damaged, or the folder cannot be used.
        """;

    private const string Status =
        """
        Examples:
          provenance trust status
              Each list with its model, contents, issue, source, age, digest and signature.

          provenance trust status --format json | jq -r '.lists[] | select(.isOld) | .name'
              The lists whose source was not asked for a month.
        """;

    private const string Update =
        """
        Examples:
          provenance trust update
              Fetches the official lists and the own lists that came from a URL, shows who is added and who is gone, and installs them.
              A list that is truncated, older, empty or unreadable is not used: the last good one stays, and the command ends with 1.

          provenance trust update --from /media/usb/trust-list
              The same without the network: from a folder with C2PA-TRUST-LIST.json and C2PA-TSA-TRUST-LIST.json, or one of the files.

          provenance trust update --interim
              Also gets the interim list, frozen on 1 January 2026: signers whom only it knows are told as of the older trust model.
        """;

    private const string Import =
        """
        Examples:
          provenance trust import news.json --signer-sha256 3f9a…
              A newsroom's list with its signature beside it, news.json.p7s. The signer is pinned: updates must be signed by it too.

          provenance trust import anchors.pem --name "Our partners"
              Authorities as PEM. With --tsa they vouch for time stamps instead.

          provenance trust import --certificate reporter.pem
              One signer's certificate and nothing above it: the private credential store.

          provenance trust import interim/
              The interim list from a folder with anchors.pem, store.cfg, and allowed.pem or allowed.sha256.txt.
        """;

    private const string Follow =
        """
        Examples:
          provenance trust follow https://lists.example --signer editor.pem
              Installs the lists that a server of Provenance hands on, and has "update" bring them to what it hands on then. Only what this
              certificate signed is used, an index that is older than one seen before is not, and none that is older than two weeks.

          provenance trust follow https://lists.example --unsigned
              Of a server that signs nothing. Whoever runs it, or can answer in its name, decides whom you trust, and can leave lists out.

          provenance trust remove lists.example                Takes out the server and its lists.
        """;

    private const string Remove =
        """
        Examples:
          provenance trust remove c2pa-interim
          provenance trust remove --certificate 3f9a…          One certificate of the private credential store.
          provenance trust remove --all                        Everything, for instance where the index is damaged.
        """;

    private const string Explain =
        """
        Examples:
          provenance trust explain photo.jpg
              For the signer and for the authority of its time stamp: the path with each certificate and its anchor, or every reason of
              every list. Ends with 0 if a list vouches for the signer, with 1 if none does.

          provenance trust explain --format json photo.jpg | jq '.certificates[0].lists[].failures'
        """;

    private const string Sign =
        """
        Examples:
          provenance trust sign news.json --key editor.key.pem --certificate editor.pem
              Writes news.json.p7s, and shows the SHA-256 that readers of the list should compare and pin.

          openssl cms -sign -binary -in news.json -signer editor.pem -inkey editor.key.pem -outform DER -out news.json.p7s
              Does the same, for instance with a key in a device.
        """;

    public static string? For(string command) => command switch
    {
        TrustCommand.Name => Trust,
        "status" => Status,
        "update" => Update,
        "import" => Import,
        "follow" => Follow,
        "remove" => Remove,
        "explain" => Explain,
        "sign" => Sign,
        _ => null,
    };
}
