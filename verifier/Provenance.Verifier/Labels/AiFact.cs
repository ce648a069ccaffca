namespace Provenance.Verifier.Labels;

/// <summary>What signers declare about the use of AI, where their credentials hold. That none declares it proves nothing.</summary>
public enum AiFact
{
    /// <summary>The credential does not hold, or there is none, so nobody declared anything.</summary>
    NotChecked,

    /// <summary>No signer declares it.</summary>
    NotDeclared,

    /// <summary>The signer declares that a model made all of it.</summary>
    Generated,

    /// <summary>The signer declares that a model made a part of it.</summary>
    Edited,

    /// <summary>The signer names a model, and does not say how much of the content it made.</summary>
    ModelUsed,

    /// <summary>Declared of something this file was made from, by whoever signed that, however many edits followed.</summary>
    InSource,
}
