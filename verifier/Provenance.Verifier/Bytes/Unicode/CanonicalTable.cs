namespace Provenance.Verifier.Bytes.Unicode;

/// <summary>
/// What Unicode 17.0 says of canonical equivalence: `canonical.bin`, which tests/unicode/canonical.mjs writes and explains. Normalization of
/// a character never changes once it is assigned (Unicode Normalization Stability Policy), so a newer version only adds to it.
/// </summary>
internal sealed class CanonicalTable
{
    /// <summary>Set in <see cref="this"/> where a character may change or join what stands before it, or is never in NFC.</summary>
    public const byte Changes = 0x80;

    private const int BlockBits = 7;

    private const int LastCodePoint = 0x10FFFF;

    private static readonly Lazy<CanonicalTable> s_table = new(() => new());

    // Properties by code point in two stages; block 0 is that of the many blocks in which nothing is special.
    private readonly byte[] _blocks = new byte[(LastCodePoint >> BlockBits) + 1];
    private readonly List<byte[]> _properties = [new byte[1 << BlockBits]];
    private readonly Dictionary<int, int[]> _decompositions = [];
    private readonly Dictionary<(int First, int Second), int> _compositions = [];

    private CanonicalTable()
    {
        using var resource = typeof(CanonicalTable).Assembly.GetManifestResourceStream("Unicode.canonical.bin")!;
        byte[] bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        var cursor = new ByteCursor(bytes, "table of canonical equivalence");
        Version = (cursor.ReadByte(), cursor.ReadByte());
        ReadClasses(ref cursor);
        ReadDecompositions(ref cursor);
        cursor.ExpectEnd();
        for (int jamo = Hangul.VowelBase; jamo < Hangul.VowelBase + Hangul.Vowels; jamo++)
            Mark(jamo, Changes);
        for (int jamo = Hangul.TrailBase + 1; jamo < Hangul.TrailBase + Hangul.Trails; jamo++)
            Mark(jamo, Changes);
    }

    public static CanonicalTable Instance => s_table.Value;

    /// <summary>The version of Unicode.</summary>
    public (int Major, int Minor) Version { get; }

    /// <summary>
    /// 0 for a character at which normalization can start afresh: a starter that is in NFC and joins nothing before it. Else its combining
    /// class as a rank, which is 0 for starters, and <see cref="Changes"/>.
    /// </summary>
    public byte this[int codePoint] => _properties[_blocks[codePoint >> BlockBits]][codePoint & ((1 << BlockBits) - 1)];

    /// <summary>The combining class, as a rank among those that exist; 0 for starters.</summary>
    public int ClassOf(int codePoint) => this[codePoint] & ~Changes;

    /// <summary>Appends the whole canonical decomposition of a character.</summary>
    public void Decompose(int codePoint, List<int> output)
    {
        if (Hangul.TryDecompose(codePoint, output))
            return;
        if (!_decompositions.TryGetValue(codePoint, out int[]? parts))
        {
            output.Add(codePoint);
            return;
        }
        // The table is ours: a composed character is nested three deep at most.
        foreach (int part in parts)
            Decompose(part, output);
    }

    /// <summary>The character two are composed to; -1 where there is none.</summary>
    public int Compose(int first, int second) =>
        Hangul.Compose(first, second) is >= 0 and var syllable ? syllable : _compositions.GetValueOrDefault((first, second), -1);

    private void ReadClasses(ref ByteCursor cursor)
    {
        int runs = ReadNumber(ref cursor), codePoint = 0;
        for (int i = 0; i < runs; i++)
        {
            codePoint += ReadNumber(ref cursor);
            int end = codePoint + ReadNumber(ref cursor);
            byte rank = (byte)ReadNumber(ref cursor);
            for (; codePoint < end; codePoint++)
                Mark(codePoint, rank);
        }
    }

    private void ReadDecompositions(ref ByteCursor cursor)
    {
        int entries = ReadNumber(ref cursor), codePoint = 0;
        for (int i = 0; i < entries; i++)
        {
            codePoint += ReadNumber(ref cursor);
            int head = ReadNumber(ref cursor);
            int[] parts = new int[head >> 1];
            for (int part = 0; part < parts.Length; part++)
                parts[part] = ReadNumber(ref cursor);
            _decompositions.Add(codePoint, parts);
            if ((head & 1) == 0)
            {
                Mark(codePoint, Changes);
                continue;
            }
            _compositions.Add((parts[0], parts[1]), codePoint);
            Mark(parts[1], Changes);
        }
        // A composed character whose first part joins what stands before it does so too (U+16D68).
        foreach (var ((first, _), composed) in _compositions)
        {
            if ((this[first] & Changes) != 0)
                Mark(composed, Changes);
        }
    }

    private void Mark(int codePoint, byte property)
    {
        ref byte block = ref _blocks[codePoint >> BlockBits];
        if (block == 0)
        {
            block = (byte)_properties.Count;
            _properties.Add(new byte[1 << BlockBits]);
        }
        _properties[block][codePoint & ((1 << BlockBits) - 1)] |= property;
    }

    private static int ReadNumber(ref ByteCursor cursor)
    {
        int value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = cursor.ReadByte();
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
