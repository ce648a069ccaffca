using System.Buffers.Binary;
using Provenance.TestKit;

namespace Provenance.Tests.Hostile;

/// <summary>Damages bytes, the same way for the same seed. Knows lengths, box types and the structures of the store.</summary>
internal sealed class Mutator(int seed)
{
    private static readonly byte[] s_bytes = [0, 1, 2, 7, 8, 0x17, 0x18, 0x1F, 0x20, 0x30, 0x40, 0x58, 0x5F, 0x7F, 0x80, 0x81, 0x9F, 0xA0, 0xBF, 0xC0, 0xD8, 0xD9, 0xDA, 0xEB, 0xF6, 0xFB, 0xFE, 0xFF];
    private static readonly uint[] s_lengths = [0, 1, 2, 7, 8, 15, 16, 17, 0x7FFF, 0xFFFF, 0x10000, int.MaxValue, 0x80000000, uint.MaxValue - 1, uint.MaxValue];
    private static readonly string[] s_types = ["jumb", "jumd", "cbor", "json", "uuid", "bfdb", "bidb", "brob", "free", "c2sh"];
    private static readonly string[] s_contentTypes = ["c2pa", "c2ma", "c2um", "c2cm", "c2as", "c2cl", "c2cs", "c2vc", "c2db", "cbor", "json", "uuid", "zzzz"];

    private readonly Random _random = new(seed);

    /// <summary>What the last mutations did, for the message of a failure.</summary>
    public List<string> Told { get; } = [];

    public bool OneIn(int n) => _random.Next(n) == 0;

    public T Pick<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];

    /// <summary>The subject's file, damaged at one of its levels.</summary>
    public byte[] Damage(Subject subject, IReadOnlyList<Subject> others)
    {
        var asset = subject.Asset;
        bool isSidecar = asset.StoreExtent.Length == 0;
        int level = isSidecar ? 0 : _random.Next(5);
        Told.Add($"{subject.Name}, level {level}");
        return level switch
        {
            0 => Bytes(subject.Bytes, asset.Embedding.Pieces.Select(piece => piece.FileOffset)),
            1 => asset.StoreChanged(store => Embeddable(Bytes(store, asset.Map.Boxes.SelectMany(box => new[] { box.Box.Start, box.Box.Start + 8, box.Content.Start - 8 })))),
            2 => asset.BoxesChanged(Boxes),
            3 => Piece(asset),
            _ => asset.WithStoreOf(Pick(others).Asset),
        };
    }

    /// <summary>A JPEG's segments repeat the store's first eight bytes.</summary>
    private static byte[] Embeddable(byte[] store) => store.Length < 8 ? store.Appended(new byte[8]) : store;

    /// <summary>One to four changes to bytes, half of them where <paramref name="marks"/> say that a structure starts.</summary>
    public byte[] Bytes(byte[] bytes, IEnumerable<long>? marks = null)
    {
        long[] starts = [.. marks ?? []];
        for (int changes = _random.Next(4); changes >= 0; changes--)
        {
            int at = starts.Length > 0 && OneIn(2) ? (int)Math.Min(Pick(starts) + _random.Next(16), bytes.Length) : _random.Next(bytes.Length + 1);
            bytes = Change(bytes, at);
        }
        return bytes;
    }

    private byte[] Change(byte[] bytes, int at)
    {
        int left = bytes.Length - at, kind = left == 0 ? 9 : _random.Next(12);
        Told.Add($"kind {kind} at {at}");
        int run = Math.Min(left, OneIn(4) ? _random.Next(1, 4000) : _random.Next(1, 32));
        switch (kind)
        {
            case 0 or 1:
                return bytes.FlipBit(at, _random.Next(8));
            case 2:
                return bytes.Overwritten(at, [Pick(s_bytes)]);
            case 3:
                return bytes.Overwritten(at, [(byte)_random.Next(256)]);
            case 4 when left >= 4:
                byte[] length = new byte[4];
                BinaryPrimitives.WriteUInt32BigEndian(length, Pick(s_lengths));
                return bytes.Overwritten(at, length);
            case 5 when left >= 8:
                byte[] wide = new byte[8];
                BinaryPrimitives.WriteUInt64BigEndian(wide, OneIn(2) ? Pick(s_lengths) : ulong.MaxValue >> _random.Next(3));
                return bytes.Overwritten(at, wide);
            case 6 when left >= 4:
                byte[] nudged = bytes[at..(at + 4)];
                BinaryPrimitives.WriteUInt32BigEndian(nudged, unchecked(BinaryPrimitives.ReadUInt32BigEndian(nudged) + (uint)_random.Next(-9, 10)));
                return bytes.Overwritten(at, nudged);
            case 7:
                return bytes.Removed(new(at, run));
            case 8:
                return bytes.Inserted(_random.Next(bytes.Length + 1), bytes[at..(at + run)]);
            case 9:
                byte[] filler = new byte[_random.Next(1, 64)];
                if (OneIn(2))
                    _random.NextBytes(filler);
                else
                    Array.Fill(filler, Pick(s_bytes));
                return bytes.Inserted(at, filler);
            case 10 when OneIn(4):
                return bytes.Truncated(at);
            default:
                int other = _random.Next(bytes.Length);
                int swapped = Math.Min(run, bytes.Length - other);
                return bytes.Overwritten(at, bytes[other..(other + Math.Min(swapped, left))]);
        }
    }

    /// <summary>Bytes of the claim, the signature or an assertion; the boxes around them keep their lengths right.</summary>
    private byte[] Piece(SignedAsset asset) => asset.BoxesChanged(store =>
    {
        // The marks that matter in CBOR and DER are everywhere.
        var contents = All(store).Where(box => !box.IsSuperbox && box.Payload.Length > 0).ToList();
        var box = Pick(contents);
        Told.Add($"content {contents.IndexOf(box)} '{box.Type}'");
        box.Payload = Bytes(box.Payload);
    });

    /// <summary>Boxes dropped, repeated, moved, renamed, of another type.</summary>
    private void Boxes(TestBox store)
    {
        for (int changes = _random.Next(3); changes >= 0; changes--)
        {
            var all = All(store).Where(box => box.IsSuperbox && box.Children.Count > 0).ToList();
            if (all.Count == 0)
                return;
            var parent = Pick(all);
            var child = Pick(parent.Children);
            int kind = _random.Next(9);
            Told.Add($"box kind {kind} on '{child.Label}' of '{parent.Label}'");
            switch (kind)
            {
                case 0:
                    parent.Children.Remove(child);
                    break;
                case 1:
                    parent.Children.Insert(_random.Next(parent.Children.Count + 1), child);
                    break;
                case 2:
                    // Not into itself: such a box would have no end.
                    var target = Pick(all);
                    if (!All(child).Contains(target))
                        target.Children.Insert(_random.Next(target.Children.Count + 1), child);
                    break;
                case 3:
                    child.Label = OneIn(2) ? Pick(all).Label : child.Label + Pick(["__1", "", "/x", ".v2", "\u202E", " "]);
                    break;
                case 4:
                    child.Type = Pick(s_types);
                    break;
                case 5 when child.IsSuperbox:
                    child.ContentType = TestBox.Uuid(Pick(s_contentTypes));
                    break;
                case 6:
                    child.Toggles = (byte)_random.Next(256);
                    break;
                case 7:
                    parent.Children.Reverse();
                    break;
                default:
                    parent.Children.Insert(_random.Next(parent.Children.Count + 1), TestBox.Content(Pick(s_types), new byte[_random.Next(64)]));
                    break;
            }
        }
    }

    private static IEnumerable<TestBox> All(TestBox box) => box.IsSuperbox ? box.Children.SelectMany(All).Prepend(box) : [box];
}
