using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Provenance.TestKit;

/// <summary>RSASSA-PSS with any salt length (RFC 8017 §8.1.1); the platform only offers the length of the hash.</summary>
internal static class PssSigner
{
    public static byte[] Sign(RSA key, byte[] data, HashAlgorithmName hash, int saltLength)
    {
        RSAParameters parameters = key.ExportParameters(includePrivateParameters: true);
        var n = new BigInteger(parameters.Modulus!, isUnsigned: true, isBigEndian: true);
        byte[] encoded = Encode(data, hash, saltLength, (int)n.GetBitLength() - 1);
        BigInteger signature = BigInteger.ModPow(new(encoded, true, true), new(parameters.D!, true, true), n);
        byte[] bytes = signature.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[parameters.Modulus!.Length - bytes.Length], .. bytes];
    }

    // RFC 8017 §9.1.1
    private static byte[] Encode(byte[] data, HashAlgorithmName hash, int saltLength, int bits)
    {
        int length = (bits + 7) / 8, hashSize = TestHash.Size(hash);
        byte[] salt = Seeded.Bytes("pss salt", saltLength);
        byte[] h = TestHash.Of(hash, [.. new byte[8], .. TestHash.Of(hash, data), .. salt]);
        byte[] block = [.. new byte[length - saltLength - hashSize - 2], 1, .. salt];
        byte[] mask = Mask(h, block.Length, hash);
        for (int i = 0; i < block.Length; i++) block[i] ^= mask[i];
        block[0] &= (byte)(0xFF >> (8 * length - bits));
        return [.. block, .. h, 0xBC];
    }

    private static byte[] Mask(byte[] seed, int length, HashAlgorithmName hash)
    {
        List<byte> mask = [];
        byte[] counter = new byte[4];
        for (uint i = 0; mask.Count < length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(counter, i);
            mask.AddRange(TestHash.Of(hash, [.. seed, .. counter]));
        }
        return [.. mask.Take(length)];
    }
}
