using System.Buffers.Binary;
using System.Text;

namespace Provenance.Server.Resolution;

/// <summary>Takes one manifest out of a store.</summary>
internal static class ActiveManifest
{
    // ISO 19566-5 §A: a box is length 4, type 4, and where the length is 1 a length of 8 behind it; 0 reaches to the end. What a superbox begins
    // with is its description: a box of type UUID 16, toggles 1, label, 0.
    private const int ShortHead = 8, LongHead = 16, BeforeLabel = 17;

    /// <summary>A store with this manifest and no other one.</summary>
    /// <param name="store">A store that was checked: its boxes fill each other.</param>
    /// <param name="label">The label of the manifest, which it has; of several boxes of one label the last counts.</param>
    public static byte[] Alone(ReadOnlySpan<byte> store, string label)
    {
        var wanted = Encoding.UTF8.GetBytes(label + '\0');
        int start = Head(store), description = Length(store[start..]);
        var manifest = ReadOnlySpan<byte>.Empty;
        int length;
        for (int at = start + description; at < store.Length; at += length)
        {
            length = Length(store[at..]);
            var box = store.Slice(at, length);
            if (LabelOf(box).StartsWith(wanted))
                manifest = box;
        }
        var alone = new byte[checked(ShortHead + description + manifest.Length)];
        BinaryPrimitives.WriteInt32BigEndian(alone, alone.Length);
        store.Slice(4, 4).CopyTo(alone.AsSpan(4));
        store.Slice(start, description).CopyTo(alone.AsSpan(ShortHead));
        manifest.CopyTo(alone.AsSpan(ShortHead + description));
        return alone;
    }

    /// <summary>The label of a superbox and what follows it; nothing of another box.</summary>
    private static ReadOnlySpan<byte> LabelOf(ReadOnlySpan<byte> box)
    {
        int head = Head(box);
        if (!box[4..].StartsWith("jumb"u8) || box.Length < head + ShortHead)
            return [];
        int inner = Head(box[head..]) + BeforeLabel;
        return box.Length < head + inner ? [] : box[(head + inner)..];
    }

    private static int Head(ReadOnlySpan<byte> box) => BinaryPrimitives.ReadUInt32BigEndian(box) == 1 ? LongHead : ShortHead;

    private static int Length(ReadOnlySpan<byte> box) => BinaryPrimitives.ReadUInt32BigEndian(box) switch
    {
        0 => box.Length,
        1 => checked((int)BinaryPrimitives.ReadUInt64BigEndian(box[ShortHead..])),
        uint length => checked((int)length),
    };
}
