using Provenance.Verifier.Checks;
using Provenance.Verifier.Manifests.Assertions;

namespace Provenance.Verifier.History;

/// <summary>When something can have happened by a stated time. Made to compare with proven times without accusing anybody of a clock.</summary>
/// <param name="Earliest">Not before this; null where the statement sets no such bound.</param>
/// <param name="Latest">Not after this; null likewise.</param>
internal sealed record StatedMoment(DateTimeOffset? Earliest, DateTimeOffset? Latest)
{
    // Midnight to the second is how programs write a day of which they tell no more, of any time zone on earth.
    private static readonly TimeSpan East = TimeSpan.FromHours(14), West = TimeSpan.FromHours(12), Day = TimeSpan.FromDays(1);

    /// <summary>Null where the text names no moment beyond doubt.</summary>
    public static StatedMoment? Read(ClaimedTime time)
    {
        if (DateText.Parse(time.Text) is not { } moment)
            return null;
        bool isDay = moment.TimeOfDay == TimeSpan.Zero;
        // The first and last days there are have no room for this.
        bool hasRoom = moment.UtcDateTime > DateTime.MinValue + Day && moment.UtcDateTime < DateTime.MaxValue - Day - West;
        var earliest = isDay && hasRoom ? moment - East : moment;
        var latest = isDay && hasRoom ? moment + Day + West : moment;
        return new(time.Bound == TimeBound.Upper ? null : earliest, time.Bound == TimeBound.Lower ? null : latest);
    }
}
