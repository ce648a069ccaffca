using Provenance.Verifier.Labels;

namespace Provenance.TrustStore;

/// <summary>Where the commands of "trust" talk: output, complaints, questions.</summary>
/// <param name="words">The language.</param>
/// <param name="output">What was done and found.</param>
/// <param name="complaints">What could not be done.</param>
/// <param name="ask">Puts a question and gives whether it was answered with yes; null where nobody can be asked.</param>
internal sealed class ListDialog(Words words, TextWriter output, TextWriter complaints, Func<string, bool>? ask)
{
    private const int MostEntries = 40;

    public Words Words => words;

    public void Tell(string key, params string[] values) => output.Write($"{words.Say(key, values)}\n");

    public void Write(string text) => output.Write(text);

    public void Complain(string key, params string[] values) => complaints.Write($"{words.Say(key, values)}\n");

    /// <summary>Whether somebody was asked and said yes.</summary>
    public bool Confirm(string key) => ask is not null && ask(words.Say(key));

    /// <summary>Who would be added and removed, before anything is.</summary>
    public void Show(ListChange change)
    {
        Show("trust.added", change.Added);
        Show("trust.removed", change.Removed);
    }

    private void Show(string key, IReadOnlyList<ListEntry> entries)
    {
        foreach (var entry in entries.Where(entry => entry.Name is not null).Concat(entries.Where(entry => entry.Name is null)).Take(MostEntries))
            output.Write($"  {words.Say(key, "name", NameOf(entry), "window", WindowOf(entry.From, entry.Until), "sha256", entry.Sha256)}\n");
        if (entries.Count > MostEntries)
            output.Write($"  {words.Say(key + ".more", "n", Words.Number(entries.Count - MostEntries))}\n");
    }

    private string NameOf(ListEntry entry) => entry.Name is { } name ? DisplayText.Clean(name.ToString(), 160) : words.Say("trust.single-certificate");

    public string WindowOf(DateTimeOffset? from, DateTimeOffset? until) => (from, until) switch
    {
        ({ } since, { } end) => words.Say("trust.window", "from", words.Day(since), "until", words.Day(end)),
        ({ } since, null) => words.Say("trust.window.from", "from", words.Day(since)),
        (null, { } end) => words.Say("trust.window.until", "until", words.Day(end)),
        _ => words.Say("trust.window.none"),
    };
}
