namespace Provenance.Verifier.Labels;

/// <summary>Which axis a further line below the label's sentence speaks of.</summary>
public enum LabelAxis
{
    /// <summary>What the file was made from.</summary>
    Sources,

    /// <summary>What is declared about AI.</summary>
    Ai,

    /// <summary>What the credential does not cover.</summary>
    Coverage,

    /// <summary>Who stands behind it.</summary>
    Identity,
}

/// <summary>A further line below the label's sentence.</summary>
/// <param name="Axis">What it speaks of.</param>
/// <param name="Key">Its key in <see cref="Words"/>.</param>
public sealed record LabelLine(LabelAxis Axis, string Key);
