using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Xunit;

namespace Provenance.Tests.Hostile;

/// <summary>Damaged parts through their own parsers: only <see cref="MalformedDataException"/> comes out, cheaply, and the same twice.</summary>
[Long("fuzz", "damages signed files and their parts; only honest answers may come out, in bounded time and memory")]
public sealed class ParserFuzzTests
{
    [Fact]
    public async Task Every_parser_accepts_its_seeds()
    {
        foreach (var parser in Parsers.All)
        {
            Assert.NotEmpty(parser.Seeds);
            foreach (byte[] seed in parser.Seeds)
                Assert.NotEmpty(await parser.Parse(seed));
        }
    }

    [Fact]
    public async Task A_parser_throws_nothing_but_malformed_data()
    {
        foreach (int round in Long.Rounds("fuzz", small: 6000))
        {
            var parser = Parsers.All[round % Parsers.All.Count];
            var mutator = new Mutator(round);
            byte[] seed = mutator.Pick(parser.Seeds);
            byte[] bytes = mutator.OneIn(8) ? TestCbor.Encode(Parsers.RandomCbor(mutator, depth: 5)) : mutator.Bytes(seed);
            string what = $"round {round}, {parser.Name}: {string.Join("; ", mutator.Told)}";
            try
            {
                var (outcome, cost) = await Cost.OfAsync(() => OutcomeAsync(parser, bytes));
                cost.AssertBounded(bytes.Length, what);
                Assert.Equal(outcome, await OutcomeAsync(parser, bytes));
            }
            catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
            {
                Assert.Fail($"{what}: {e}");
            }
        }
    }

    private static async ValueTask<string> OutcomeAsync(Parser parser, byte[] bytes)
    {
        try
        {
            return await parser.Parse(bytes);
        }
        catch (MalformedDataException fault)
        {
            Assert.NotEmpty(fault.Structure);
            Assert.NotEmpty(fault.Rule);
            Assert.True(fault.Offset >= 0, fault.Message);
            return fault.Message;
        }
    }
}
