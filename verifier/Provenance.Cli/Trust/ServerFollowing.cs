using System.Security.Cryptography;
using Provenance.Fetching;
using Provenance.TrustStore;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Trust;

namespace Provenance.Cli.Trust;

/// <summary>What "trust follow" was asked to do.</summary>
internal sealed record FollowOptions
{
    /// <summary>The server's address.</summary>
    public required string Server { get; init; }

    /// <summary>A file with the certificate that must sign.</summary>
    public string? Signer { get; init; }

    /// <summary>The SHA-256 of it.</summary>
    public string? SignerSha256 { get; init; }

    /// <summary>Whoever signs is pinned without a question.</summary>
    public bool Yes { get; init; }

    /// <summary>The user said beforehand that nobody needs to sign.</summary>
    public bool Unsigned { get; init; }

    public bool AcceptsShrink { get; init; }
}

/// <summary>Begins to follow a server: its lists are installed, and "trust update" asks it from then on.</summary>
internal sealed class ServerFollowing(TrustFolder folder, ListDialog dialog, DateTimeOffset now, GuardedClient? client = null)
{
    private readonly ListReader _reader = new(dialog, client);

    /// <summary>0 where everything the server hands on is in place, else 1.</summary>
    public async Task<int> RunAsync(FollowOptions options)
    {
        string server = FollowedServer.AddressOf(options.Server)!;
        using var turn = folder.Lock();
        if (turn is null)
        {
            dialog.Complain("trust.locked");
            return 1;
        }
        var installer = new ListInstaller(folder, dialog, now) { AcceptsShrink = options.AcceptsShrink };
        string? wanted = options.SignerSha256?.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant();
        if (options.Signer is { } file && (wanted = await DigestOfAsync(file).ConfigureAwait(false)) is null)
            return 1;
        var followed = new FollowedServer(installer, _reader, dialog, now);
        if (installer.FindById(FollowedServer.IdOf(server)) is { } known)
        {
            // Another signer, or none, is a decision about everything that came from there.
            if ((wanted ?? known.SignerSha256) != known.SignerSha256)
            {
                dialog.Complain("trust.server.already", "list", known.Name, "pinned", known.SignerSha256 ?? dialog.Words.Say("trust.nobody"));
                return 1;
            }
            return await followed.UpdateAsync(known).ConfigureAwait(false) ? 0 : 1;
        }
        if (await followed.FetchAsync(server, wanted).ConfigureAwait(false) is not { } fetched || !MayFollow(options, server, wanted, fetched.Signature))
            return 1;
        return await followed.InstallAsync(server, fetched.Signature?.SignerSha256, fetched).ConfigureAwait(false) ? 0 : 1;
    }

    private bool MayFollow(FollowOptions options, string server, string? wanted, ListSignature? signature)
    {
        if (signature is null)
        {
            dialog.Tell("trust.server.unsigned", "server", server);
            if (options.Unsigned || dialog.Confirm("trust.ask-unsigned"))
                return true;
            dialog.Complain("trust.server.needs-unsigned");
            return false;
        }
        dialog.Tell("trust.signed-by", "name", DisplayText.Clean(signature.Signer!.Subject.ToString(), 200), "sha256", signature.SignerSha256!);
        if (wanted is not null || options.Yes || dialog.Confirm("trust.ask-pin"))
            return true;
        dialog.Complain("trust.needs-pin", "sha256", signature.SignerSha256!);
        return false;
    }

    private async Task<string?> DigestOfAsync(string file)
    {
        if (await _reader.ReadAsync(file).ConfigureAwait(false) is not { } pem)
            return null;
        try
        {
            if (PrivateCertificates.Of(pem) is [var only])
                return Convert.ToHexStringLower(SHA256.HashData(only.Raw.Span));
            dialog.Complain("trust.unreadable-list", "list", file, "why", dialog.Words.Say("trust.server.one-certificate"));
        }
        catch (MalformedDataException e)
        {
            dialog.Complain("trust.unreadable-list", "list", file, "why", e.Rule);
        }
        return null;
    }
}
