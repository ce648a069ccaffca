using System.Buffers.Binary;
using System.Text;

namespace Provenance.TestKit;

/// <summary>A box of a file in memory, and the boxes inside it.</summary>
/// <param name="Path">Each node with its number among those of its name: <c>/moov[1]/trak[2]</c>.</param>
/// <param name="Type">Four characters.</param>
/// <param name="Extent">The whole box.</param>
/// <param name="HeaderLength">8, or 16 with a size of 64 bits.</param>
public sealed record BmffNode(string Path, string Type, Extent Extent, int HeaderLength)
{
    private const int MostDepth = 8;

    // Containers without fields of their own, and meta, which has version and flags before its boxes.
    private static readonly string[] s_containers =
        ["moov", "trak", "edts", "mdia", "minf", "dinf", "stbl", "mvex", "moof", "traf", "mfra", "meta", "iprp", "ipco", "udta"];

    /// <summary>Boxes inside, in order; none where this box has no room for any.</summary>
    public IReadOnlyList<BmffNode> Children { get; private init; } = [];

    /// <summary>This box and all inside it.</summary>
    public IEnumerable<BmffNode> All => Children.SelectMany(child => child.All).Prepend(this);

    public Extent Payload => new(Extent.Start + HeaderLength, Extent.Length - HeaderLength);

    /// <summary>The boxes of a sound file, outermost first.</summary>
    public static IReadOnlyList<BmffNode> Parse(byte[] file) => Parse(file, 0, file.Length, "", 0);

    // No exclusion leads deeper than to a sample table: moov/trak/mdia/minf/stbl/stco.
    private static List<BmffNode> Parse(byte[] file, long start, long end, string parent, int depth)
    {
        List<BmffNode> boxes = [];
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        while (end - start >= 8)
        {
            long length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan((int)start));
            string type = Encoding.Latin1.GetString(file, (int)start + 4, 4);
            int header = 8;
            if (length == 1) (length, header) = (BinaryPrimitives.ReadInt64BigEndian(file.AsSpan((int)start + 8)), 16);
            if (length == 0) length = end - start;
            if (length < header || length > end - start) throw new InvalidDataException($"{type} at {start} has {length} bytes");
            int number = numbers[type] = numbers.GetValueOrDefault(type) + 1;
            string path = $"{parent}/{type}[{number}]";
            int inside = header + (type == "meta" && !IsQuickTimeMeta(file, start + header) ? 4 : 0);
            boxes.Add(new(path, type, new(start, length), header)
            {
                Children = depth < MostDepth && s_containers.Contains(type) ? Parse(file, start + inside, start + length, path, depth + 1) : [],
            });
            start += length;
        }
        return boxes;
    }

    private static bool IsQuickTimeMeta(byte[] file, long payload) => file.AsSpan((int)payload + 4, 4).SequenceEqual("hdlr"u8);
}
