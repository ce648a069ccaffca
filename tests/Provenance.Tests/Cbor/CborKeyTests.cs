using System.Formats.Cbor;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Xunit;
using CborReader = Provenance.Verifier.Cbor.CborReader;

namespace Provenance.Tests.Cbor;

/// <summary>A key is found by its text, whatever else the map holds: compared with what decoding every key finds.</summary>
public sealed class CborKeyTests
{
    private static readonly string[] s_keys = ["", "a", "b", "ab", "abc", "aé", "é", "éa", "aéb", "ä", "a\u0308", "가", "가나", "a가", "\U0001F600", "a\U0001F600", "Ã©", "aa", "aaa", "\u0080", "\u007F"];

    [Fact]
    public void Every_key_is_found_and_no_other_is_taken_for_it()
    {
        var writer = new CborWriter();
        writer.WriteStartMap(s_keys.Length);
        for (int i = 0; i < s_keys.Length; i++)
        {
            writer.WriteTextString(s_keys[i]);
            writer.WriteInt32(i);
        }
        writer.WriteEndMap();
        var map = CborReader.Read(writer.Encode(), "map", new CborBudget(Limits.Default));

        for (int i = 0; i < s_keys.Length; i++)
            Assert.Equal(i, map[s_keys[i]]?.Int64);
        foreach (string absent in s_keys.SelectMany(key => new[] { key + "x", "x" + key, key + "é", key + '\uDE00' }).Except(s_keys))
            Assert.Null(map[absent]);
    }

    [Fact]
    public void A_byte_string_of_the_same_bytes_is_no_key() =>
        Assert.Null(CborReader.Read(new byte[] { 0xA1, 0x41, (byte)'a', 0x01 }, "map", new CborBudget(Limits.Default))["a"]);
}
