namespace Provenance.Server.Guards;

/// <summary>The keys that this server knows.</summary>
internal interface IApiKeys
{
    /// <summary>The key that was presented; null if it is none of ours. Takes as long for any that is none.</summary>
    Task<ApiKey?> FindAsync(string presented, CancellationToken cancellation);
}

/// <summary>A caller's key, without what is secret of it.</summary>
/// <param name="Name">What whoever runs the server calls its holder.</param>
internal sealed record ApiKey(string Name);
