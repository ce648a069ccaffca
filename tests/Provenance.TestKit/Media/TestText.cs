using System.Text;

namespace Provenance.TestKit;

/// <summary>
/// Plain text with a store in variation selectors (C2PA A.8), padded so that the wrapper's length follows from the store's alone
/// (A.8.5.2).
/// </summary>
public sealed record TestText : TestAsset
{
    private const string Usual = "Caf\u00E9 na\u00EFve \u2013 \u6F22\u5B57, \uD55C\uAD6D\uC5B4, \U0001F600.\nA second line with nothing special in it.\n";

    /// <summary>The text as it is stored.</summary>
    public string Text { get; init; } = Usual;

    /// <summary>Its normalization form C, which is what the hash covers.</summary>
    public string Normalized { get; init; } = Usual;

    /// <summary>Characters (UTF-16) before the wrapper; all of them unless set.</summary>
    public int? Before { get; init; }

    /// <summary>Bytes of value 0 that pad the wrapper instead of the standard's own padding.</summary>
    public int? Padding { get; init; }

    public override string Format => "Text";

    public override string MediaType => "text/plain";

    public override string Extension => "txt";

    public override byte[] Bytes => Encoding.UTF8.GetBytes(Text);

    public static TestText Small() => new();

    /// <summary>Stored decomposed, the wrapper between a letter and its accent.</summary>
    public static TestText Decomposed() => new()
    {
        Text = "Cafe\u0301 nai\u0308ve \u1112\u1161\u11AB q\u0307\u0323, and some letters.\n",
        Normalized = "Caf\u00E9 na\u00EFve \uD55C q\u0323\u0307, and some letters.\n",
        Before = 4,
    };

    public override Embedding Embed(byte[] store)
    {
        byte[] before = Encoding.UTF8.GetBytes(Text[..(Before ?? Text.Length)]);
        byte[] wrapper = Wrapper(store, Padding);
        byte[] behind = Encoding.UTF8.GetBytes(Text[(Before ?? Text.Length)..]);
        return new(this, [.. before, .. wrapper, .. behind], new(before.Length, wrapper.Length), []);
    }

    /// <summary>The data hash, over the normalized text.</summary>
    public override Assertion Binding() => Assertion.Cbor("c2pa.hash.data", c => new CborFields
    {
        { "exclusions", new[] { new CborFields { { "start", c.Asset.Extent.Start }, { "length", c.Asset.Extent.Length } } } },
        { "alg", TestHash.C2paName(c.Algorithm) },
        { "hash", TestHash.Of(c.Algorithm, Encoding.UTF8.GetBytes(Normalized)) },
        { "pad", Array.Empty<byte>() },
    });

    public override int MediaByte(byte[] file) => file.AsSpan().LastIndexOf("letters"u8) is >= 0 and var at ? at : file.AsSpan().IndexOf("special"u8);

    /// <summary>U+FEFF, the header, the store and padding, each byte but the first a variation selector.</summary>
    public static byte[] Wrapper(byte[] store, int? padding = null, byte version = 1, int? declaredLength = null)
    {
        int length = declaredLength ?? store.Length;
        byte[] wrapped = [.. "C2PATXT\0"u8, version, (byte)(length >> 24), (byte)(length >> 16 & 255), (byte)(length >> 8 & 255), (byte)(length & 255), .. store];
        var text = new List<byte> { 0xEF, 0xBB, 0xBF };
        foreach (byte b in wrapped) text.AddRange(Selector(b));
        int gap = 3 + (13 + store.Length) * 4 + 6 - text.Count;
        int long4 = gap % 3, short3 = (gap - 4 * long4) / 3;
        for (int i = 0; i < (padding ?? short3); i++) text.AddRange(Selector(0x00));
        for (int i = 0; i < (padding is null ? long4 : 0); i++) text.AddRange(Selector(0x10));
        return [.. text];
    }

    public static byte[] Selector(byte value) => Encoding.UTF8.GetBytes(char.ConvertFromUtf32(value < 16 ? 0xFE00 + value : 0xE0100 + (value - 16)));
}
