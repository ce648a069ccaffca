namespace Provenance.Verifier.Bytes.Unicode;

/// <summary>Hangul syllables and the jamo they are made of, which follow from their numbers (Unicode §3.12).</summary>
internal static class Hangul
{
    public const int SyllableBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161;

    /// <summary>One before the first trailing consonant: a syllable may have none.</summary>
    public const int TrailBase = 0x11A7;

    public const int Leads = 19, Vowels = 21, Trails = 28;

    public static bool TryDecompose(int codePoint, List<int> output)
    {
        int index = codePoint - SyllableBase;
        if (index is < 0 or >= Leads * Vowels * Trails)
            return false;
        output.Add(LeadBase + index / (Vowels * Trails));
        output.Add(VowelBase + index % (Vowels * Trails) / Trails);
        if (index % Trails > 0)
            output.Add(TrailBase + index % Trails);
        return true;
    }

    /// <summary>The syllable of two jamo, or of a syllable without a trailing consonant and one; -1 where there is none.</summary>
    public static int Compose(int first, int second)
    {
        if (first is >= LeadBase and < LeadBase + Leads && second is >= VowelBase and < VowelBase + Vowels)
            return SyllableBase + ((first - LeadBase) * Vowels + (second - VowelBase)) * Trails;
        bool isOpen = first is >= SyllableBase and < SyllableBase + Leads * Vowels * Trails && (first - SyllableBase) % Trails == 0;
        return isOpen && second is > TrailBase and < TrailBase + Trails ? first + (second - TrailBase) : -1;
    }
}
