using Provenance.Verifier.Bytes;

namespace Provenance.Fetching;

/// <summary>What one fetch may cost, redirects included.</summary>
public sealed record FetchLimits
{
    /// <summary>For a manifest store: as many bytes as one may have at all (<see cref="Limits.StoreBytes"/>).</summary>
    public static FetchLimits Manifest { get; } = new() { Bytes = Limits.Default.StoreBytes };

    /// <summary>For an asset: up to 1 GiB, for as long as a quarter of an hour, if it keeps coming.</summary>
    public static FetchLimits Asset { get; } = new() { Bytes = 1L << 30, Longest = TimeSpan.FromMinutes(15) };

    /// <summary>
    /// For a question to an OCSP responder. Nearly all are asked over http:// (RFC 5280 §8): the answer is signed, and who could read https
    /// would see the same host. It is not sent on: a question is for whom the certificate names.
    /// </summary>
    public static FetchLimits Revocation { get; } = new() { Bytes = Limits.Default.OcspBytes, Redirects = 0, Time = TimeSpan.FromSeconds(10), Ports = [80, 443], PlainHttp = true };

    /// <summary>For a document that says which key is whose.</summary>
    public static FetchLimits DidDocument { get; } = new() { Bytes = Limits.Default.IdentityDocumentBytes, Time = TimeSpan.FromSeconds(10) };

    /// <summary>Bytes of the answer's body.</summary>
    public required long Bytes { get; init; }

    /// <summary>Kibibytes of the answer's header.</summary>
    public int HeaderKibibytes { get; init; } = 32;

    /// <summary>How many redirects are followed.</summary>
    public int Redirects { get; init; } = 3;

    /// <summary>How long one address may take to be connected to.</summary>
    public TimeSpan ConnectTime { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long everything may take: names, connections, redirects, header, body.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Each of so many bytes of the body that came puts the end of <see cref="Time"/> off by a second, up to <see cref="Longest"/>.</summary>
    public int BytesPerSecond { get; init; } = 64 << 10;

    /// <summary>How long everything may take at most; not used if it is shorter than <see cref="Time"/>.</summary>
    public TimeSpan Longest { get; init; }

    /// <summary>The ports that may be asked.</summary>
    public IReadOnlyList<int> Ports { get; init; } = [443];

    /// <summary>Whether http:// will do too: only for what is signed by itself, and tells nobody on the way more than whom is asked.</summary>
    internal bool PlainHttp { get; init; }
}
