namespace Provenance.Server.Guards;

/// <summary>The keys that were given out. What is kept of a key cannot be turned back into it.</summary>
internal interface IApiKeys
{
    /// <summary>
    /// Whose key this is; null for one that is none, is unknown or was revoked. Answered from memory nearly always: guessing keys costs the
    /// database nothing. A key that was just added or revoked elsewhere is known here within <see cref="Storage.ApiKeys.Fresh"/>.
    /// </summary>
    /// <param name="presented">What the client sent, without "Bearer ".</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="Storage.StorageException">No key was ever read, and the database does not answer.</exception>
    ValueTask<ApiKey?> FindAsync(string presented, CancellationToken cancellation);
}

/// <summary>A key, without the key.</summary>
/// <param name="Id">Its public part.</param>
/// <param name="Name">What the operator calls whoever has it.</param>
/// <param name="Scopes">What it allows, of <see cref="ApiScopes.All"/>.</param>
internal sealed record ApiKey(string Id, string Name, IReadOnlyList<string> Scopes)
{
    public bool May(string scope) => Scopes.Contains(scope);
}

/// <summary>What keys can allow. One without any only has a rate of its own.</summary>
internal static class ApiScopes
{
    /// <summary>To publish manifest stores, and to withdraw one's own.</summary>
    public const string Publish = "publish";

    public static readonly IReadOnlyList<string> All = [Publish];
}
