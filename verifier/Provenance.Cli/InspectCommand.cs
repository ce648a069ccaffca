namespace Provenance.Cli;

/// <summary>"provenance inspect": shows what stands in a credential, box by box, and checks nothing.</summary>
internal static class InspectCommand
{
    public const string Name = "inspect", FilesHelp = "The pictures, or .c2pa files, to look into.";

    public static IReadOnlyList<OptionSpec> Options { get; } = [];

    public static Task<int> RunAsync(OptionWords words) => throw new UsageException(Name, "inspect is not there yet.");
}
