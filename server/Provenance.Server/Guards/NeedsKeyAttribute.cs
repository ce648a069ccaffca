namespace Provenance.Server.Guards;

/// <summary>An action for callers with a key alone.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class NeedsKeyAttribute : Attribute;
