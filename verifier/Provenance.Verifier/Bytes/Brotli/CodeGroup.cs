namespace Provenance.Verifier.Bytes.Brotli;

/// <summary>
/// The prefix codes of one category in one meta-block, and for literals and distances the context map that says which of
/// them a block type and a context use (RFC 7932 §7.3).
/// </summary>
internal sealed class CodeGroup
{
    private readonly List<PrefixCode> _codes = [];
    private byte[] _map = [];

    /// <summary>NTREES.</summary>
    public int Trees { get; private set; }

    public PrefixCode this[int index] => _codes[index];

    /// <summary>The code that the context map gives for block type * contexts + context.</summary>
    public PrefixCode Mapped(int index) => _codes[_map[index]];

    /// <summary>Reads the codes themselves.</summary>
    public void ReadCodes(ref BrotliBits bits, int alphabet, int count)
    {
        while (_codes.Count < count)
            _codes.Add(new PrefixCode());
        for (int i = 0; i < count; i++)
            _codes[i].Read(ref bits, alphabet);
    }

    public void ReadCodes(ref BrotliBits bits, int alphabet) => ReadCodes(ref bits, alphabet, Trees);

    /// <summary>Reads NTREES and the context map (§7.3).</summary>
    public void ReadMap(ref BrotliBits bits, int size)
    {
        Trees = BlockCategory.ReadOneTo256(ref bits);
        _map = new byte[size];
        if (Trees == 1)
            return;
        int runCodes = bits.ReadFlag() ? (int)bits.Read(4) + 1 : 0; // RLEMAX
        var code = new PrefixCode();
        code.Read(ref bits, Trees + runCodes);
        for (int i = 0; i < size;)
        {
            int symbol = code.ReadSymbol(ref bits);
            if (symbol == 0 || symbol > runCodes)
            {
                _map[i++] = (byte)(symbol == 0 ? 0 : symbol - runCodes);
                continue;
            }
            int zeros = (1 << symbol) + (int)bits.Read(symbol);
            if (zeros > size - i)
                throw bits.Malformed($"a run of {zeros} zeros is longer than the context map (RFC 7932 §7.3)");
            i += zeros;
        }
        if (bits.ReadFlag())
            InverseMoveToFront(_map);
    }

    private static void InverseMoveToFront(Span<byte> map)
    {
        Span<byte> recent = stackalloc byte[256];
        for (int i = 0; i < recent.Length; i++)
            recent[i] = (byte)i;
        foreach (ref byte entry in map)
        {
            int index = entry;
            entry = recent[index];
            recent[..index].CopyTo(recent[1..]);
            recent[0] = entry;
        }
    }
}
