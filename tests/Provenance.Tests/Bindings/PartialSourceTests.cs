using Provenance.Tests.Rules;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Labels;
using Xunit;

namespace Provenance.Tests.Bindings;

/// <summary>Bindings give the same answer over bytes in memory and over bytes that must be read.</summary>
public sealed class PartialSourceTests
{
    [Theory]
    [InlineData("multi-asset-rest-dropped", "Trusted")]
    [InlineData("multi-asset-rest-changed", "Invalid")]
    [InlineData("boxes-hash", "Trusted")]
    [InlineData("sound", "Trusted")]
    public async Task A_file_that_is_read_in_pieces_is_judged_like_one_in_memory(string name, string state)
    {
        var file = RuleCases.All.Make(name, "jpeg");
        var report = await Provenance.Verifier.Verifier.VerifyAsync(new OneByteAtATime(file.Bytes), file.Policy, TestContext.Current.CancellationToken);
        Assert.Equal(Enum.Parse<ValidationState>(state), report.State);
    }

    [Fact]
    public void A_part_of_what_must_be_read_has_no_memory() => Assert.Null(new Provenance.Verifier.Bindings.SlicedSource(new OneByteAtATime([1, 2, 3]), new ByteRange(1, 1)).Memory);

    [Fact]
    public async Task A_part_gives_its_own_bytes_and_no_others()
    {
        var part = new Provenance.Verifier.Bindings.SlicedSource(AssetSource.FromMemory((byte[])[1, 2, 3, 4, 5]), new ByteRange(1, 3));
        Assert.Equal(3, part.Length);
        Assert.Equal([2, 3, 4], part.Memory!.Value.ToArray());
        Assert.Equal([3, 4], (await part.ReadAsync(new ByteRange(1, 2), TestContext.Current.CancellationToken)).ToArray());
        byte[] buffer = new byte[8];
        Assert.Equal(1, await part.ReadAsync(2, buffer, TestContext.Current.CancellationToken));
        Assert.Equal(0, await part.ReadAsync(3, buffer, TestContext.Current.CancellationToken));
    }

    /// <summary>A source that gives out as little as it may.</summary>
    private sealed class OneByteAtATime(byte[] bytes) : AssetSource
    {
        public override long Length => bytes.Length;

        public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellation)
        {
            if (offset >= bytes.Length || buffer.IsEmpty)
                return new(0);
            buffer.Span[0] = bytes[offset];
            return new(1);
        }
    }
}
