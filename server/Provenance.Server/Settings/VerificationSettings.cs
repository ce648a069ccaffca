namespace Provenance.Server.Settings;

/// <summary>Verdicts over HTTP: how much may be sent, kept and done at once.</summary>
internal sealed record VerificationSettings : ISettings
{
    private const int SmallestBody = 64 << 10;

    /// <summary>The largest file that is taken, in bytes. One that says beforehand that it is larger is refused unread.</summary>
    public long BodyBytes { get; init; } = 256 << 20;

    /// <summary>The largest file that may be kept in memory, in bytes; what is larger goes into a file of the spool.</summary>
    public int MemoryBodyBytes { get; init; } = 16 << 20;

    /// <summary>Bytes of memory for all such files together. When they are used up, smaller files go into the spool too.</summary>
    public long MemoryBytes { get; init; } = 128 << 20;

    /// <summary>The folder of the spool. What a server that was killed left there is deleted at the start. Without it: one of this user's below the folder for temporary files.</summary>
    public string? SpoolFolder { get; init; }

    /// <summary>Bytes of all files of the spool together.</summary>
    public long SpoolBytes { get; init; } = 2L << 30;

    /// <summary>
    /// How many files of more than 64 KiB one address may be sending at once (of IPv6, one network of 64 bits); further ones are refused with 429. They
    /// are what takes the memory and the spool.
    /// </summary>
    public int BodiesPerClient { get; init; } = 8;

    /// <summary>How many files are checked at a time; 0: one for each processor.</summary>
    public int AtATime { get; init; }

    /// <summary>How many more may wait for that; further ones are sent away with 503.</summary>
    public int Queue { get; init; } = 32;

    /// <summary>Seconds that are spent on one file, once it has arrived and its turn has come.</summary>
    public int WorkSeconds { get; init; } = 30;

    /// <summary>How many verdicts are remembered for /api/v1/labels, in memory.</summary>
    public int RememberedLabels { get; init; } = 100_000;

    /// <summary>Hours for which a verdict is remembered: certificates run out, so none holds for ever.</summary>
    public int RememberedHours { get; init; } = 24;

    /// <summary>Whether /api/v1/verify-url fetches what a request names. The hosts see this server's address and learn what somebody looks into.</summary>
    public bool FetchesUrls { get; init; }

    /// <summary>How many URLs are fetched at a time; further ones are sent away with 503.</summary>
    public int UrlsAtATime { get; init; } = 4;

    /// <summary>How many of them one address may ask for at once (of IPv6, one network of 64 bits); further ones are refused with 429.</summary>
    public int UrlsPerClient { get; init; } = 2;

    public IEnumerable<string> Complaints()
    {
        if (BodyBytes < SmallestBody)
            yield return $"bodyBytes is {BodyBytes}; {SmallestBody} or more would do.";
        if (MemoryBodyBytes is < SmallestBody or > (64 << 20))
            yield return $"memoryBodyBytes is {MemoryBodyBytes}; a number from {SmallestBody} to {64 << 20} would do.";
        if (MemoryBytes < MemoryBodyBytes)
            yield return $"memoryBytes is {MemoryBytes}; it is for all bodies together, and one may have {MemoryBodyBytes}.";
        if (SpoolBytes < BodyBytes)
            yield return $"spoolBytes is {SpoolBytes}; it is for all bodies together, and one may have {BodyBytes}.";
        foreach (var (name, value, least, most) in Numbers())
        {
            if (value < least || value > most)
                yield return $"{name} is {value}; a number from {least} to {most} would do.";
        }
    }

    private IEnumerable<(string Name, int Value, int Least, int Most)> Numbers() =>
    [
        ("bodiesPerClient", BodiesPerClient, 1, 10_000), ("atATime", AtATime, 0, 1_024), ("queue", Queue, 0, 10_000), ("workSeconds", WorkSeconds, 1, 3_600),
        ("rememberedLabels", RememberedLabels, 0, 10_000_000), ("rememberedHours", RememberedHours, 1, 8_760), ("urlsAtATime", UrlsAtATime, 1, 256), ("urlsPerClient", UrlsPerClient, 1, 256),
    ];
}
