using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Provenance.Server.Settings;
using Provenance.TrustStore;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Trust;

namespace Provenance.Server.Trust;

/// <summary>The key of whoever runs the server, for what it hands on.</summary>
internal sealed class ListSigning
{
    private readonly X509Certificate2 _certificate;

    private ListSigning(X509Certificate2 certificate) => _certificate = certificate;

    /// <summary>Reads certificate and key; null where none is named.</summary>
    /// <exception cref="SettingsException">They cannot be read, do not belong together, or make signatures that nobody would take.</exception>
    public static async Task<ListSigning?> ReadAsync(TrustSigningSettings settings)
    {
        if (string.IsNullOrEmpty(settings.Certificate) || string.IsNullOrEmpty(settings.Key))
            return null;
        string why;
        try
        {
            var signing = new ListSigning(X509Certificate2.CreateFromPemFile(settings.Certificate, settings.Key));
            byte[] trial = "trial"u8.ToArray();
            var check = await ListSignature.CheckAsync(trial, signing.Sign(trial, DateTimeOffset.UnixEpoch.AddYears(50)), null, new SystemCrypto());
            if (check.IsGood)
                return signing;
            why = check.Reason;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            why = e.Message.TrimEnd('.');
        }
        throw new SettingsException($"The server cannot sign with trust.signing: {why}.");
    }

    /// <summary>The detached signature over bytes.</summary>
    public byte[] Sign(byte[] content, DateTimeOffset now) => ListSigner.Sign(content, _certificate, now);
}
