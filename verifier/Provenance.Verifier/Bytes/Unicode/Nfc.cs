using System.Buffers;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Provenance.Verifier.Bytes.Unicode;

/// <summary>
/// Normalization Form C (UAX #15) over UTF-8. The platform's own is no use here: it is absent where globalization is invariant, and differs
/// from system to system. Works on stretches: from a character at which normalization starts afresh to the next such character.
/// </summary>
internal static class Nfc
{
    /// <summary>Characters below U+0300, whose first byte is below this one, start afresh and are in NFC.</summary>
    private const byte FirstSpecialByte = 0xCC;

    /// <summary>The first stretch that must be normalized.</summary>
    /// <param name="text">Valid UTF-8, starting where normalization starts afresh.</param>
    /// <param name="isEnd">Nothing follows the text.</param>
    /// <returns>
    /// The stretch; a length of -1 where its end is not in the text; where there is none, a length of 0 and as start the byte up to which the
    /// text is in NFC whatever follows.
    /// </returns>
    public static (int Start, int Length) FirstUnnormalized(ReadOnlySpan<byte> text, bool isEnd)
    {
        int fresh = 0, last = 0, at = 0;
        while (at < text.Length)
        {
            if (text[at] < FirstSpecialByte)
            {
                int plain = text[at..].IndexOfAnyInRange(FirstSpecialByte, byte.MaxValue);
                at = plain < 0 ? text.Length : at + plain;
                fresh = StartOfCharacterBefore(text, at);
                last = 0;
                continue;
            }
            byte property = CanonicalTable.Instance[Decode(text[at..], out int length)];
            if (property == 0)
                (fresh, last) = (at, 0);
            else if ((property & CanonicalTable.Changes) != 0 || property < last)
                return (fresh, NextFresh(text, at + length) is >= 0 and var end ? end - fresh : isEnd ? text.Length - fresh : -1);
            else
                last = property;
            at += length;
        }
        return (isEnd ? text.Length : fresh, 0);
    }

    /// <summary>Writes the NFC of a stretch.</summary>
    public static void Normalize(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        var table = CanonicalTable.Instance;
        var characters = new List<int>(text.Length);
        for (int at = 0; at < text.Length;)
        {
            table.Decompose(Decode(text[at..], out int length), characters);
            at += length;
        }
        Order(characters, table);
        Compose(characters, table);
        foreach (int character in characters)
            output.Advance(new Rune(character).EncodeToUtf8(output.GetSpan(4)));
    }

    /// <summary>Canonical ordering: marks between starters by class, those of one class as they stand.</summary>
    private static void Order(List<int> characters, CanonicalTable table)
    {
        var marks = new List<(int Class, int Character)>();
        for (int start = 0; start < characters.Count; start++)
        {
            marks.Clear();
            bool isOrdered = true;
            for (int at = start; at < characters.Count && table.ClassOf(characters[at]) is > 0 and var mark; at++)
            {
                isOrdered &= marks.Count == 0 || marks[^1].Class <= mark;
                marks.Add((mark, characters[at]));
            }
            if (!isOrdered)
            {
                // Not by insertion: nothing bounds the marks of one letter but the length of the text. OrderBy is stable.
                int at = start;
                foreach (var (_, character) in marks.OrderBy(mark => mark.Class))
                    characters[at++] = character;
            }
            start += marks.Count;
        }
    }

    /// <summary>Canonical composition (UAX #15 §1.3, Unicode D117): each mark joins the last starter unless one of its class or higher stands between.</summary>
    private static void Compose(List<int> characters, CanonicalTable table)
    {
        var all = CollectionsMarshal.AsSpan(characters);
        int starter = -1, last = 0, count = 0;
        foreach (int character in all)
        {
            int mark = table.ClassOf(character);
            bool isBlocked = starter < 0 || (last >= mark && last > 0);
            if (!isBlocked && table.Compose(all[starter], character) is >= 0 and var composed)
            {
                all[starter] = composed;
                continue;
            }
            if (mark == 0)
                starter = count;
            last = mark;
            all[count++] = character;
        }
        characters.RemoveRange(count, characters.Count - count);
    }

    private static int NextFresh(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length)
        {
            if (text[at] < FirstSpecialByte || CanonicalTable.Instance[Decode(text[at..], out int length)] == 0)
                return at;
            at += length;
        }
        return -1;
    }

    private static int StartOfCharacterBefore(ReadOnlySpan<byte> text, int at)
    {
        do
            at--;
        while ((text[at] & 0xC0) == 0x80);
        return at;
    }

    private static int Decode(ReadOnlySpan<byte> text, out int length)
    {
        if (Rune.DecodeFromUtf8(text, out var rune, out length) != OperationStatus.Done)
            throw new UnreachableException("The text is valid UTF-8 and ends between characters.");
        return rune.Value;
    }
}
