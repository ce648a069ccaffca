using System.CommandLine;

namespace Provenance.Cli;

/// <summary>"provenance inspect": shows what stands in a credential, box by box, and checks nothing.</summary>
internal static class InspectCommand
{
    public const string Name = "inspect";

    public static Command Build()
    {
        var file = new Argument<string>("FILE") { Description = "The picture, or the .c2pa file, to look into." };
        var command = new Command(Name, "Shows every box of a credential with its offset, and what its assertions say. Checks nothing.") { file };
        command.SetAction((_, _) => throw new UsageException(Name, "inspect is not there yet."));
        return command;
    }
}
