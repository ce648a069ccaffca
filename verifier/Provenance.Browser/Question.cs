using Provenance.Verifier;
using Provenance.Verifier.Reports;

namespace Provenance.Browser;

/// <summary>A file that was asked about, and its answer.</summary>
/// <param name="source">The file.</param>
/// <param name="name">How the caller names it; null where it does not.</param>
/// <param name="shown">Which personal data of metadata are handed on.</param>
/// <param name="responses">What issuers' responders answered; null where they are not asked.</param>
internal sealed class Question(BlobSource source, string? name, PersonalData shown, GivenResponses? responses)
{
    public BlobSource Source { get; } = source;

    public string? Name { get; } = name;

    public PersonalData Shown { get; } = shown;

    public GivenResponses? Responses { get; } = responses;

    public CancellationTokenSource Cancellation { get; } = new();

    /// <summary>The report; null until the verification ends.</summary>
    public VerificationReport? Report { get; set; }

    /// <summary>The report of a verification that ended well.</summary>
    public VerificationReport Answer => Report ?? throw new InvalidOperationException("The verification has not ended.");

    /// <summary>The report as the command line writes it, but for the name of the file.</summary>
    public string Json()
    {
        var text = new StringWriter();
        ReportJson.WriteUnnamed(text, Answer, Name, Shown);
        return text.ToString();
    }
}
