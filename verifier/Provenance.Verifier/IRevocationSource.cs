namespace Provenance.Verifier;

/// <summary>
/// Whom to ask whether a certificate was withdrawn. The library asks nobody by itself: a host gives one to
/// <see cref="VerificationPolicy.RevocationSource"/> where its user wants that, because whoever is asked learns which certificate somebody
/// looks into.
/// </summary>
public interface IRevocationSource
{
    /// <summary>
    /// Sends a request to an OCSP responder (RFC 6960 appendix A). Whatever goes wrong on the way is told in the answer; cancellation alone
    /// travels. What comes back is judged by the library, so it may come over any way and from any store of earlier answers.
    /// </summary>
    /// <param name="url">The responder's address as the certificate has it: a stranger's words, of any scheme, naming any host.</param>
    /// <param name="request">OCSPRequest in DER.</param>
    /// <param name="cancellation">Honoured while waiting.</param>
    ValueTask<RevocationAnswer> AskAsync(string url, ReadOnlyMemory<byte> request, CancellationToken cancellation);
}

/// <summary>What came back: bytes, or why there are none.</summary>
public sealed class RevocationAnswer
{
    private RevocationAnswer(ReadOnlyMemory<byte>? response, string why) => (Response, Why) = (response, why);

    /// <summary>OCSPResponse in DER, as it came; null where there is none.</summary>
    public ReadOnlyMemory<byte>? Response { get; }

    /// <summary>Why there is none, in words fit for a report; empty where there is one.</summary>
    public string Why { get; }

    /// <summary>The responder answered with these bytes, whatever they are.</summary>
    public static RevocationAnswer Of(ReadOnlyMemory<byte> response) => new(response, "");

    /// <summary>There is no answer.</summary>
    /// <param name="why">Why, without the address of the responder's page.</param>
    public static RevocationAnswer None(string why) => new(null, why);
}
