namespace Provenance.Verifier.Bytes;

/// <summary>Bytes break a rule of their format: the only exception a parser of this library throws.</summary>
public class MalformedDataException : Exception
{
    /// <summary>What broke which rule, and where.</summary>
    /// <param name="structure">The structure as its standard names it, for instance "PNG chunk".</param>
    /// <param name="offset">Where, in bytes from the start of what was parsed (the file, the box or the value).</param>
    /// <param name="rule">What was expected and what was found, with the clause.</param>
    public MalformedDataException(string structure, long offset, string rule)
        : base($"{structure}: {rule} at offset 0x{offset:X}")
    {
        Structure = structure;
        Offset = offset;
        Rule = rule;
    }

    /// <summary>The structure as its standard names it.</summary>
    public string Structure { get; }

    /// <summary>Where, in bytes from the start of what was parsed.</summary>
    public long Offset { get; }

    /// <summary>What was expected and what was found.</summary>
    public string Rule { get; }
}
