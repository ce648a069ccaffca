using System.Buffers.Binary;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Reports;

namespace Provenance.Metadata;

/// <summary>
/// The datasets of IPTC-IIM 4.2 that are read, cut out of a block: a general parser copies all values of a kind again for each further one,
/// so their number is bounded here.
/// <code>
/// 1C | record 1 | dataset 1 | length 2, or 80 0n and length n | value | …
/// </code>
/// </summary>
internal static class IptcCut
{
    private const byte Marker = 0x1C;

    /// <summary>The character set of all others (§5, dataset 1:90).</summary>
    private const int CodedCharacterSet = 0x015A;

    /// <summary>Resource of Photoshop that holds the datasets.</summary>
    private const int IptcResource = 0x0404;

    /// <summary>Record and dataset, the standard's name, and what it tells.</summary>
    public static IReadOnlyList<(int Number, string Name, MetadataKey Key)> Datasets { get; } =
    [
        (0x0205, "ObjectName", MetadataKey.CaptionTitle),
        (0x0219, "Keywords", MetadataKey.CaptionKeywords),
        (0x0237, "DateCreated", MetadataKey.TimeOriginal),
        (0x0241, "OriginatingProgram", MetadataKey.Software),
        (0x0250, "By-line", MetadataKey.Creator),
        (0x025A, "City", MetadataKey.LocationName),
        (0x025C, "Sub-location", MetadataKey.LocationName),
        (0x025F, "Province/State", MetadataKey.LocationName),
        (0x0265, "Country/PrimaryLocationName", MetadataKey.LocationName),
        (0x0269, "Headline", MetadataKey.CaptionHeadline),
        (0x026E, "Credit", MetadataKey.Credit),
        (0x0273, "Source", MetadataKey.Source),
        (0x0274, "CopyrightNotice", MetadataKey.Rights),
        (0x0278, "Caption/Abstract", MetadataKey.CaptionDescription),
    ];

    /// <summary>TimeCreated, which belongs to DateCreated.</summary>
    public const int TimeCreated = 0x023C;

    public const int DateCreated = 0x0237;

    /// <summary>The datasets among Photoshop's resources; empty where there are none.</summary>
    /// <exception cref="MalformedDataException">A resource reaches behind the end.</exception>
    public static ReadOnlyMemory<byte> InResources(ReadOnlyMemory<byte> resources)
    {
        // "8BIM", number 2, name with its length 1, padded to even, length 4, data padded to even (Photoshop file format, image resources).
        int at = 0;
        var bytes = resources.Span;
        while (bytes.Length - at >= 12)
        {
            if (!bytes[at..].StartsWith("8BIM"u8) && !bytes[at..].StartsWith("PHUT"u8) && !bytes[at..].StartsWith("AgHg"u8) && !bytes[at..].StartsWith("DCSR"u8))
                throw new MalformedDataException("Photoshop resources", at, "8BIM expected");
            int number = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 4)..]);
            int data = at + 6 + (2 + bytes[at + 6]) / 2 * 2 + 4;
            if (data > bytes.Length)
                throw new MalformedDataException("Photoshop resources", at, "the block ends inside a resource");
            uint length = BinaryPrimitives.ReadUInt32BigEndian(bytes[(data - 4)..]);
            if (length > (uint)(bytes.Length - data))
                throw new MalformedDataException("Photoshop resources", at, $"{length} bytes expected, the block ends after {bytes.Length - data}");
            if (number == IptcResource)
                return resources.Slice(data, (int)length);
            at = data + (int)Math.Min(length + (length & 1), (uint)(bytes.Length - data));
        }
        return default;
    }

    /// <summary>The datasets that are read, at most <see cref="MetadataLimits.Values"/> of a kind.</summary>
    /// <exception cref="MalformedDataException">A dataset reaches behind the end, or something else stands where one should.</exception>
    public static byte[] Of(ReadOnlySpan<byte> block)
    {
        using var cut = new MemoryStream();
        var counts = new Dictionary<int, int>();
        for (int at = 0; at < block.Length;)
        {
            if (block[at] != Marker)
            {
                // Writers pad with zeros.
                if (!block[at..].ContainsAnyExcept((byte)0))
                    break;
                throw new MalformedDataException("IPTC-IIM", at, $"0x1C expected, 0x{block[at]:X2} found (§1.5)");
            }
            if (block.Length - at < 5)
                throw new MalformedDataException("IPTC-IIM", at, "the block ends inside a dataset");
            int number = block[at + 1] << 8 | block[at + 2];
            uint length = BinaryPrimitives.ReadUInt16BigEndian(block[(at + 3)..]);
            int header = 5;
            if (length == 0x8004 && block.Length - at >= 9)
            {
                length = BinaryPrimitives.ReadUInt32BigEndian(block[(at + 5)..]);
                header = 9;
            }
            if (length > (uint)(block.Length - at - header) || (header == 5 && length > 0x7FFF))
                throw new MalformedDataException("IPTC-IIM", at, $"{length} bytes expected, the block ends after {block.Length - at - header}");
            if (IsRead(number) && length <= 0x7FFF && (counts[number] = counts.GetValueOrDefault(number) + 1) <= MetadataLimits.Values)
            {
                // In the short form, which every reader knows.
                cut.Write([Marker, block[at + 1], block[at + 2], (byte)(length >> 8), (byte)(length & 0xFF)]);
                cut.Write(block.Slice(at + header, (int)length));
            }
            at += header + (int)length;
        }
        return cut.ToArray();
    }

    private static bool IsRead(int number) => number is CodedCharacterSet or TimeCreated || Datasets.Any(dataset => dataset.Number == number);
}
