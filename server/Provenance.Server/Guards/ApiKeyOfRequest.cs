namespace Provenance.Server.Guards;

/// <summary>The key that a request came with.</summary>
internal static class ApiKeyOfRequest
{
    /// <summary>Null for a request without one; never null in an action that needs one.</summary>
    public static ApiKey? ApiKey(this HttpContext context) => context.Features.Get<ApiKey>();
}
