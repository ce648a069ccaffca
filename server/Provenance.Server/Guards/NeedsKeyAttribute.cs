namespace Provenance.Server.Guards;

/// <summary>An action for callers with a key alone.</summary>
/// <param name="scope">What the key has to allow, of <see cref="ApiScopes.All"/>; null: any key will do.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class NeedsKeyAttribute(string? scope = null) : Attribute
{
    public string? Scope => scope;
}
