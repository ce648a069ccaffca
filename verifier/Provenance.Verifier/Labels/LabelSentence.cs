using System.Globalization;

namespace Provenance.Verifier.Labels;

/// <summary>Puts what was proven into the sentences of <see cref="LabelTable"/>, for every place that shows one.</summary>
internal static class LabelSentence
{
    /// <summary>Fills {issuer} and {date}.</summary>
    /// <param name="sentence">The row's sentence.</param>
    /// <param name="signer">The signer, where proven. A row that names the issuer is only reached with one.</param>
    /// <param name="signedAt">When it was signed, where proven; else the sentence tells no date.</param>
    public static string Fill(string sentence, VerifiedSigner? signer, DateTimeOffset? signedAt) => sentence
        .Replace("{issuer}", signer?.DisplayName ?? "a known issuer", StringComparison.Ordinal)
        .Replace("{date}", signedAt is { } time ? " on " + time.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture) : "", StringComparison.Ordinal);
}
