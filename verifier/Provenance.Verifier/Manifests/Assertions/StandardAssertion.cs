namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>How the name of a standard assertion is found in a label.</summary>
internal enum LabelPattern
{
    /// <summary>The base of the label is the name.</summary>
    Exact,

    /// <summary>The base begins with it: "c2pa.thumbnail.claim.jpeg" of versions before 2.2.</summary>
    Prefix,

    /// <summary>The base ends with it: "com.litware.metadata".</summary>
    Suffix,
}

/// <summary>One kind of assertion that a standard defines.</summary>
/// <param name="Name">Base label, or the part of it that <see cref="Pattern"/> looks for.</param>
/// <param name="LastVersion">The last of its versions, which begin with 1.</param>
/// <param name="Encoding">How its content is written.</param>
/// <param name="Reader">Makes the model.</param>
internal sealed record StandardAssertion(string Name, int LastVersion, AssertionEncoding Encoding, Func<AssertionReading, AssertionModel> Reader)
{
    public LabelPattern Pattern { get; init; }

    /// <summary>How writers have written it as well, against the standard.</summary>
    public AssertionEncoding? AlsoSeenAs { get; init; }

    /// <summary>Whether this is the kind a label names.</summary>
    /// <param name="name">Base of the label without the ending that says what it is about.</param>
    /// <param name="version">Its version.</param>
    public bool Covers(string name, int version) => version >= 1 && version <= LastVersion && Pattern switch
    {
        LabelPattern.Prefix => name.StartsWith(Name, StringComparison.Ordinal),
        LabelPattern.Suffix => name.EndsWith(Name, StringComparison.Ordinal),
        _ => name == Name,
    };
}
