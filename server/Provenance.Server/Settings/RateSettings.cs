namespace Provenance.Server.Settings;

/// <summary>How much one caller may ask. Reading costs 1; what costs more is told in docs/api.md.</summary>
internal sealed record RateSettings : ISettings
{
    /// <summary>The dearest request: a bucket that holds less would never answer it.</summary>
    public const int DearestRequest = 10;

    private const int MostPerSecond = 1_000_000;

    /// <summary>What is given back each second.</summary>
    public double PerSecond { get; init; } = 20;

    /// <summary>What may be asked at once after a rest.</summary>
    public int Burst { get; init; } = 200;

    public IEnumerable<string> Complaints()
    {
        if (!(PerSecond is >= 0.001 and <= MostPerSecond))
            yield return $"perSecond is {PerSecond}; it goes from 0.001 to {MostPerSecond}.";
        if (Burst is < DearestRequest or > MostPerSecond)
            yield return $"burst is {Burst}; it goes from {DearestRequest}, what the dearest request costs, to {MostPerSecond}.";
    }
}
