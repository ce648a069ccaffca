namespace Provenance.Verifier.X509;

/// <summary>The one form of time DER leaves: digits, an optional fraction, and Z (X.690 §11.7, §11.8).</summary>
internal static class DerTime
{
    /// <summary>
    /// Whether <paramref name="text"/> is [YY]YYMMDDHHMMSS[.f…]Z and a real moment. A leap second (60) has no <see cref="DateTimeOffset"/>
    /// and is refused; a comma, a missing Z and trailing zeros of a fraction are not DER.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, int yearDigits, out DateTimeOffset time)
    {
        time = default;
        int seconds = yearDigits + 10;
        if (text.Length <= seconds || text[^1] != 'Z' || !AreDigits(text[..seconds]))
            return false;

        var fraction = text[seconds..^1];
        if (fraction.Length > 0 && (fraction.Length < 2 || fraction[0] != '.' || fraction[^1] == '0' || !AreDigits(fraction[1..])))
            return false;

        int year = Digits(text[..yearDigits]);
        if (yearDigits == 2)
            year += year < 50 ? 2000 : 1900;
        var rest = text[yearDigits..];
        int month = Digits(rest[..2]), day = Digits(rest[2..4]), hour = Digits(rest[4..6]), minute = Digits(rest[6..8]), second = Digits(rest[8..10]);
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            return false;

        time = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero);
        long ticks = 0;
        for (int i = 1; i <= 7; i++)
            ticks = ticks * 10 + (i < fraction.Length ? fraction[i] - '0' : 0);
        time = time.AddTicks(ticks);
        return true;
    }

    private static bool AreDigits(ReadOnlySpan<byte> text)
    {
        foreach (byte character in text)
        {
            if (character is < (byte)'0' or > (byte)'9')
                return false;
        }
        return true;
    }

    private static int Digits(ReadOnlySpan<byte> digits)
    {
        int value = 0;
        foreach (byte digit in digits)
            value = value * 10 + (digit - '0');
        return value;
    }
}
