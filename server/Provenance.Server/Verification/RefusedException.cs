using Provenance.Server.Guards;

namespace Provenance.Server.Verification;

/// <summary>A request is not answered, for a reason that is told to whoever asks.</summary>
/// <param name="problem">The reason.</param>
/// <param name="detail">What to do about it; null where the problem's title says all.</param>
internal sealed class RefusedException(Problem problem, string? detail = null) : Exception(detail ?? problem.Title)
{
    public Problem Problem => problem;

    public string? Detail => detail;
}
