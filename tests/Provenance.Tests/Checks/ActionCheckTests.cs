using Provenance.TestKit;
using Xunit;

namespace Provenance.Tests.Checks;

public sealed class ActionCheckTests
{
    private static Task<string> Judge(CborFields template) => Statements.JudgeAsync(Statements.Silent().With(Statements.Actions(_ => new()
    {
        { "actions", new[] { new CborFields { { "action", "c2pa.created" } } } }, { "templates", new[] { template } },
    })));

    [Theory]
    [InlineData("c2pa.created", "Trusted")]
    [InlineData("*", "Trusted")]
    [InlineData("c2pa.edited", "assertion.action.malformed")]
    public async Task The_source_type_of_a_created_action_may_stand_in_its_template(string name, string judged) =>
        Assert.Equal(judged, await Judge(new CborFields { { "action", name }, { "digitalSourceType", DigitalSource.Camera } }));
}
