namespace Provenance.Browser;

/// <summary>What follows the verdict, of a question that is not forgotten. The second bundle brings the one that knows the answers.</summary>
internal abstract class FurtherAnswers
{
    /// <summary>The report as JSON, with what unsigned metadata says.</summary>
    public abstract Task<string> FullAsync(Question question);

    /// <summary>The report as a page of words, as JSON.</summary>
    public abstract Task<string> PageAsync(Question question, string language, bool inFull);

    /// <summary>The report as one HTML document, with the picture it is about.</summary>
    public abstract Task<string> HtmlAsync(Question question, string language);

    /// <summary>What stands in the file and its manifest store, as JSON.</summary>
    public abstract Task<string> BoxesAsync(Question question);
}
