using System.Globalization;

namespace Provenance.Verifier.Reports;

/// <summary>Reads times as EXIF ("2024:05:01 10:20:30"), XMP and JSON-LD (ISO 8601, from the day on) write them.</summary>
internal static class MetadataTimeText
{
    /// <summary>The time; null where the text is none, or names a day or hour that no calendar has.</summary>
    public static MetadataTime? Parse(string text)
    {
        var rest = text.AsSpan().Trim(" \0");
        if (!TakeNumber(ref rest, 4, out int year) || !Take(ref rest, '-', ':') || !TakeNumber(ref rest, 2, out int month) || !Take(ref rest, '-', ':') || !TakeNumber(ref rest, 2, out int day)
            || year == 0 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return null;
        var date = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified);
        if (rest.IsEmpty)
            return new(date, null);
        if (!Take(ref rest, 'T', ' ') || !TakeNumber(ref rest, 2, out int hour) || !Take(ref rest, ':', ':') || !TakeNumber(ref rest, 2, out int minute) || hour > 23 || minute > 59)
            return null;
        int second = 0;
        if (Take(ref rest, ':', ':') && (!TakeNumber(ref rest, 2, out second) || second > 59))
            return null;
        // Fractions are of no use to anybody who reads these; one writer separates them by a comma.
        if (Take(ref rest, '.', ','))
        {
            int digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits == 0 || rest.IsEmpty)
                return null;
            rest = digits < 0 ? default : rest[digits..];
        }
        return TakeOffset(rest, out var offset) && IsInRange(date, hour, offset) ? new(date.Add(new TimeSpan(hour, minute, second)), offset) : null;
    }

    /// <summary>Nothing, Z, or ±hh:mm.</summary>
    public static bool TakeOffset(ReadOnlySpan<char> text, out TimeSpan? offset)
    {
        offset = text.SequenceEqual("Z") ? TimeSpan.Zero : null;
        if (text.IsEmpty || offset is not null)
            return true;
        int sign = text[0] == '-' ? -1 : 1;
        if (!Take(ref text, '+', '-') || !TakeNumber(ref text, 2, out int hours))
            return false;
        Take(ref text, ':', ':');
        if (!TakeNumber(ref text, 2, out int minutes) || !text.IsEmpty || minutes > 59 || hours * 60 + minutes > 14 * 60)
            return false;
        offset = sign * new TimeSpan(hours, minutes, 0);
        return true;
    }

    /// <summary>The first and the last day that there are cannot be told in every zone.</summary>
    private static bool IsInRange(DateTime date, int hour, TimeSpan? offset) => offset is null || (date.AddHours(hour) > DateTime.MinValue.AddDays(1) && date < DateTime.MaxValue.AddDays(-2));

    private static bool Take(ref ReadOnlySpan<char> text, char one, char other)
    {
        if (text.IsEmpty || (text[0] != one && text[0] != other))
            return false;
        text = text[1..];
        return true;
    }

    private static bool TakeNumber(ref ReadOnlySpan<char> text, int digits, out int number)
    {
        number = 0;
        if (text.Length < digits || !int.TryParse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out number))
            return false;
        text = text[digits..];
        return true;
    }
}
