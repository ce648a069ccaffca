namespace Provenance.Server.Verification.Bodies;

/// <summary>
/// Memory for bodies: arrays of a few sizes, at most so many bytes of them at once, kept for the next body. Bodies pass through a server by
/// the hundred a second; left to the garbage collector, each would be an object for its slowest generation.
/// </summary>
/// <param name="mostBytes">Bytes of all arrays, in use or kept.</param>
/// <param name="largest">Bytes of the largest body.</param>
internal sealed class SlabPool(long mostBytes, int largest)
{
    public const int Smallest = 64 << 10;

    /// <summary>Larger pieces leave an eighth of all to those with which bodies begin: who fills the memory does not shut the door.</summary>
    private readonly long _mostForLarger = mostBytes - (mostBytes / 8);

    private readonly Lock _turn = new();
    private readonly int[] _sizes = Sizes(largest);
    private readonly Stack<byte[]>[] _kept = [.. Sizes(largest).Select(_ => new Stack<byte[]>())];
    private long _held;

    /// <summary>Bytes of all arrays, in use or kept.</summary>
    public long Held
    {
        get
        {
            lock (_turn)
                return _held;
        }
    }

    /// <summary>An array of at least so many bytes, with whatever another body left in it; null where there is no room for it, or none so large.</summary>
    public byte[]? TryRent(long bytes)
    {
        int size = Array.FindIndex(_sizes, size => size >= bytes);
        if (size < 0)
            return null;
        long most = size == 0 ? mostBytes : _mostForLarger;
        lock (_turn)
        {
            if (_kept[size].TryPop(out byte[]? slab))
                return slab;
            for (int other = _sizes.Length - 1; other >= 0; other--)
            {
                while (_held + _sizes[size] > most && _kept[other].TryPop(out _))
                    _held -= _sizes[other];
            }
            if (_held + _sizes[size] > most)
                return null;
            _held += _sizes[size];
        }
        return GC.AllocateUninitializedArray<byte>(_sizes[size]);
    }

    /// <summary>Takes an array back that <see cref="TryRent"/> gave; nobody uses it any more.</summary>
    public void Return(byte[] slab)
    {
        lock (_turn)
            _kept[Array.IndexOf(_sizes, slab.Length)].Push(slab);
    }

    private static int[] Sizes(int largest)
    {
        var sizes = new List<int>();
        // Of small pieces few sizes do; of large ones half must not lie idle.
        for (long size = Smallest; size < largest; size *= size < (1 << 20) ? 4 : 2)
            sizes.Add((int)size);
        sizes.Add(largest);
        return [.. sizes];
    }
}
