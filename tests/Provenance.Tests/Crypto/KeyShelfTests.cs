using Provenance.Verifier.Crypto;
using Xunit;

namespace Provenance.Tests.Crypto;

public sealed class KeyShelfTests
{
    private readonly KeyShelf<Key> _shelf = new();

    [Fact]
    public void A_key_comes_back_by_its_bytes()
    {
        var key = new Key();
        _shelf.Put(new byte[] { 1, 2 }, key);
        Assert.Null(_shelf.Take(new byte[] { 1, 3 }));
        Assert.Null(_shelf.Take(new byte[] { 1, 2, 0 }));
        Assert.Same(key, _shelf.Take(new byte[] { 1, 2 }));
    }

    [Fact]
    public void Two_users_never_have_the_same_key()
    {
        _shelf.Put(new byte[] { 1 }, new Key());
        Assert.NotNull(_shelf.Take(new byte[] { 1 }));
        Assert.Null(_shelf.Take(new byte[] { 1 }));
    }

    [Fact]
    public void A_second_import_of_a_key_that_is_here_is_disposed()
    {
        Key first = new(), second = new();
        _shelf.Put(new byte[] { 1 }, first);
        _shelf.Put(new byte[] { 1 }, second);
        Assert.True(second.IsDisposed);
        Assert.Same(first, _shelf.Take(new byte[] { 1 }));
        Assert.False(first.IsDisposed);
    }

    [Fact]
    public void The_bytes_may_change_afterwards()
    {
        byte[] bytes = [1];
        var key = new Key();
        _shelf.Put(bytes, key);
        bytes[0] = 2;
        Assert.Same(key, _shelf.Take(new byte[] { 1 }));
    }

    [Fact]
    public void Sixty_four_keys_stay_and_the_next_one_sends_them_away()
    {
        var keys = Enumerable.Range(0, 65).Select(_ => new Key()).ToArray();
        for (int i = 0; i < 64; i++)
            _shelf.Put(BitConverter.GetBytes(i), keys[i]);
        Assert.DoesNotContain(keys, key => key.IsDisposed);
        _shelf.Put(BitConverter.GetBytes(64), keys[64]);
        Assert.All(keys[..64], key => Assert.True(key.IsDisposed));
        Assert.Same(keys[64], _shelf.Take(BitConverter.GetBytes(64)));
    }

    private sealed class Key : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
