using Provenance.Verifier.Cbor;

namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>How exact a claimed time is (C2PA 2.5 §8.9).</summary>
public enum TimeBound
{
    /// <summary>The time itself.</summary>
    Absolute,

    /// <summary>Not before it.</summary>
    Lower,

    /// <summary>Not after it.</summary>
    Upper,
}

/// <summary>A date and time as its writer gives it: text of tag 0 (RFC 8949 §3.4.1), or { value, ?timeStampType }. Proven by nothing.</summary>
/// <param name="Text">The date and time as written; older files have other forms than RFC 3339.</param>
/// <param name="Bound">How exact it is meant.</param>
public sealed record ClaimedTime(string Text, TimeBound Bound)
{
    /// <summary>Reads a time; null where the value is none.</summary>
    internal static ClaimedTime? Read(CborValue? value)
    {
        if (TextOf(value) is { } text)
            return new(text, TimeBound.Absolute);
        if (TextOf(value?["value"]) is not { } bounded)
            return null;
        // The schema of 2.5 says timeStampType, some of its examples timestampType.
        return new(bounded, (value!["timeStampType"] ?? value["timestampType"])?.Text switch
        {
            "lowerBound" => TimeBound.Lower,
            "upperBound" => TimeBound.Upper,
            _ => TimeBound.Absolute,
        });
    }

    // The tag is missing in files of several writers.
    private static string? TextOf(CborValue? value) => value is { TagNumber: 0 } ? value.Content!.Text : value?.Text;
}
