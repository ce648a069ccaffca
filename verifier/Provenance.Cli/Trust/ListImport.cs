using System.Text;
using Provenance.Fetching;
using Provenance.TrustStore;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Trust;

namespace Provenance.Cli.Trust;

/// <summary>What "trust import" was asked to do.</summary>
internal sealed record ImportOptions
{
    /// <summary>A file, folder or URL; null with <see cref="Certificate"/>.</summary>
    public string? Source { get; init; }

    /// <summary>A file with certificates for the private credential store.</summary>
    public string? Certificate { get; init; }

    /// <summary>The name of a list that has none of its own.</summary>
    public string? Name { get; init; }

    public bool IsForTimeStamps { get; init; }

    /// <summary>A file with extended key usages.</summary>
    public string? Purposes { get; init; }

    /// <summary>A file with single certificates, or digests of them.</summary>
    public string? Allowed { get; init; }

    /// <summary>Where the signature is; null for beside the list.</summary>
    public string? Signature { get; init; }

    /// <summary>The SHA-256 of the certificate that must have signed.</summary>
    public string? SignerSha256 { get; init; }

    /// <summary>Whoever signed is pinned without a question.</summary>
    public bool Yes { get; init; }

    public bool AcceptsShrink { get; init; }
}

/// <summary>Installs lists that the user chose.</summary>
internal sealed class ListImport(TrustFolder folder, ListDialog dialog, DateTimeOffset now, GuardedClient? client = null)
{
    private readonly ListReader _reader = new(dialog, client);

    /// <summary>0 where the list is in place, else 1.</summary>
    public async Task<int> RunAsync(ImportOptions options)
    {
        using var turn = folder.Lock();
        if (turn is null)
        {
            dialog.Complain("trust.locked");
            return 1;
        }
        var installer = new ListInstaller(folder, dialog, now) { AcceptsShrink = options.AcceptsShrink };
        string source = options.Certificate ?? options.Source!;
        try
        {
            var candidate = await ReadAsync(installer, options, source).ConfigureAwait(false);
            return candidate is not null && await installer.InstallAsync(candidate, ListReader.IsUrl(source) ? source : Path.GetFullPath(source)).ConfigureAwait(false) != InstallResult.Kept ? 0 : 1;
        }
        catch (MalformedDataException e)
        {
            dialog.Complain("trust.unreadable-list", "list", source, "why", e.Rule);
            return 1;
        }
    }

    private async Task<ListCandidate?> ReadAsync(ListInstaller installer, ImportOptions options, string source)
    {
        if (Directory.Exists(source))
            return await ReadInterimAsync(source).ConfigureAwait(false);
        if (await _reader.ReadAsync(source).ConfigureAwait(false) is not { } bytes)
            return null;
        if (options.Certificate is not null)
            return WithCertificates(installer, bytes);
        if (!IsJson(bytes))
        {
            byte[]? purposes = options.Purposes is null ? null : await _reader.ReadAsync(options.Purposes).ConfigureAwait(false);
            byte[]? allowed = options.Allowed is null ? null : await _reader.ReadAsync(options.Allowed).ConfigureAwait(false);
            return (options.Purposes is null) == (purposes is null) && (options.Allowed is null) == (allowed is null)
                ? ListCandidate.OfPem(ListId.OneLine(options.Name ?? Path.GetFileName(source)), bytes, purposes, allowed, options.IsForTimeStamps)
                : null;
        }
        return SignedList.KindOf(bytes) is null
            ? ListCandidate.OfTrustedEntities(bytes, null, options.Name is null ? null : ListId.OneLine(options.Name), options.IsForTimeStamps)
            : await ReadSignedAsync(installer, options, source, bytes).ConfigureAwait(false);
    }

    private async Task<ListCandidate?> ReadSignedAsync(ListInstaller installer, ImportOptions options, string source, byte[] json)
    {
        if (await _reader.ReadAsync(options.Signature ?? source + ListSigner.Extension).ConfigureAwait(false) is not { } signature)
        {
            dialog.Complain("trust.needs-signature");
            return null;
        }
        var (check, candidate) = await ListCandidate.OfSignedAsync(json, signature, options.SignerSha256?.Replace(":", "", StringComparison.Ordinal)).ConfigureAwait(false);
        if (candidate is null)
        {
            dialog.Complain("trust.bad-signature", "list", source, "why", check.Reason);
            return null;
        }
        dialog.Tell("trust.signed-by", "name", DisplayText.Clean(check.Signer!.Subject.ToString(), 200), "sha256", check.SignerSha256!);
        bool isPinned = installer.FindById(candidate.Id)?.SignerSha256 is not null;
        if (isPinned || options.SignerSha256 is not null || options.Yes || dialog.Confirm("trust.ask-pin"))
            return candidate;
        dialog.Complain("trust.needs-pin", "sha256", check.SignerSha256!);
        return null;
    }

    private async Task<ListCandidate?> ReadInterimAsync(string source)
    {
        byte[]? anchors = await _reader.ReadAsync(Path.Combine(source, Sources.InterimAnchors)).ConfigureAwait(false);
        byte[]? purposes = await _reader.ReadAsync(Path.Combine(source, Sources.InterimPurposes), isOptional: true).ConfigureAwait(false);
        byte[]? allowed = await _reader.ReadAsync(Path.Combine(source, Sources.InterimAllowed), isOptional: true).ConfigureAwait(false)
            ?? await _reader.ReadAsync(Path.Combine(source, Sources.InterimAllowedHashes), isOptional: true).ConfigureAwait(false);
        return anchors is null ? null : ListCandidate.OfInterim(anchors, purposes, allowed);
    }

    /// <summary>The private credential store with these certificates too.</summary>
    private ListCandidate WithCertificates(ListInstaller installer, byte[] pem)
    {
        var added = ListCandidate.OfCertificates(pem);
        return installer.FindById(PrivateCertificates.Id) is { } installed
            ? ListCandidate.OfCertificates(PrivateCertificates.Pem([.. PrivateCertificates.Of(folder, installed), .. PrivateCertificates.Of(added.Files[0].Bytes)]))
            : added with { Files = [new("allowed", PrivateCertificates.Pem(PrivateCertificates.Of(pem)))] };
    }

    private static bool IsJson(byte[] bytes) => Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 64))).TrimStart('\uFEFF', ' ', '\t', '\r', '\n').StartsWith('{');
}
