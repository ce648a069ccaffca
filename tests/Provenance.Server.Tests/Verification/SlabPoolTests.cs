using Provenance.Server.Verification.Bodies;
using Xunit;

namespace Provenance.Server.Tests.Verification;

/// <summary>The memory that bodies share.</summary>
public sealed class SlabPoolTests
{
    private const int Kibi = 1 << 10;

    [Fact]
    public void A_piece_is_as_large_as_was_asked_or_larger_and_the_largest_is_the_bound()
    {
        var pool = new SlabPool(64 << 20, 16 << 20);
        Assert.Equal(64 * Kibi, pool.TryRent(1)!.Length);
        Assert.Equal(64 * Kibi, pool.TryRent(64 * Kibi)!.Length);
        Assert.Equal(256 * Kibi, pool.TryRent((64 * Kibi) + 1)!.Length);
        Assert.Equal(8 << 20, pool.TryRent(7_900_000)!.Length);
        Assert.Equal(16 << 20, pool.TryRent(16 << 20)!.Length);
        Assert.Null(pool.TryRent((16 << 20) + 1));
    }

    [Fact]
    public void What_is_given_back_is_given_out_again()
    {
        var pool = new SlabPool(1 << 20, 256 * Kibi);
        var slab = pool.TryRent(256 * Kibi)!;
        pool.Return(slab);
        Assert.Same(slab, pool.TryRent(200 * Kibi));
        Assert.Equal(256 * Kibi, pool.Held);
    }

    [Fact]
    public void There_is_so_much_and_no_more_and_an_eighth_is_kept_for_those_who_begin()
    {
        var pool = new SlabPool(2 << 20, 256 * Kibi);
        for (int i = 0; i < 7; i++)
            Assert.NotNull(pool.TryRent(256 * Kibi));
        Assert.Null(pool.TryRent(256 * Kibi));
        for (int i = 0; i < 4; i++)
            Assert.NotNull(pool.TryRent(1));
        Assert.Null(pool.TryRent(1));
        Assert.Equal(2 << 20, pool.Held);
    }

    [Fact]
    public void Pieces_that_lie_idle_make_room_for_others()
    {
        var pool = new SlabPool(1 << 20, 512 * Kibi);
        pool.Return(pool.TryRent(512 * Kibi)!);
        for (int i = 0; i < 16; i++)
            Assert.NotNull(pool.TryRent(1));
        Assert.Equal(1 << 20, pool.Held);
    }
}
