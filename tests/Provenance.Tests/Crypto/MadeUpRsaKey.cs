using System.Numerics;
using System.Security.Cryptography;
using Provenance.Verifier.Crypto;

namespace Provenance.Tests.Crypto;

/// <summary>
/// An RSA key of exactly the modulus length and exponent a test asks for, made of many small primes so that 8,192 bits cost milliseconds.
/// Its signatures verify like any other's; it protects nothing.
/// </summary>
internal sealed class MadeUpRsaKey
{
    private const int PrimeBits = 256;
    private readonly List<BigInteger> _primes = [];
    private readonly BigInteger _exponent;

    public MadeUpRsaKey(int bits, BigInteger exponent)
    {
        _exponent = exponent;
        var random = new Random(bits);
        Modulus = BigInteger.One;
        while (bits - Modulus.GetBitLength() > 2 * PrimeBits)
            Add(NextPrime(random, BigInteger.One << (PrimeBits - 1), BigInteger.One << PrimeBits));
        // The last prime brings the product to the very length.
        Add(NextPrime(random, (BigInteger.One << (bits - 1)) / Modulus + 1, (BigInteger.One << bits) / Modulus));
    }

    public BigInteger Modulus { get; private set; }

    public PublicKey Public => SpkiKey.Rsa(Modulus, _exponent);

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §8.2.1).</summary>
    public byte[] Sign(byte[] message)
    {
        int width = Modulus.GetByteCount(isUnsigned: true);
        byte[] digestInfo = [.. Convert.FromHexString("3031300D060960864801650304020105000420"), .. SHA256.HashData(message)];
        byte[] encoded = [0, 1, .. Enumerable.Repeat((byte)0xFF, width - 3 - digestInfo.Length), 0, .. digestInfo];
        var m = new BigInteger(encoded, isUnsigned: true, isBigEndian: true);

        // The Chinese remainder theorem, prime by prime.
        BigInteger signature = 0, product = 1;
        foreach (var prime in _primes)
        {
            var part = BigInteger.ModPow(m, Inverse(_exponent, prime - 1), prime);
            signature += product * Mod((part - signature) * Inverse(product, prime), prime);
            product *= prime;
        }
        byte[] bytes = signature.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[width - bytes.Length], .. bytes];
    }

    private void Add(BigInteger prime)
    {
        _primes.Add(prime);
        Modulus *= prime;
    }

    private BigInteger NextPrime(Random random, BigInteger from, BigInteger to)
    {
        byte[] bytes = new byte[(to - from).GetByteCount(isUnsigned: true) + 8];
        random.NextBytes(bytes);
        var candidate = (from + Mod(new BigInteger(bytes), to - from)) | 1;
        while (!BigInteger.ModPow(3, candidate - 1, candidate).IsOne || !BigInteger.GreatestCommonDivisor(candidate - 1, _exponent).IsOne || _primes.Contains(candidate))
            candidate += 2;
        return candidate;
    }

    private static BigInteger Mod(BigInteger value, BigInteger modulus) => (value % modulus + modulus) % modulus;

    private static BigInteger Inverse(BigInteger value, BigInteger modulus)
    {
        BigInteger a = Mod(value, modulus), b = modulus, x = 1, y = 0;
        while (a > 1)
        {
            var quotient = a / b;
            (a, b) = (b, a - quotient * b);
            (x, y) = (y, x - quotient * y);
        }
        return Mod(x, modulus);
    }
}
