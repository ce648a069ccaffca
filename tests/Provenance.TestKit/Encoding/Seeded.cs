using System.Security.Cryptography;
using System.Text;

namespace Provenance.TestKit;

/// <summary>Bytes that look random and are the same for the same words on every machine.</summary>
public static class Seeded
{
    /// <summary><paramref name="count"/> bytes out of SHA-256 over seed and counter.</summary>
    public static byte[] Bytes(string seed, int count)
    {
        byte[] result = new byte[count];
        for (int at = 0, block = 0; at < count; at += 32, block++)
            SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{block}")).AsSpan(0, Math.Min(32, count - at)).CopyTo(result.AsSpan(at));
        return result;
    }

    /// <summary>A version 4 UUID in lower case.</summary>
    public static string Uuid(string seed)
    {
        byte[] bytes = Bytes("uuid/" + seed, 16);
        bytes[6] = (byte)(bytes[6] & 0x0F | 0x40);
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }
}
