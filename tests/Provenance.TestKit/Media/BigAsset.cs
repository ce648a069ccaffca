using System.Security.Cryptography;
using static Provenance.TestKit.BmffWriter;

namespace Provenance.TestKit;

/// <summary>How a big file is laid out with a store: what stands before and behind its hole, and what of that is hashed.</summary>
public sealed record BigLayout(byte[] Head, byte[] Tail, Extent Store, byte[] HashedHead, byte[] HashedTail);

/// <summary>
/// A film or a sound that fits no memory: a head, gigabytes of zeros that take no room on the disk, and a tail. It is hashed piece by
/// piece and written as a sparse file; it has no <see cref="Bytes"/>.
/// </summary>
public sealed record BigAsset : TestAsset
{
    private const int Block = 1 << 20;

    private readonly TestAsset _small;
    private readonly Func<byte[]?, BigLayout> _layout;
    private readonly Func<Extent, byte[], CborFields> _binding;
    private readonly string _label;
    private readonly Dictionary<Extent, byte[]> _digests = [];

    private BigAsset(TestAsset small, long hole, Func<byte[]?, BigLayout> layout, string label, Func<Extent, byte[], CborFields> binding) =>
        (_small, Hole, _layout, _label, _binding) = (small, hole, layout, label, binding);

    /// <summary>How many zeros there are.</summary>
    public long Hole { get; }

    public override string Format => _small.Format;

    public override string MediaType => _small.MediaType;

    public override string Extension => _small.Extension;

    public override byte[] Bytes => throw new NotSupportedException("too big");

    /// <summary>An MP4 whose media have a size of 64 bits; its picture lies behind the hole, where only <c>co64</c> leads.</summary>
    public static BigAsset Mp4(long hole)
    {
        TestMovie movie = TestMovie.Mp4();
        MovieTrack track = movie.Tracks[0] with { HasLongOffsets = true };
        BigLayout Layout(byte[]? store)
        {
            byte[] type = BoxAt(movie.Bytes, 0), box = store is null ? [] : C2paBox("manifest", U64(0), store);
            byte[] Film(long at) => MovieTrack.Movie([track], at);
            long filmAt = type.Length + box.Length, mediaAt = filmAt + Film(0).Length;
            byte[] film = Film(mediaAt + 16 + hole), header = Join(U32(1), FourCc("mdat"), U64(16 + hole + track.Media.Length));
            return new(Join(type, box, film, header), track.Media, new(type.Length, box.Length),
                Join(U64(0), type, U64(filmAt), film, U64(mediaAt), header), track.Media);
        }
        return new(movie, hole, Layout, "c2pa.hash.bmff.v3", (_, hash) => new()
        {
            { "exclusions", BmffExclusion.Mandatory.Select(exclusion => exclusion.Write()).ToArray() }, { "alg", "sha256" }, { "hash", hash }, { "name", "jumbf manifest" },
        });
    }

    /// <summary>An RF64 of silence.</summary>
    public static BigAsset Wav(long hole)
    {
        TestWav wav = TestWav.Wide(WavForm.Rf64);
        BigLayout Layout(byte[]? store)
        {
            (byte[] head, byte[] tail, Extent extent) = wav.Around(hole, store);
            return new(head, tail, extent, head, tail[(int)extent.Length..]);
        }
        return new(wav, hole, Layout, "c2pa.hash.data", (extent, hash) => new()
        {
            { "exclusions", new[] { new CborFields { { "start", extent.Start }, { "length", extent.Length } } } }, { "name", "jumbf manifest" }, { "alg", "sha256" }, { "hash", hash }, { "pad", new byte[8] },
        });
    }

    public override Embedding Embed(byte[] store) => new(this, [], _layout(store).Store, []);

    public override Assertion Binding() => Assertion.Cbor(_label, c => _binding(c.Asset.Extent, DigestOf(c.Asset.Extent)));

    /// <summary>Writes the file with a store, and says how long it is.</summary>
    public long Save(string path, byte[] store)
    {
        BigLayout layout = _layout(store);
        using var file = new FileStream(path, FileMode.Create);
        file.Write(layout.Head);
        file.Seek(Hole, SeekOrigin.Current);
        file.Write(layout.Tail);
        return file.Length;
    }

    // Only the store's length decides where all else lies.
    private byte[] DigestOf(Extent store)
    {
        if (_digests.TryGetValue(store, out byte[]? known)) return known;
        int header = _small is TestWav ? 8 : 37 + 8;
        BigLayout layout = _layout(new byte[store.Length - header]);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(layout.HashedHead);
        byte[] zeros = new byte[Block];
        for (long left = Hole; left > 0; left -= Block) hash.AppendData(zeros.AsSpan(0, (int)Math.Min(left, Block)));
        hash.AppendData(layout.HashedTail);
        return _digests[store] = hash.GetHashAndReset();
    }

    private static byte[] BoxAt(byte[] file, int index) => BmffNode.Parse(file)[index].Extent is var extent ? file[(int)extent.Start..(int)extent.End] : null!;
}
