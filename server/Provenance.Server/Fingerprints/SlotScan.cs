using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Provenance.Server.Fingerprints;

/// <summary>
/// Reads segments for the entries of a private look-up's buckets. A bucket that is full is looked for no longer, so that the work is bounded by
/// one pass and <see cref="PrivateLookup.MostOfBucket"/> entries a pair, whoever filled the buckets.
/// </summary>
internal sealed class SlotScan
{
    private const int HalfSlots = PdqHash.Slots / 2;

    private readonly PrivateLookup _lookup;
    private readonly int[] _taken;
    private readonly List<SlotValue> _cut = [];
    private readonly List<PdqEntry> _entries = [];
    private List<int> _open;
    private Layer[] _front = [];
    private Layer[] _back = [];

    public SlotScan(PrivateLookup lookup)
    {
        _lookup = lookup;
        _taken = new int[lookup.Pairs.Count];
        _open = [.. Enumerable.Range(0, lookup.Pairs.Count)];
        MakeLayers();
    }

    public PdqBuckets Buckets() => new(_entries, _cut);

    /// <summary>Two hashes at a time: sixteen slots, of which each layer holds one value or none.</summary>
    public void Take(PdqSegment segment)
    {
        var front = MemoryMarshal.Cast<ulong, ushort>(segment.Front);
        var back = MemoryMarshal.Cast<ulong, ushort>(segment.Back);
        int at = 0;
        for (; at + 2 <= segment.Count && _open.Count > 0; at += 2)
        {
            var found = Vector256<ushort>.Zero;
            if (_front.Length > 0)
                found = Found(_front, Vector256.Create(front.Slice(HalfSlots * at, 2 * HalfSlots)));
            if (_back.Length > 0)
                found |= Found(_back, Vector256.Create(back.Slice(HalfSlots * at, 2 * HalfSlots)));
            if (found == Vector256<ushort>.Zero)
                continue;
            Take(segment.Ids[at], segment.Hash(at));
            Take(segment.Ids[at + 1], segment.Hash(at + 1));
        }
        for (; at < segment.Count && _open.Count > 0; at++)
            Take(segment.Ids[at], segment.Hash(at));
    }

    private Vector256<ushort> Found(Layer[] layers, Vector256<ushort> slots)
    {
        var found = Vector256<ushort>.Zero;
        foreach (var layer in layers)
        {
            var differing = slots ^ layer.Values;
            // Without its lowest bit a number of one bit is zero.
            if (_lookup.Radius == 1)
                differing &= differing - Vector256<ushort>.One;
            found |= Vector256.Equals(differing, Vector256<ushort>.Zero) & layer.Used;
        }
        return found;
    }

    private void Take(long entryId, PdqHash hash)
    {
        bool wanted = false;
        bool filled = false;
        foreach (int i in _open)
        {
            var pair = _lookup.Pairs[i];
            if (BitOperations.PopCount((uint)(hash.Slot(pair.Slot) ^ pair.Value)) > _lookup.Radius)
                continue;
            if (_taken[i] == PrivateLookup.MostOfBucket)
            {
                _cut.Add(pair);
                filled = true;
                continue;
            }
            _taken[i]++;
            wanted = true;
        }
        if (wanted)
            _entries.Add(new(entryId, hash));
        if (filled)
        {
            _open = [.. _open.Where(i => !_cut.Contains(_lookup.Pairs[i]))];
            MakeLayers();
        }
    }

    private void MakeLayers()
    {
        var pairs = _open.Select(i => _lookup.Pairs[i]).ToList();
        _front = Layers(pairs.Where(pair => pair.Slot < HalfSlots));
        _back = Layers(pairs.Where(pair => pair.Slot >= HalfSlots));
    }

    /// <summary>The first value of each slot in one layer, the second in another.</summary>
    private static Layer[] Layers(IEnumerable<SlotValue> pairs)
        => [.. pairs.GroupBy(pair => pair.Slot).SelectMany(slot => slot.Index()).GroupBy(item => item.Index, item => item.Item).Select(Layer.Of)];

    /// <summary>Values in the lanes of their slots, for two hashes; and which lanes have one.</summary>
    private readonly record struct Layer(Vector256<ushort> Values, Vector256<ushort> Used)
    {
        public static Layer Of(IEnumerable<SlotValue> pairs)
        {
            var values = new ushort[2 * HalfSlots];
            var used = new ushort[2 * HalfSlots];
            foreach (var (slot, value) in pairs)
            {
                int lane = slot % HalfSlots;
                values[lane] = values[lane + HalfSlots] = value;
                used[lane] = used[lane + HalfSlots] = ushort.MaxValue;
            }
            return new(Vector256.Create(values), Vector256.Create(used));
        }
    }
}
