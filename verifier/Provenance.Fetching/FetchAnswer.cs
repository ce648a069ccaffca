using System.Diagnostics.CodeAnalysis;
using Provenance.Verifier.Bytes;

namespace Provenance.Fetching;

/// <summary>Why nothing was fetched.</summary>
public enum FetchFault
{
    /// <summary>It was.</summary>
    None,

    /// <summary>The URL, or an address it leads to, is not one that may be asked: nobody was.</summary>
    NotAllowed,

    /// <summary>The host has no address, does not answer, or cannot prove who it is.</summary>
    Unreachable,

    /// <summary>The host answered, and did not give it.</summary>
    NotGiven,

    /// <summary>The answer was larger than a limit.</summary>
    TooLarge,

    /// <summary>It took too long.</summary>
    TooSlow,

    /// <summary>The answer broke the rules of HTTP, or ended early.</summary>
    Broken,
}

/// <summary>What came of a fetch: a body, or why there is none.</summary>
public sealed class FetchAnswer : IAsyncDisposable
{
    private FetchAnswer()
    {
    }

    /// <summary>Whether there is a body.</summary>
    [MemberNotNullWhen(true, nameof(Body), nameof(Url))]
    public bool IsFetched => Body is not null;

    /// <summary>All bytes of the answer; null where there are none. Disposed with this.</summary>
    public AssetSource? Body { get; private init; }

    /// <summary>The URL that gave it, behind all redirects.</summary>
    public Uri? Url { get; private init; }

    /// <summary>The answer's <c>Link</c> header fields, as they came.</summary>
    public IReadOnlyList<string> Links { get; private init; } = [];

    /// <summary>Why there is no body.</summary>
    public FetchFault Fault { get; private init; }

    /// <summary>The same in words: fit for a report, without paths, queries or passwords.</summary>
    public string Why { get; private init; } = "";

    /// <summary>Whether another URL was named by a host on the way, followed or not.</summary>
    internal bool IsRedirected { get; set; }

    internal static FetchAnswer Fetched(AssetSource body, Uri url, IReadOnlyList<string> links) => new() { Body = body, Url = url, Links = links };

    internal static FetchAnswer Failed(FetchFault fault, string why) => new() { Fault = fault, Why = why };

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Body?.DisposeAsync() ?? default;
}
