using System.Buffers.Binary;
using System.Text;

namespace Provenance.TestKit;

/// <summary>
/// Finds boxes in a store by path, without building a model: <c>/c2pa/&lt;manifest&gt;/c2pa.claim.v2</c>. Offsets are those
/// of the store's bytes.
/// </summary>
public sealed class StoreMap
{
    private readonly List<(string Path, Extent Box, Extent Content)> _boxes = [];

    /// <summary>Each superbox: its path, the range of the whole box, and the payload of its first content box.</summary>
    public IReadOnlyList<(string Path, Extent Box, Extent Content)> Boxes => _boxes;

    public static StoreMap Read(byte[] store)
    {
        var map = new StoreMap();
        map.Walk(store, 0, store.Length, "");
        return map;
    }

    /// <summary>The whole superbox at this path.</summary>
    public Extent Box(string path) => Find(path).Box;

    /// <summary>What stands in the first content box of the superbox at this path: the claim's CBOR, the COSE bytes.</summary>
    public Extent Content(string path) => Find(path).Content;

    private (string Path, Extent Box, Extent Content) Find(string path) =>
        _boxes.Find(b => b.Path == path) is { Path: not null } found ? found : throw new ArgumentException($"no box {path} among {string.Join(", ", _boxes.Select(b => b.Path))}", nameof(path));

    private void Walk(byte[] store, int at, int end, string parent)
    {
        while (at + 8 <= end)
        {
            int length = checked((int)BinaryPrimitives.ReadUInt32BigEndian(store.AsSpan(at)));
            if (length < 8 || length > end - at) return;
            if (store.AsSpan(at + 4, 4).SequenceEqual("jumb"u8))
            {
                int description = at + 8, descriptionLength = checked((int)BinaryPrimitives.ReadUInt32BigEndian(store.AsSpan(description)));
                int label = description + 25, labelEnd = label + store.AsSpan(label).IndexOf((byte)0);
                string path = $"{parent}/{Encoding.UTF8.GetString(store.AsSpan(label..labelEnd))}";
                int content = description + descriptionLength;
                int contentLength = content + 8 <= at + length ? checked((int)BinaryPrimitives.ReadUInt32BigEndian(store.AsSpan(content))) : 8;
                _boxes.Add((path, new(at, length), new(content + 8, contentLength - 8)));
                Walk(store, content, at + length, path);
            }
            at += length;
        }
    }
}
