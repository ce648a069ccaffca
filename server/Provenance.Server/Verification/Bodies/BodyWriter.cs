using System.Diagnostics;
using Provenance.Server.Guards;

namespace Provenance.Server.Verification.Bodies;

/// <summary>
/// Takes in a body as it arrives. It begins in a small piece of memory, so that hundreds of slow senders hold little; one who fills that
/// soon is given what the body says that it needs.
/// </summary>
/// <param name="room">Where bodies are kept.</param>
/// <param name="most">The most bytes that this one may have.</param>
/// <param name="declared">How many it says that it has; null where it does not.</param>
/// <param name="share">Needed for more than the beginning; outlives this. Null where nobody sends.</param>
internal sealed class BodyWriter(BodyRoom room, long most, long? declared, ClientShare? share) : IAsyncDisposable
{
    /// <summary>Written to a file at a time.</summary>
    private const int FileBlock = 256 << 10;

    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(1);

    private readonly long _start = Stopwatch.GetTimestamp();
    private byte[]? _slab;
    private SpoolFile? _file;
    private int _held;

    private long Length => (_file?.Length ?? 0) + _held;

    /// <summary>Room for what arrives next, never empty.</summary>
    /// <exception cref="RefusedException">The body is too large, or there is no room left.</exception>
    public async ValueTask<Memory<byte>> RoomAsync(CancellationToken cancellation)
    {
        if (_slab is null || _held == _slab.Length)
            await MakeRoomAsync(cancellation);
        return _slab.AsMemory(_held);
    }

    /// <summary>Says how much of the room was filled.</summary>
    /// <exception cref="RefusedException">The body is too large.</exception>
    public void Advance(int bytes)
    {
        _held += bytes;
        if (Length > most)
            throw new RefusedException(Problems.TooLarge, TooLargeDetail(most));
    }

    /// <summary>Takes in a piece.</summary>
    /// <exception cref="RefusedException">The body is too large, or there is no room left.</exception>
    public async ValueTask AppendAsync(ReadOnlyMemory<byte> piece, CancellationToken cancellation)
    {
        while (piece.Length > 0)
        {
            var to = await RoomAsync(cancellation);
            int count = Math.Min(to.Length, piece.Length);
            piece[..count].CopyTo(to);
            Advance(count);
            piece = piece[count..];
        }
    }

    /// <summary>Ends the body, and hands it over.</summary>
    /// <exception cref="RefusedException">There is no room left for its end.</exception>
    public async ValueTask<ReceivedBody> FinishAsync(CancellationToken cancellation)
    {
        if (_file is not { } file)
        {
            var body = ReceivedBody.InMemory(room.Memory, _slab, _held);
            _slab = null;
            return body;
        }
        await FlushAsync(file, cancellation);
        _file = null;
        return ReceivedBody.InFile(file);
    }

    public static string TooLargeDetail(long most) => $"This server takes {most} bytes at most.";

    public async ValueTask DisposeAsync()
    {
        if (_slab is not null)
            room.Memory.Return(_slab);
        _slab = null;
        if (_file is not null)
            await _file.DisposeAsync();
    }

    private async ValueTask MakeRoomAsync(CancellationToken cancellation)
    {
        if (_slab is null)
        {
            _slab = room.Memory.TryRent(Math.Min(declared ?? SlabPool.Smallest, SlabPool.Smallest)) ?? throw new RefusedException(Problems.Busy);
            return;
        }
        share?.Take();
        if (_file is { } file)
        {
            await FlushAsync(file, cancellation);
        }
        else if (room.Memory.TryRent(Wanted()) is { } larger)
        {
            _slab.AsSpan(0, _held).CopyTo(larger);
            Replace(larger);
        }
        else
        {
            _file = room.Spool.Open();
            await FlushAsync(_file, cancellation);
            // No more than a block of memory goes with a file, if there is one.
            if (_slab!.Length != FileBlock && room.Memory.TryRent(FileBlock) is { } block)
                Replace(block);
        }
    }

    /// <summary>Bytes of the next piece of memory; more than there is of any where the body goes into a file.</summary>
    private long Wanted()
    {
        if (declared is { } known && Math.Min(known, most) > _held && Stopwatch.GetElapsedTime(_start) < s_soon)
            return known;
        return declared > room.MemoryBodyBytes ? long.MaxValue : _held + 1L;
    }

    private async ValueTask FlushAsync(SpoolFile file, CancellationToken cancellation)
    {
        await file.AppendAsync(_slab.AsMemory(0, _held), cancellation);
        _held = 0;
    }

    private void Replace(byte[] slab)
    {
        room.Memory.Return(_slab!);
        _slab = slab;
    }
}
