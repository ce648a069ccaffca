using System.Text;
using Xunit;

namespace Provenance.Tests.House;

/// <summary>A guard that sees nothing passes everything: each place in which a type can be mentioned is seen.</summary>
public sealed class TypeUseReaderTests
{
    private static readonly IReadOnlyCollection<TypeUse> Uses = TypeUseReader.Read(typeof(TypeUseReaderTests).Assembly.Location);

    [Theory]
    [InlineData("StringBuilder")] // the code of a lambda, which the compiler moves into a nested type
    [InlineData("Rune")] // an argument of a generic method
    [InlineData("IFormatProvider")] // the signature of a method that is called
    [InlineData("Stack`1")] // a local variable
    [InlineData("TimeZoneInfo")] // a field
    [InlineData("IAsyncDisposable")] // an interface
    [InlineData("InvalidTimeZoneException")] // a catch
    [InlineData("ICloneable")] // a constraint
    [InlineData("ObsoleteAttribute")] // an attribute
    [InlineData("UriBuilder")] // typeof
    [InlineData("Version")] // an async method, which the compiler turns into a nested type
    public void A_type_is_seen_wherever_it_is_mentioned(string name) =>
        Assert.Contains(Uses, use => use.User.Name == nameof(Mentions) && use.Used.Name == name);

    [Fact]
    public void A_type_that_is_not_mentioned_is_not_seen() =>
        Assert.DoesNotContain(Uses, use => use.User.Name == nameof(Mentions) && use.Used.Name == nameof(Encoding));

    [Fact]
    public void An_arrow_that_the_table_lacks_is_refused()
    {
        Assert.True(Layers.Allow("Provenance.Verifier.Cbor", "Provenance.Verifier.Bytes"));
        Assert.False(Layers.Allow("Provenance.Verifier.Bytes", "Provenance.Verifier.Cbor"));
        Assert.True(Layers.Allow("Provenance.Verifier.Formats.Png", "Provenance.Verifier.Formats"));
        Assert.False(Layers.Allow("Provenance.Verifier.Formats.Png", "Provenance.Verifier.Formats.Jpeg"));
        Assert.False(Layers.Allow("Provenance.Verifier.Novelty", "Provenance.Verifier.Bytes"));
    }
}

internal abstract class Mentions : IAsyncDisposable
{
    private readonly TimeZoneInfo? zone;

    protected Mentions(TimeZoneInfo? zone) => this.zone = zone;

    public static Func<int> Lambda(string text) => () => new StringBuilder(text).Length;

    public static int Call(int[] numbers)
    {
        var stack = new Stack<int>(numbers);
        try
        {
            return Array.Empty<Rune>().Length + 1.ToString("D", null).Length + stack.Count;
        }
        catch (InvalidTimeZoneException)
        {
            return 0;
        }
    }

    [Obsolete("an attribute")]
    public static string Name<T>(T value)
        where T : ICloneable => typeof(UriBuilder).Name + value;

    public async ValueTask DisposeAsync()
    {
        await Task.Yield();
        GC.KeepAlive(new Version(1, 0));
        GC.KeepAlive(zone);
    }
}
