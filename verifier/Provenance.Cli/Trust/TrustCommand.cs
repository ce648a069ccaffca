using System.Security.Cryptography;
using Provenance.TrustStore;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Labels;

namespace Provenance.Cli.Trust;

/// <summary>A command under "trust".</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">One line of help.</param>
/// <param name="FilesHelp">What it takes; null for nothing.</param>
/// <param name="Options">Its options.</param>
/// <param name="RunAsync">What it does.</param>
internal sealed record TrustVerb(string Name, string Description, string? FilesHelp, IReadOnlyList<OptionSpec> Options, Func<OptionWords, Task<int>> RunAsync);

/// <summary>"provenance trust": which lists say who is known, where they come from, and why somebody is or is not.</summary>
internal static class TrustCommand
{
    public const string Name = "trust", Description = "Shows and changes the trust lists that say who is known.";

    /// <summary>The index, or a list, is damaged.</summary>
    private const int ExitDamaged = 3;

    private const string
        Format = "--format", From = "--from", Interim = "--interim", AcceptShrink = "--accept-shrink", Certificate = "--certificate", ListName = "--name", Tsa = "--tsa",
        Ekus = "--ekus", Allowed = "--allowed", Signature = "--signature", SignerSha256 = "--signer-sha256", Yes = "--yes", Key = "--key", Output = "--output", All = "--all",
        Signer = "--signer", Unsigned = "--unsigned", TrustAnchors = "--trust-anchors", TsaAnchors = "--tsa-anchors", ValidationTime = "--validation-time";

    private static readonly OptionSpec s_format = new(Format, "text|json", "How to answer: text for people, json for programs.");

    private static readonly OptionSpec s_shrink = new(AcceptShrink, null, "Use a list even if more than half of those it named are gone.");

    public static IReadOnlyList<TrustVerb> Verbs { get; } =
    [
        new("status", "Lists what is installed: source, age, anchors, digest, signature.", null, [s_format, LanguageChoice.Spec], words => RunAsync("trust status", words, StatusAsync)),
        new("update", "Gets the official lists, and own lists that have a source, and shows what changes.", null,
        [
            new(From, "FILE|DIR", "Read the official lists from here instead of fetching them."),
            new(Interim, null, "Get the interim list of the older trust model too."),
            s_shrink, LanguageChoice.Spec,
        ], words => RunAsync("trust update", words, UpdateAsync)),
        new("import", "Installs a list of your own choice.", "A list: PEM, JSON (ETSI TS 119 602 or a signed list), an https:// URL of a signed list, or the folder of the interim list.",
        [
            new(Certificate, "FILE", "Single signers' certificates (PEM) for the private credential store."),
            new(ListName, "NAME", "What to call a list that does not name itself."),
            new(Tsa, null, "The anchors are for time stamps, not for signers."),
            new(Ekus, "FILE", "For PEM: extended key usages, one a line, one of which a signer must have."),
            new(Allowed, "FILE", "For PEM: single certificates, or the Base64 SHA-256 of them, that belong to the list."),
            new(Signature, "FILE", "The signature of a signed list, if it is not beside it as LIST.p7s."),
            new(SignerSha256, "HEX", "The SHA-256 of the certificate that must have signed the list; it is pinned."),
            new(Yes, null, "Pin whoever signed the list, without asking."),
            s_shrink, LanguageChoice.Spec,
        ], words => RunAsync("trust import", words, ImportAsync)),
        new("follow", "Installs the lists of a server, and has update ask it for newer ones.", "The server's https:// address.",
        [
            new(Signer, "FILE", "The certificate (PEM) that must sign what the server hands on; it is pinned."),
            new(SignerSha256, "HEX", "Its SHA-256, instead of the file."),
            new(Yes, null, "Pin whoever signs, without asking."),
            new(Unsigned, null, "Follow a server that signs nothing, without asking."),
            s_shrink, LanguageChoice.Spec,
        ], words => RunAsync("trust follow", words, FollowAsync)),
        new("remove", "Removes a list.", "The list's name or short name, as status shows them.",
            [new(Certificate, "SHA256", "Remove one certificate from the private credential store."), new(All, null, "Remove everything, also what is damaged; pinned signers are forgotten."), LanguageChoice.Spec], words => RunAsync("trust remove", words, RemoveAsync)),
        new("explain", "Tells by which path the signer of a file is known, or every reason why not.", "The files to explain.",
        [
            s_format,
            new(TrustAnchors, "FILE", "As for verify: replaces the installed lists.") { Repeats = true },
            new(TsaAnchors, "FILE", "As for verify.") { Repeats = true },
            new(Allowed, "FILE", "As for verify.") { Repeats = true },
            new(Ekus, "FILE", "As for verify.") { Repeats = true },
            new(ValidationTime, "TIME", "Judge as of this time instead of now."),
            LanguageChoice.Spec,
        ], words => RunAsync("trust explain", words, ExplainAsync)),
        new("sign", "Signs a list, so that others can install it and its updates.", "The list, a JSON file.",
        [
            new(Key, "FILE", "The private key (PEM, not encrypted)."),
            new(Certificate, "FILE", "Its certificate (PEM)."),
            new(Output, "FILE", "Where the signature goes; LIST.p7s if not given."),
            LanguageChoice.Spec,
        ], words => RunAsync("trust sign", words, SignAsync)),
    ];

    private static async Task<int> RunAsync(string verb, OptionWords words, Func<string, OptionWords, ListDialog, Task<int>> run)
    {
        var dialog = ConsoleDialog.In(LanguageChoice.Of(words, verb));
        try
        {
            return await run(verb, words, dialog).ConfigureAwait(false);
        }
        catch (DamagedStoreException e)
        {
            dialog.Complain("trust.damaged", "why", e.In(dialog.Words));
            return ExitDamaged;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            dialog.Complain("trust.cannot-write", "why", DisplayText.Clean(e.Message, 300));
            return ExitDamaged;
        }
    }

    private static TrustFolder FolderOf(string verb) => TrustFolder.OfUser() ?? throw new UsageException(verb, "usage.no-folder");

    private static DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());

    private static bool IsJson(string verb, OptionWords words) => words.One(Format) switch
    {
        null or "text" => false,
        "json" => true,
        var other => throw new UsageException(verb, "usage.format", "formats", "text, json", "given", DisplayText.Clean(other)),
    };

    private static Task<int> StatusAsync(string verb, OptionWords words, ListDialog dialog) =>
        ListStatus.RunAsync(FolderOf(verb), dialog, Now, IsJson(verb, words));

    private static Task<int> UpdateAsync(string verb, OptionWords words, ListDialog dialog) =>
        new ListUpdate(FolderOf(verb), dialog, Now).RunAsync(new(words.One(From), words.Has(Interim), words.Has(AcceptShrink)));

    private static Task<int> ImportAsync(string verb, OptionWords words, ListDialog dialog)
    {
        if (words.Files.Count + (words.Has(Certificate) ? 1 : 0) != 1)
            throw new UsageException(verb, "usage.one-list");
        RequireDigest(verb, words.One(SignerSha256));
        if (words.Has(Tsa) && (words.Has(Ekus) || words.Has(Allowed)))
            throw new UsageException(verb, "usage.tsa");
        return new ListImport(FolderOf(verb), dialog, Now).RunAsync(new()
        {
            Source = words.Files.FirstOrDefault(),
            Certificate = words.One(Certificate),
            Name = words.One(ListName),
            IsForTimeStamps = words.Has(Tsa),
            Purposes = words.One(Ekus),
            Allowed = words.One(Allowed),
            Signature = words.One(Signature),
            SignerSha256 = words.One(SignerSha256),
            Yes = words.Has(Yes),
            AcceptsShrink = words.Has(AcceptShrink),
        });
    }

    private static Task<int> FollowAsync(string verb, OptionWords words, ListDialog dialog)
    {
        if (words.Files is not [var server] || FollowedServer.AddressOf(server) is null || (words.Has(Signer) && words.Has(SignerSha256)))
            throw new UsageException(verb, "usage.follow");
        RequireDigest(verb, words.One(SignerSha256));
        return new ServerFollowing(FolderOf(verb), dialog, Now).RunAsync(new()
        {
            Server = server,
            Signer = words.One(Signer),
            SignerSha256 = words.One(SignerSha256),
            Yes = words.Has(Yes),
            Unsigned = words.Has(Unsigned),
            AcceptsShrink = words.Has(AcceptShrink),
        });
    }

    private static void RequireDigest(string verb, string? sha256)
    {
        if (sha256 is not null && (sha256.Replace(":", "", StringComparison.Ordinal) is not { Length: 64 } hex || !hex.All(char.IsAsciiHexDigit)))
            throw new UsageException(verb, "usage.signer-sha256");
    }

    private static Task<int> RemoveAsync(string verb, OptionWords words, ListDialog dialog)
    {
        if (words.Files.Count + (words.Has(Certificate) ? 1 : 0) + (words.Has(All) ? 1 : 0) != 1)
            throw new UsageException(verb, "usage.remove");
        var removal = new ListRemoval(FolderOf(verb), dialog, Now);
        return words.Has(All) ? Task.FromResult(removal.RemoveAll()) : removal.RunAsync(words.Files.FirstOrDefault(), words.One(Certificate));
    }

    private static Task<int> ExplainAsync(string verb, OptionWords words, ListDialog dialog)
    {
        if (words.Files.Count == 0)
            throw new UsageException(verb, "usage.no-file");
        var time = words.One(ValidationTime) is { } text
            ? Rfc3339.Parse(text) ?? throw new UsageException(verb, "usage.validation-time", "given", DisplayText.Clean(text))
            : Now;
        var trust = TrustOptions.Load(verb, words.All(TrustAnchors), words.All(TsaAnchors), words.All(Allowed), words.All(Ekus), [], noTrust: false);
        return ListExplanation.RunAsync(words.Files, trust.Policy(time), dialog, IsJson(verb, words));
    }

    private static async Task<int> SignAsync(string verb, OptionWords words, ListDialog dialog)
    {
        if (words.Files is not [var list] || words.One(Key) is not { } key || words.One(Certificate) is not { } certificate)
            throw new UsageException(verb, "usage.sign");
        if (await new ListReader(dialog, null).ReadAsync(list).ConfigureAwait(false) is not { } bytes)
            return 1;
        try
        {
            byte[] signature = ListSigner.SignList(bytes, certificate, key, Now);
            var check = await Verifier.Trust.ListSignature.CheckAsync(bytes, signature, null, new Verifier.Crypto.SystemCrypto()).ConfigureAwait(false);
            if (!check.IsGood)
            {
                dialog.Complain("trust.cannot-sign", "why", check.Reason);
                return 1;
            }
            string output = words.One(Output) ?? list + ListSigner.Extension;
            await File.WriteAllBytesAsync(output, signature).ConfigureAwait(false);
            dialog.Tell("trust.signed", "file", output, "sha256", check.SignerSha256!);
            return 0;
        }
        catch (MalformedDataException e)
        {
            dialog.Complain("trust.unreadable-list", "list", list, "why", e.Rule);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            dialog.Complain("trust.cannot-sign", "why", DisplayText.Clean(e.Message, 300));
        }
        return 1;
    }
}
