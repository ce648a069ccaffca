using System.Formats.Cbor;
using System.Text;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Xunit;
using OurReader = Provenance.Verifier.Cbor.CborReader;
using PlatformReader = System.Formats.Cbor.CborReader;

namespace Provenance.Tests.Cbor;

/// <summary>System.Formats.Cbor says whether a document is valid and what it says; we must agree, but for what is named here.</summary>
public sealed class CborOracleTests
{
    [Fact]
    public void Random_documents_are_read_as_the_platform_reads_them()
    {
        var random = new Random(8949);
        var tally = new Tally();
        for (int i = 0; i < 20_000; i++)
            Compare(new Document(random).Write(random.Next(1, 6)), tally);
        Assert.True(tally is { Accepted: > 15_000, Refused: > 300, SameKeyInOtherBytes: > 10 }, $"{tally}");
    }

    [Fact]
    public void Mutated_documents_are_read_or_refused_as_by_the_platform()
    {
        var random = new Random(1993);
        var tally = new Tally();
        for (int i = 0; i < 3000; i++)
        {
            byte[] document = new Document(random).Write(random.Next(1, 5));
            for (int j = 0; j < 20; j++)
                Compare(Mutate(document, random), tally);
        }
        Assert.True(tally is { Accepted: > 5000, Refused: > 5000, SameKeyInOtherBytes: > 10 }, $"{tally}");
    }

    [Fact]
    public void Every_document_of_two_bytes_and_many_of_three_are_read_or_refused_as_by_the_platform()
    {
        var tally = new Tally();
        for (int first = 0; first < 256; first++)
        {
            Compare([(byte)first], tally);
            for (int second = 0; second < 256; second++)
            {
                Compare([(byte)first, (byte)second], tally);
                Compare([(byte)first, (byte)second, (byte)(first * 7 + second * 13 & 0xFF)], tally);
                Compare([(byte)first, (byte)second, 0xFF], tally);
            }
        }
        Assert.True(tally is { Accepted: > 2000, Refused: > 2000 }, $"{tally}");
    }

    private sealed record Tally
    {
        public int Accepted { get; set; }

        public int Refused { get; set; }

        public int SameKeyInOtherBytes { get; set; }
    }

    private static byte[] Mutate(byte[] document, Random random)
    {
        var bytes = new List<byte>(document);
        for (int times = random.Next(1, 4); times > 0; times--)
        {
            int at = random.Next(bytes.Count + 1);
            switch (random.Next(4))
            {
                case 0 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when at < bytes.Count:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 3 when at < bytes.Count:
                    bytes[at] = new byte[] { 0xFF, 0x9F, 0xBF, 0x5F, 0x7F, 0xF8, 0x81, 0xA1, 0xC0, 0x1B }[random.Next(10)];
                    break;
            }
        }
        return [.. bytes];
    }

    private static void Compare(byte[] document, Tally tally)
    {
        string hex = Convert.ToHexString(document);
        CborValue? ours = null;
        MalformedDataException? why = null;
        try
        {
            ours = OurReader.Read(document, "oracle", new CborBudget(Limits.Default));
        }
        catch (MalformedDataException e)
        {
            why = e;
        }

        string? theirs;
        try
        {
            var reader = new PlatformReader(document, CborConformanceMode.Strict);
            theirs = Describe(reader);
            if (reader.BytesRemaining > 0)
                theirs = null;
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException)
        {
            theirs = null;
        }

        if (ours is not null)
        {
            tally.Accepted++;
            Assert.True(theirs is not null, $"only we accept {hex}");
            Assert.Equal(theirs, Describe(ours));
            Assert.True(ours.Encoded.Span.SequenceEqual(document));
            return;
        }
        tally.Refused++;
        if (theirs is null)
            return;
        // The one difference: the platform compares keys by their bytes, we by their value.
        Assert.True(why!.Rule.Contains("has this key already", StringComparison.Ordinal), $"only the platform accepts {hex}: {why.Message}");
        tally.SameKeyInOtherBytes++;
    }

    private static string Describe(PlatformReader reader)
    {
        var text = new StringBuilder();
        switch (reader.PeekState())
        {
            case CborReaderState.UnsignedInteger:
                return $"u{reader.ReadUInt64()} ";
            case CborReaderState.NegativeInteger:
                return $"n{reader.ReadCborNegativeIntegerRepresentation()} ";
            case CborReaderState.ByteString or CborReaderState.StartIndefiniteLengthByteString:
                return $"b{Convert.ToHexString(reader.ReadByteString())} ";
            case CborReaderState.TextString or CborReaderState.StartIndefiniteLengthTextString:
                return $"t{reader.ReadTextString()} ";
            case CborReaderState.StartArray:
                reader.ReadStartArray();
                while (reader.PeekState() != CborReaderState.EndArray)
                    text.Append(Describe(reader));
                reader.ReadEndArray();
                return $"[{text}]";
            case CborReaderState.StartMap:
                reader.ReadStartMap();
                while (reader.PeekState() != CborReaderState.EndMap)
                    text.Append(Describe(reader)).Append(':').Append(Describe(reader));
                reader.ReadEndMap();
                return $"{{{text}}}";
            case CborReaderState.Tag:
                return $"{(ulong)reader.ReadTag()}({Describe(reader)})";
            case CborReaderState.HalfPrecisionFloat:
                return Describe((double)reader.ReadHalf());
            case CborReaderState.SinglePrecisionFloat:
                return Describe(reader.ReadSingle());
            case CborReaderState.DoublePrecisionFloat:
                return Describe(reader.ReadDouble());
            case CborReaderState.Boolean:
                return reader.ReadBoolean() ? "true " : "false ";
            case CborReaderState.Null:
                reader.ReadNull();
                return "null ";
            default:
                return $"s{(int)reader.ReadSimpleValue()} ";
        }
    }

    // Of a NaN the platform's conversions change the payload.
    private static string Describe(double value) => double.IsNaN(value) ? "NaN " : $"f{BitConverter.DoubleToInt64Bits(value):X} ";

    private static string Describe(CborValue value) => value.Kind switch
    {
        CborKind.UnsignedInteger => $"u{value.UInt64} ",
        CborKind.NegativeInteger => $"n{value.Number} ",
        CborKind.ByteString => $"b{Convert.ToHexString(value.Bytes!.Value.Span)} ",
        CborKind.TextString => $"t{value.Text} ",
        CborKind.Array => $"[{string.Concat(value.Items.Select(Describe))}]",
        CborKind.Map => $"{{{string.Concat(value.Entries.Select(e => $"{Describe(e.Key)}:{Describe(e.Value)}"))}}}",
        CborKind.Tag => $"{value.TagNumber}({Describe(value.Content!)})",
        CborKind.Float => Describe(value.Float!.Value),
        CborKind.Boolean => value.Boolean!.Value ? "true " : "false ",
        CborKind.Null => "null ",
        CborKind.Undefined => "s23 ",
        _ => $"s{value.Number} ",
    };

    /// <summary>A random document: every kind of item, every width of head, and now and then a fault.</summary>
    private sealed class Document(Random random)
    {
        private readonly List<byte> _bytes = [];

        public byte[] Write(int depth)
        {
            Item(depth);
            return [.. _bytes];
        }

        private void Item(int depth)
        {
            switch (random.Next(depth > 0 ? 14 : 9))
            {
                case 0:
                    Head(0, Argument());
                    break;
                case 1:
                    Head(1, Argument());
                    break;
                case 2 or 3:
                    String(2, depth);
                    break;
                case 4 or 5:
                    String(3, depth);
                    break;
                case 6:
                    _bytes.Add((byte)(0xE0 + random.Next(24)));
                    break;
                case 7:
                    _bytes.AddRange([0xF8, (byte)random.Next(24, 256)]);
                    break;
                case 8:
                    int width = random.Next(3);
                    _bytes.Add((byte)(0xF9 + width));
                    byte[] bits = new byte[2 << width];
                    random.NextBytes(bits);
                    if (random.Next(3) == 0)
                        bits[0] |= 0x7F;
                    _bytes.AddRange(bits);
                    break;
                case 9 or 10:
                    Container(4, 1, depth);
                    break;
                case 11 or 12:
                    Container(5, 2, depth);
                    break;
                default:
                    Head(6, Argument());
                    Item(depth - 1);
                    break;
            }
        }

        private void Container(int major, int itemsEach, int depth)
        {
            int count = random.Next(random.Next(20) == 0 ? 20 : 5);
            bool indefinite = random.Next(3) == 0;
            if (indefinite)
                _bytes.Add((byte)(major << 5 | 31));
            else
                Head(major, (ulong)count);
            for (int i = 0; i < count * itemsEach; i++)
                Item(depth - 1);
            if (indefinite)
                _bytes.Add(0xFF);
        }

        private void String(int major, int depth)
        {
            if (depth > 0 && random.Next(4) == 0)
            {
                _bytes.Add((byte)(major << 5 | 31));
                for (int chunks = random.Next(4); chunks > 0; chunks--)
                    String(major, 0);
                _bytes.Add(0xFF);
                return;
            }
            byte[] content = Encoding.UTF8.GetBytes(new string[] { "", "a", "b", "ab", "é", "中文", "🖼", "c2pa.hash.data", new('x', random.Next(300)) }[random.Next(9)]);
            if (random.Next(60) == 0 && content.Length > 0)
                content[random.Next(content.Length)] ^= 0x80;
            Head(major, (ulong)content.Length);
            _bytes.AddRange(content);
        }

        private ulong Argument() => random.Next(3) switch
        {
            0 => (ulong)random.Next(30),
            1 => (ulong)random.Next(70_000),
            _ => unchecked((ulong)random.NextInt64(long.MinValue, long.MaxValue)) >> random.Next(64),
        };

        private void Head(int major, ulong argument)
        {
            int least = argument < 24 ? 0 : argument <= byte.MaxValue ? 1 : argument <= ushort.MaxValue ? 2 : argument <= uint.MaxValue ? 3 : 4;
            int width = random.Next(6) == 0 ? random.Next(least, 5) : least;
            if (width == 0)
            {
                _bytes.Add((byte)(major << 5 | (int)argument));
                return;
            }
            _bytes.Add((byte)(major << 5 | 23 + width));
            for (int shift = (8 << (width - 1)) - 8; shift >= 0; shift -= 8)
                _bytes.Add((byte)(argument >> shift & 0xFF));
        }
    }
}
