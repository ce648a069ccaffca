namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>How much of the content a trained model made, as declared.</summary>
internal enum AiExtent
{
    /// <summary>The term says nothing of a trained model. That proves nothing.</summary>
    None,

    /// <summary>A model was used; for how much is not said ("c2pa.ai-disclosure").</summary>
    Unstated,

    /// <summary>Part of it.</summary>
    Partial,

    /// <summary>All of it.</summary>
    Full,
}

/// <summary>Terms for the kind of source (IPTC's digital source types and C2PA's own; C2PA 2.5 §16.4.1.4.5).</summary>
internal static class DigitalSourceType
{
    // The scheme is part of the name and not of its meaning: writers use either. The last is how 1.x wrote a term of its own.
    private static readonly string[] Prefixes =
    [
        "http://cv.iptc.org/newscodes/digitalsourcetype/", "https://cv.iptc.org/newscodes/digitalsourcetype/",
        "http://c2pa.org/digitalsourcetype/", "https://c2pa.org/digitalsourcetype/", "c2pa.",
    ];

    /// <summary>The term without the vocabulary it is from; the whole text where that is none known.</summary>
    public static string TermOf(string value)
    {
        foreach (string prefix in Prefixes)
        {
            if (value.StartsWith(prefix, StringComparison.Ordinal))
                return value[prefix.Length..];
        }
        return value;
    }

    /// <summary>What the term says of trained models.</summary>
    public static AiExtent ExtentOf(string? value) => (value is null ? null : TermOf(value)) switch
    {
        "trainedAlgorithmicMedia" or "trainedAlgorithmicData" => AiExtent.Full,
        "compositeWithTrainedAlgorithmicMedia" => AiExtent.Partial,
        _ => AiExtent.None,
    };
}
