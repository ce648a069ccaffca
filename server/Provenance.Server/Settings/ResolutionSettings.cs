using Provenance.Server.Resolution;

namespace Provenance.Server.Settings;

/// <summary>The Soft Binding Resolution API: what is answered, and to whom.</summary>
internal sealed record ResolutionSettings : ISettings
{
    /// <summary>
    /// Whether whole files may be sent to be found again (/v1/matches/byContent). No fingerprint is made of them: what is looked up are the hints of
    /// the request and the soft bindings of credentials inside.
    /// </summary>
    public bool ByContent { get; init; }

    /// <summary>The same for files on the web (/v1/matches/byReference). It needs verification.fetchesUrls, too.</summary>
    public bool ByReference { get; init; }

    /// <summary>
    /// Whether everybody may have the whole list of PDQ fingerprints (/api/v1/fingerprints), so that nobody need ask for one. For sets of up to
    /// 50,000 entries.
    /// </summary>
    public bool HandsOnFingerprints { get; init; }

    /// <summary>Watermarks whose values are registered and looked up, beside those that the list of algorithms had in April 2026.</summary>
    public IReadOnlyList<string> FurtherWatermarks { get; init; } = [];

    /// <summary>Fingerprints that are equal or not, likewise.</summary>
    public IReadOnlyList<string> FurtherFingerprints { get; init; } = [];

    public IEnumerable<string> Complaints()
    {
        foreach (string name in FurtherWatermarks.Concat(FurtherFingerprints))
        {
            if (name.Length is 0 or > SoftBindingAlgorithm.LongestName || name.Any(character => character is <= ' ' or > '~'))
                yield return $"furtherWatermarks and furtherFingerprints are identifiers of 1 to {SoftBindingAlgorithm.LongestName} visible ASCII characters; one of them is not.";
        }
    }
}
