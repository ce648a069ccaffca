namespace Provenance.Server.Settings;

/// <summary>The key with which the server signs the lists it hands on, and their index. Who follows it pins the certificate.</summary>
internal sealed record TrustSigningSettings : ISettings
{
    /// <summary>A file with the certificate (PEM); it may be self-signed. Without it: nothing is signed.</summary>
    public string? Certificate { get; init; }

    /// <summary>A file with its private key (PEM, not encrypted), which nobody else may read.</summary>
    public string? Key { get; init; }

    public IEnumerable<string> Complaints()
    {
        if (string.IsNullOrEmpty(Certificate) != string.IsNullOrEmpty(Key))
            yield return "certificate and key belong together: give both, or neither.";
    }
}
