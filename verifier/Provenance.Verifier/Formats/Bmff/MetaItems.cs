using System.Text;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Bmff;

/// <summary>An item of a meta box: a picture, its EXIF data, an XMP packet.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Type">What it is: "hvc1", "Exif", "mime"; empty where that is not said.</param>
/// <param name="ContentType">The media type of a "mime" item.</param>
/// <param name="Extents">Where its bytes are in this file; none where they are in a box of the item list itself.</param>
internal sealed record MetaItem(uint Id, string Type, string ContentType, IReadOnlyList<ByteRange> Extents)
{
    /// <summary>Whether a viewer shows it, or needs it to show something.</summary>
    public bool IsRendered => Type is not ("Exif" or "mime" or "uri ");
}

/// <summary>Reads what a meta box says about its items (ISO 14496-12 §8.11).</summary>
internal static class MetaItems
{
    /// <summary>Bytes of a table of items. 65,536 items of one extent take 1 MiB; a photo in tiles has a hundred.</summary>
    private const long TableLength = 4 << 20;

    /// <exception cref="MalformedDataException">A table breaks its own rules.</exception>
    public static async ValueTask<IReadOnlyList<MetaItem>> ReadAsync(ReadWindow window, BmffBox meta, BoxBudget budget, Limits limits)
    {
        if (await BmffContainers.ChildrenAsync(window, meta).ConfigureAwait(false) is not { } inside)
            return [];
        ReadOnlyMemory<byte>? kinds = null;
        long kindsAt = 0;
        // More than one where there should be one: readers differ in which of them counts, so all do.
        var locations = new List<(ReadOnlyMemory<byte> Table, long At)>();
        var children = BoxSequence.Children(window, budget, inside);
        while (await children.NextAsync().ConfigureAwait(false) is { } box)
        {
            if (box.Type == "iinf")
                (kinds, kindsAt) = (await TableAsync(window, box).ConfigureAwait(false), box.Content.Offset);
            else if (box.Type == "iloc")
                locations.Add((await TableAsync(window, box).ConfigureAwait(false), box.Content.Offset));
        }
        if (locations.Count == 0)
            return [];
        var types = new Dictionary<uint, (string Type, string ContentType)>();
        if (kinds is { } known)
            ReadKinds(known.Span, kindsAt, types, limits);
        var items = new List<MetaItem>();
        foreach (var (table, at) in locations)
            items.AddRange(ReadLocations(table.Span, at, types, window.Length, limits));
        return items;
    }

    private static async ValueTask<ReadOnlyMemory<byte>> TableAsync(ReadWindow window, BmffBox box)
    {
        if (box.Content.Length > TableLength)
            throw new LimitExceededException($"BMFF {box.Name}", box.Start, nameof(Limits.ContainerParts), TableLength);
        var joined = new byte[box.Content.Length];
        for (int at = 0; at < joined.Length;)
        {
            var part = await window.AtAsync(box.Content.Offset + at, Math.Min(ReadWindow.Size, joined.Length - at)).ConfigureAwait(false);
            part.CopyTo(joined.AsMemory(at));
            at += part.Length;
        }
        return joined;
    }

    // iinf: version, flags, count, then an infe box for each item (§8.11.6).
    private static void ReadKinds(ReadOnlySpan<byte> table, long offset, Dictionary<uint, (string Type, string ContentType)> types, Limits limits)
    {
        var cursor = new ByteCursor(table, "BMFF iinf", offset);
        int version = cursor.ReadByte();
        cursor.Skip(3);
        cursor.Skip(version == 0 ? 2 : 4);
        while (cursor.Remaining >= 12)
        {
            long length = cursor.ReadUInt32BigEndian();
            cursor.Skip(4);
            var entry = new ByteCursor(cursor.Take(length - 8), "BMFF infe", cursor.Offset);
            int entryVersion = entry.ReadByte();
            entry.Skip(3);
            if (entryVersion is not (2 or 3))
                continue;
            uint id = entryVersion == 2 ? entry.ReadUInt16BigEndian() : entry.ReadUInt32BigEndian();
            entry.Skip(2); // item_protection_index
            string type = BmffBox.TypeOf(entry.Take(4));
            string contentType = "";
            if (type == "mime")
            {
                ReadText(ref entry); // item_name
                contentType = ReadText(ref entry);
            }
            if (types.Count == limits.ContainerParts)
                throw new LimitExceededException("BMFF iinf", offset, nameof(Limits.ContainerParts), limits.ContainerParts);
            types[id] = (type, contentType);
        }
    }

    // iloc: version, flags, sizes of the fields, count, then for each item its place (§8.11.3).
    private static List<MetaItem> ReadLocations(ReadOnlySpan<byte> table, long offset, Dictionary<uint, (string Type, string ContentType)> types, long end, Limits limits)
    {
        var cursor = new ByteCursor(table, "BMFF iloc", offset);
        int version = cursor.ReadByte();
        cursor.Skip(3);
        int sizes = cursor.ReadUInt16BigEndian();
        int offsetSize = sizes >> 12, lengthSize = sizes >> 8 & 0xF, baseSize = sizes >> 4 & 0xF, indexSize = version is 1 or 2 ? sizes & 0xF : 0;
        uint count = version < 2 ? cursor.ReadUInt16BigEndian() : cursor.ReadUInt32BigEndian();
        var items = new List<MetaItem>();
        int extents = 0;
        for (; count > 0; count--)
        {
            uint id = version < 2 ? cursor.ReadUInt16BigEndian() : cursor.ReadUInt32BigEndian();
            int method = version is 1 or 2 ? cursor.ReadUInt16BigEndian() & 0xF : 0;
            // data_reference_index: readers take every item to be in this file, whatever it says.
            cursor.Skip(2);
            ulong start = ReadNumber(ref cursor, baseSize);
            var places = new List<ByteRange>();
            for (int left = cursor.ReadUInt16BigEndian(); left > 0; left--)
            {
                if (++extents > limits.ContainerParts)
                    throw new LimitExceededException("BMFF iloc", offset, nameof(Limits.ContainerParts), limits.ContainerParts);
                ReadNumber(ref cursor, indexSize);
                ulong at = unchecked(start + ReadNumber(ref cursor, offsetSize));
                ulong length = ReadNumber(ref cursor, lengthSize);
                // Method 0 counts from the start of the file. No length: to the end.
                if (method == 0 && at < (ulong)end)
                    places.Add(new ByteRange((long)at, (long)(length == 0 ? (ulong)end - at : Math.Min(length, (ulong)end - at))));
            }
            var (type, contentType) = types.GetValueOrDefault(id, ("", ""));
            items.Add(new MetaItem(id, type, contentType, places));
        }
        return items;
    }

    /// <summary>Text with a zero behind it, which some writers forget at the end of the box.</summary>
    private static string ReadText(ref ByteCursor entry)
    {
        var start = entry;
        var rest = entry.TakeRest();
        int end = rest.IndexOf((byte)0);
        if (end < 0)
            return Encoding.Latin1.GetString(rest);
        entry = start;
        return Encoding.Latin1.GetString(entry.ReadToNul());
    }

    private static ulong ReadNumber(ref ByteCursor cursor, int size) => size switch
    {
        0 => 0,
        4 => cursor.ReadUInt32BigEndian(),
        8 => cursor.ReadUInt64BigEndian(),
        _ => throw cursor.Malformed("fields of 0, 4 or 8 bytes expected (ISO 14496-12 §8.11.3.3)"),
    };
}
