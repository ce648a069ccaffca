namespace Provenance.Verifier.Bytes;

/// <summary>The bytes ask for more than a limit of <see cref="Limits"/> allows; never the same as "nothing found".</summary>
public sealed class LimitExceededException : MalformedDataException
{
    /// <summary>Which limit, and where it was met.</summary>
    /// <param name="structure">The structure that asked for too much.</param>
    /// <param name="offset">Where, in bytes from the start of what was parsed.</param>
    /// <param name="limit">The name of the property of <see cref="Limits"/>.</param>
    /// <param name="allowed">The value allowed.</param>
    public LimitExceededException(string structure, long offset, string limit, long allowed)
        : base(structure, offset, $"more than the limit {limit} = {allowed} allows") => Limit = limit;

    /// <summary>The name of the property of <see cref="Limits"/>.</summary>
    public string Limit { get; }
}
