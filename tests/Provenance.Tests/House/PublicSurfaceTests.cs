using Provenance.Verifier.Bytes;
using Xunit;

namespace Provenance.Tests.House;

public sealed class PublicSurfaceTests
{
    private static readonly string Committed = Repository.PathOf("tests", "Provenance.Tests", "House", "PublicSurface.txt");

    [Fact]
    public void The_public_surface_is_the_committed_one()
    {
        var surface = PublicSurface.Of(typeof(ByteRange).Assembly);
        if (Environment.GetEnvironmentVariable("PROVENANCE_UPDATE") == "1")
            File.WriteAllText(Committed, surface);

        var committed = File.ReadAllText(Committed).ReplaceLineEndings("\n").Split('\n');
        var now = surface.Split('\n');
        Assert.True(
            now.SequenceEqual(committed),
            $"The public surface changed. If that is meant, run the tests once with PROVENANCE_UPDATE=1 and review PublicSurface.txt.\n" +
            string.Join('\n', committed.Except(now).Select(line => "- " + line).Concat(now.Except(committed).Select(line => "+ " + line))));
    }

    [Fact]
    public void What_others_can_reach_is_written_down_and_nothing_else()
    {
        var surface = PublicSurface.Of(typeof(PublicSurfaceTests).Assembly);
        var mine = surface[surface.IndexOf("abstract class Provenance.Tests.House.SurfaceSample", StringComparison.Ordinal)..].Split("\n");
        Assert.Equal(
            [
                "abstract class Provenance.Tests.House.SurfaceSample : IDisposable",
                "    protected new()",
                "    abstract void Dispose()",
                "    static Task<IReadOnlyList<string?>> Find<T>(T key, out byte[] found, int? limit = default, params string[] names)",
                "    protected int Inherited { get; }",
                "    string this[int index] { get; }",
                "    required string? Text { get; init; }",
                "    override string ToString()",
                "    const string Word = \"word\"",
            ],
            mine[..9]);
    }
}

public abstract class SurfaceSample : IDisposable
{
    public const string Word = "word";

    protected SurfaceSample() => Hidden = 1;

    public required string? Text { get; init; }

    protected int Inherited => Hidden;

    internal int Hidden { get; private set; }

    public string this[int index] => throw new NotSupportedException($"{index}");

    public static Task<IReadOnlyList<string?>> Find<T>(T key, out byte[] found, int? limit = null, params string[] names)
    {
        found = [];
        return Task.FromResult<IReadOnlyList<string?>>([$"{key}{limit}", .. names]);
    }

    public abstract void Dispose();

    public override string ToString() => "";
}
