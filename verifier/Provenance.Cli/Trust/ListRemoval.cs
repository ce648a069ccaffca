using Provenance.TrustStore;

namespace Provenance.Cli.Trust;

/// <summary>Takes lists, and certificates of the private credential store, out again.</summary>
internal sealed class ListRemoval(TrustFolder folder, ListDialog dialog, DateTimeOffset now)
{
    /// <summary>Everything, also what is damaged: the pinned signers and the numbers that were seen are forgotten with it.</summary>
    public int RemoveAll()
    {
        using var turn = folder.Lock();
        if (turn is null)
        {
            dialog.Complain("trust.locked");
            return 1;
        }
        folder.Commit([]);
        dialog.Tell("trust.all-removed");
        return 0;
    }

    /// <summary>0 where it is gone, 1 where it was not there.</summary>
    public async Task<int> RunAsync(string? name, string? certificateSha256)
    {
        using var turn = folder.Lock();
        if (turn is null)
        {
            dialog.Complain("trust.locked");
            return 1;
        }
        var installer = new ListInstaller(folder, dialog, now) { AcceptsShrink = true };
        string wanted = name ?? PrivateCertificates.Id;
        if (installer.Find(wanted) is not { } list)
        {
            dialog.Complain("trust.no-such-list", "list", wanted);
            return 1;
        }
        if (certificateSha256 is not null)
            return await RemoveCertificateAsync(installer, list, certificateSha256.Replace(":", "", StringComparison.Ordinal)).ConfigureAwait(false);
        if (list.IsHandedOn && installer.Index.FirstOrDefault(server => server.Form == ListForm.Server && FollowedServer.IsOf(list, server.Id)) is { } keeper)
        {
            dialog.Complain("trust.server.keeps-it", "list", list.Name, "server", keeper.Id);
            return 1;
        }
        foreach (var handed in installer.Index.Where(other => list.Form == ListForm.Server && FollowedServer.IsOf(other, list.Id)).ToList())
        {
            installer.Remove(handed);
            dialog.Tell("trust.was-removed", "list", handed.Name);
        }
        installer.Remove(list);
        dialog.Tell("trust.was-removed", "list", list.Name);
        return 0;
    }

    private async Task<int> RemoveCertificateAsync(ListInstaller installer, InstalledList list, string sha256)
    {
        var certificates = PrivateCertificates.Of(folder, list);
        var left = certificates.Where(certificate => !TrustFolder.Digest(certificate.Raw.ToArray()).Equals(sha256, StringComparison.OrdinalIgnoreCase)).ToList();
        if (left.Count == certificates.Count)
        {
            dialog.Complain("trust.no-such-certificate", "sha256", sha256);
            return 1;
        }
        if (left.Count > 0)
            await installer.InstallAsync(ListCandidate.OfCertificates(PrivateCertificates.Pem(left)), list.Source).ConfigureAwait(false);
        else
            installer.Remove(list);
        dialog.Tell("trust.certificate-removed", "sha256", sha256);
        return 0;
    }
}
