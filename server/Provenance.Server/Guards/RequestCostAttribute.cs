using Provenance.Server.Settings;

namespace Provenance.Server.Guards;

/// <summary>What a request to an action costs of its caller's tokens; without it: 1, for what is answered from memory.</summary>
/// <param name="tokens">At most <see cref="RateSettings.DearestRequest"/>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class RequestCostAttribute(int tokens) : Attribute
{
    /// <summary>For what asks the database or searches.</summary>
    public const int Search = 2;

    /// <summary>For what verifies a file.</summary>
    public const int Verify = RateSettings.DearestRequest;

    public int Tokens => tokens;
}
