using System.Numerics;

namespace Provenance.Verifier.Identity;

/// <summary>Base 58 with Bitcoin's alphabet, as Multibase "z" uses it.</summary>
internal static class Base58
{
    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    /// <summary>Digits of the longest text: the cost grows with the square. A point of P-521 has 95.</summary>
    private const int Longest = 128;

    /// <summary>The bytes; null where the text is none, is empty or too long.</summary>
    public static byte[]? Decode(string digits)
    {
        if (digits.Length is 0 or > Longest)
            return null;
        var number = BigInteger.Zero;
        foreach (char c in digits)
        {
            int digit = Alphabet.IndexOf(c);
            if (digit < 0)
                return null;
            number = (number * Alphabet.Length) + digit;
        }
        // Each leading digit of value zero is a leading zero byte.
        int zeros = digits.TakeWhile(c => c == Alphabet[0]).Count();
        return [.. new byte[zeros], .. number.IsZero ? [] : number.ToByteArray(isUnsigned: true, isBigEndian: true)];
    }
}
