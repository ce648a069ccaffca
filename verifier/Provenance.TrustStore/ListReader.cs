using Provenance.Fetching;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Trust;

namespace Provenance.TrustStore;

/// <summary>Gets the bytes of lists: from the disk, or through the guarded client from https:// URLs. Why something cannot be had is told.</summary>
internal sealed class ListReader(ListDialog dialog, GuardedClient? client)
{
    private static readonly FetchLimits s_limits = new() { Bytes = TrustList.MostBytes };

    private readonly GuardedClient _client = client ?? new();

    public static bool IsUrl(string source) => source.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>The bytes; null where they cannot be had.</summary>
    /// <param name="source">A path or a URL.</param>
    /// <param name="isOptional">Then nothing is told.</param>
    public async Task<byte[]?> ReadAsync(string source, bool isOptional = false)
    {
        string why;
        if (IsUrl(source))
        {
            var answer = await _client.FetchAsync(source, s_limits).ConfigureAwait(false);
            await using (answer.ConfigureAwait(false))
            {
                if (answer.IsFetched)
                    return (await answer.Body.ReadAsync(new ByteRange(0, answer.Body.Length), default).ConfigureAwait(false)).ToArray();
                why = answer.Why;
            }
        }
        else
        {
            try
            {
                if (new FileInfo(source) is { Exists: true, Length: <= TrustList.MostBytes })
                    return await File.ReadAllBytesAsync(source).ConfigureAwait(false);
                why = dialog.Words.Say(File.Exists(source) ? "trust.too-long" : "trust.no-such-file");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                why = dialog.Words.Say(FileFault.KeyOf(e));
            }
        }
        if (!isOptional)
            dialog.Complain("trust.cannot-read", "source", source, "why", why);
        return null;
    }
}
