using System.Collections.Concurrent;
using System.Diagnostics;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;

namespace Provenance.Fetching;

/// <summary>
/// Asks OCSP responders (RFC 6960 appendix A.1: by POST, which every responder takes). The responder learns which certificate somebody looks
/// into, who sits on the way learns it too: give it to a policy only where the user wants that. Answers are kept for some minutes, so that a
/// folder of photos from one camera asks once; nothing is kept on disk.
/// </summary>
/// <param name="client">Fetches.</param>
public sealed class RevocationClient(GuardedClient client) : IRevocationSource
{
    private const string RequestType = "application/ocsp-request";

    /// <summary>Answers kept; with those of 64 KiB each, 16 MiB.</summary>
    private const int MostKept = 256;

    /// <summary>How long an answer is kept: short beside the hours for which responders make theirs.</summary>
    private static readonly TimeSpan s_keep = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);

    /// <summary>An answer and the moment it came.</summary>
    private sealed record Kept(ReadOnlyMemory<byte> Response, long At);

    /// <inheritdoc/>
    public async ValueTask<RevocationAnswer> AskAsync(string url, ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(url);
        string question = $"{Convert.ToHexString(request.Span)} {url}";
        if (_kept.TryGetValue(question, out var kept) && Stopwatch.GetElapsedTime(kept.At) < s_keep)
            return RevocationAnswer.Of(kept.Response);
        var answer = await client.AskAsync(url, new(RequestType, request), FetchLimits.Revocation, cancellation).ConfigureAwait(false);
        await using (answer.ConfigureAwait(false))
        {
            if (!answer.IsFetched)
                return RevocationAnswer.None(answer.Why);
            var response = await answer.Body.ReadAsync(new ByteRange(0, answer.Body.Length), cancellation).ConfigureAwait(false);
            if (_kept.Count >= MostKept)
                _kept.Clear();
            _kept[question] = new(response, Stopwatch.GetTimestamp());
            return RevocationAnswer.Of(response);
        }
    }
}
