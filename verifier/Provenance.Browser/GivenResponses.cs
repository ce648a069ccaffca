using Provenance.Verifier;

namespace Provenance.Browser;

/// <summary>
/// What OCSP responders answered, as JavaScript brought it: the worker fetches nothing. What is asked beyond is written down, so that whoever
/// wants to may fetch it and ask anew.
/// </summary>
internal sealed class GivenResponses : IRevocationSource
{
    private readonly Dictionary<string, byte[]> _responses = new(StringComparer.Ordinal);
    private readonly List<string> _open = [];

    /// <summary>Questions without an answer, a line each: the request in lower-case hexadecimal, a blank, and the responder's address.</summary>
    public string Open => string.Join('\n', _open);

    /// <summary>Adds what came back for a question.</summary>
    public void Add(string question, byte[] response) => _responses[question] = response;

    /// <inheritdoc/>
    public ValueTask<RevocationAnswer> AskAsync(string url, ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        // One line each, whatever a certificate calls an address.
        string question = $"{Convert.ToHexStringLower(request.Span)} {url.ReplaceLineEndings("")}";
        if (_responses.TryGetValue(question, out byte[]? response))
            return ValueTask.FromResult(RevocationAnswer.Of(response));
        if (!_open.Contains(question))
            _open.Add(question);
        return ValueTask.FromResult(RevocationAnswer.None("nothing was fetched from it"));
    }
}
