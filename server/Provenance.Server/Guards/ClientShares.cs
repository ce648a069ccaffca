using System.Runtime.InteropServices;

namespace Provenance.Server.Guards;

/// <summary>How many places of something each client has at once: one that takes all it can get leaves the rest to others.</summary>
/// <remarks>Counts exactly, unlike <see cref="TokenBuckets"/>: only clients that hold a place stand in it, so it is no larger than what it counts.</remarks>
/// <param name="most">Places of one client.</param>
internal sealed class ClientShares(int most)
{
    private readonly Lock _turn = new();
    private readonly Dictionary<ClientNetwork, int> _held = [];

    /// <summary>Clients that hold a place.</summary>
    public int Clients
    {
        get
        {
            lock (_turn)
                return _held.Count;
        }
    }

    /// <summary>Places that a client holds.</summary>
    public int Held(ClientNetwork client)
    {
        lock (_turn)
            return _held.GetValueOrDefault(client);
    }

    /// <summary>A place, which is given back when it is disposed; null where the client has all that it may have.</summary>
    public IDisposable? TryTake(ClientNetwork client)
    {
        lock (_turn)
        {
            ref int held = ref CollectionsMarshal.GetValueRefOrAddDefault(_held, client, out _);
            if (held >= most)
                return null;
            held++;
        }
        return new Place(this, client);
    }

    private void Return(ClientNetwork client)
    {
        lock (_turn)
        {
            if (--CollectionsMarshal.GetValueRefOrNullRef(_held, client) == 0)
                _held.Remove(client);
        }
    }

    private sealed class Place(ClientShares shares, ClientNetwork client) : IDisposable
    {
        private int _isGone;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGone, 1) == 0)
                shares.Return(client);
        }
    }
}
