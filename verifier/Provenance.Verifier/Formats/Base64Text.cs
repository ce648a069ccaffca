using System.Buffers;
using System.Buffers.Text;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats;

/// <summary>
/// A manifest store written as Base64 (RFC 4648 §4). Strict, so that one store has one text: white space at its two ends is trimmed (C2PA 2.5
/// §A.7, §A.9) and nothing else is forgiven; neither line breaks inside, missing padding, nor bits behind the last byte, which no hash covers.
/// </summary>
internal static class Base64Text
{
    private const string Structure = "manifest store as Base64";

    private static ReadOnlySpan<byte> WhiteSpace => " \t\r\n"u8;

    private static readonly SearchValues<byte> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8);

    /// <summary>Bytes of text that are read at most: a third more than the store, the rest is room for white space.</summary>
    public static long LongestText(Limits limits) => 2L * limits.StoreBytes;

    /// <summary>The bytes the text stands for.</summary>
    /// <param name="text">The text, at most <see cref="LongestText"/>.</param>
    /// <param name="offset">Where it lies in the asset, for errors.</param>
    /// <param name="limits">Limits.</param>
    /// <exception cref="LimitExceededException">More than <see cref="Limits.StoreBytes"/>; they were not allocated.</exception>
    /// <exception cref="MalformedDataException">The text is no Base64.</exception>
    public static byte[] Decode(ReadOnlySpan<byte> text, long offset, Limits limits)
    {
        int start = text.IndexOfAnyExcept(WhiteSpace);
        if (start < 0)
            return [];
        text = text.Trim(WhiteSpace);
        if (text.Length % 4 != 0)
            throw new MalformedDataException(Structure, offset + start, $"groups of 4 characters expected, {text.Length} characters found (RFC 4648 §4)");
        int padding = text[^1] != '=' ? 0 : text[^2] != '=' ? 1 : 2;
        int foreign = text[..^padding].IndexOfAnyExcept(Alphabet);
        if (foreign >= 0)
            throw new MalformedDataException(Structure, offset + start + foreign, $"the byte 0x{text[foreign]:X2} is none of its 64 characters (RFC 4648 §4)");
        int length = text.Length / 4 * 3 - padding;
        if (length > limits.StoreBytes)
            throw new LimitExceededException(Structure, offset + start, nameof(Limits.StoreBytes), limits.StoreBytes);

        byte[] bytes = new byte[length];
        Base64.DecodeFromUtf8(text, bytes, out _, out int written);
        // RFC 4648 §3.5: the bits behind the last byte are zero.
        if (written != length || !HasCanonicalEnd(text[^4..], bytes.AsSpan(length - (3 - padding))))
            throw new MalformedDataException(Structure, offset + start + text.Length - 4, "the bits behind the last byte are not zero (RFC 4648 §3.5)");
        return bytes;
    }

    private static bool HasCanonicalEnd(ReadOnlySpan<byte> group, ReadOnlySpan<byte> bytes)
    {
        Span<byte> expected = stackalloc byte[4];
        Base64.EncodeToUtf8(bytes, expected, out _, out _);
        return group.SequenceEqual(expected);
    }
}
