using Provenance.Verifier.Status;

namespace Provenance.Verifier.Checks;

/// <summary>
/// The time at which the signer says to have signed ("iat", C2PA 2.5 §14.8.3): whether the certificates were in force then, and whether it
/// lies no later than a proven time. It stays a claim, and no verdict rests on it.
/// </summary>
internal static class SigningTimeCheck
{
    public static void Run(ManifestResult result)
    {
        if (result.Cose?.IssuedAt is not { } claimed)
            return;
        var chain = result.Trust?.Path?.Certificates ?? [result.Chain[0]];
        if (chain.FirstOrDefault(certificate => claimed < certificate.NotBefore || claimed > certificate.NotAfter) is { } outside)
            result.Findings.Add(StatusCodes.TimeOfSigningOutsideValidity, result.SignatureUri,
                $"says to have signed at {claimed:u}; '{outside.Subject}' is in force from {outside.NotBefore:u} to {outside.NotAfter:u}");
        else if (result.Time is { } proven && claimed > proven.Time)
            result.Findings.Add(StatusCodes.TimeOfSigningOutsideValidity, result.SignatureUri, $"says to have signed at {claimed:u}, after the time stamp of {proven.Time:u}");
        else
            result.Findings.Add(StatusCodes.TimeOfSigningInsideValidity, result.SignatureUri, $"says to have signed at {claimed:u}, when the certificates were in force");
    }
}
