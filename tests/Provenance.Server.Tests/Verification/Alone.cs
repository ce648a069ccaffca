using Xunit;

namespace Provenance.Server.Tests.Verification;

/// <summary>Tests that measure time, or that take all there is: beside others they would fail, and make them fail.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "verification, alone";
}
