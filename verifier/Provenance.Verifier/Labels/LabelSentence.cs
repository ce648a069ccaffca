namespace Provenance.Verifier.Labels;

/// <summary>Puts what was proven into the words of <see cref="LabelTable"/>, for every place that shows them.</summary>
internal static class LabelSentence
{
    /// <summary>The label's sentence.</summary>
    /// <param name="words">The language.</param>
    /// <param name="key">The row's key.</param>
    /// <param name="signer">The signer, where proven. A row that names the issuer is only reached with one.</param>
    /// <param name="signedAt">When it was signed, where proven; else the sentence tells no date.</param>
    public static string Fill(Words words, string key, VerifiedSigner? signer, DateTimeOffset? signedAt)
    {
        string issuer = signer?.DisplayName ?? words.Say("label.known-issuer");
        return signedAt is { } time && words.Has(key + ".dated")
            ? words.Say(key + ".dated", "issuer", issuer, "date", words.Day(time))
            : words.Say(key, "issuer", issuer);
    }
}
