using Provenance.Verifier;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;

namespace Provenance.Presentation.Sections;

/// <summary>
/// The edit history as a tree: what was done to the file by its maker's word, and what it was made from, each source with a state of its
/// own. Of a source whose credential does not hold, nothing is repeated.
/// </summary>
internal sealed class HistorySection
{
    /// <summary>Enough for the history of a picture; whoever asks for more wants the report.</summary>
    private const int MostLines = 40, MostLevels = 8;

    private readonly VerificationReport _report;
    private readonly Words _words;
    private readonly Dictionary<string, ManifestSummary> _manifests;
    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);
    private int _lines;
    private bool _isCut;

    private HistorySection(PageContext page)
    {
        (_report, _words) = page;
        _manifests = _report.Manifests.ToDictionary(manifest => manifest.Label, StringComparer.Ordinal);
    }

    /// <summary>A line, those below it, and how often it stands there in a row.</summary>
    private sealed class Line(string text)
    {
        private int _times = 1;

        public List<Line> Below { get; } = [];

        public bool IsRepeatedBy(string next) => Below.Count == 0 && next == text;

        public void Repeat() => _times++;

        public PageNode ToNode(Words words) =>
            new(_times == 1 ? text : words.Say("history.repeated", "what", text, "n", Words.Number(_times))) { Children = [.. Below.Select(line => line.ToNode(words))] };
    }

    public static PageSection? Of(PageContext page)
    {
        if (!page.Holds)
            return null;
        var history = new HistorySection(page);
        var lines = new List<Line>();
        history.Add(lines, page.Report.Manifests[0], 1);
        var nodes = lines.Select(line => line.ToNode(page.Words)).ToList();
        if (history._isCut)
            nodes.Add(new(page.Words.Say("history.and-more")));
        return page.Section(PageTopic.History, "history.by-word", [], nodes);
    }

    private void Add(List<Line> lines, ManifestSummary manifest, int level)
    {
        _shown.Add(manifest.Label);
        foreach (var action in manifest.Actions)
            Tell(lines, ActionText(action));
        foreach (string redaction in manifest.Redactions)
            Tell(lines, _words.Say("history.removed", "what", DisplayText.Clean(redaction[(redaction.LastIndexOf('/') + 1)..], 80)));
        foreach (var ingredient in manifest.Ingredients)
            AddIngredient(lines, ingredient, level);
    }

    private void AddIngredient(List<Line> lines, IngredientSummary ingredient, int level)
    {
        var target = ingredient.Manifest is { } label ? _manifests.GetValueOrDefault(label) : null;
        bool holds = target is { Facts: { Integrity: IntegrityFact.Intact, Revocation: RevocationFact.NotRevoked } } && ingredient.LinkHolds;
        bool isAgain = holds && _shown.Contains(target!.Label);
        string title = DisplayText.Clean(ingredient.Title, 80);
        string text = $"{_words.Say($"relationship.{ingredient.Relationship ?? "other"}")}: {(title.Length > 0 ? title : _words.Say("history.untitled"))}";
        if (ingredient.DigitalSourceType is { } type)
            text += $", {SourceType(type)}";
        text += $" — {StateText(ingredient, target)}{(isAgain ? $"; {_words.Say("history.shown-above")}" : "")}{PassedOn(ingredient.IsCreated)}";
        if (Tell(lines, text) is not { } line)
            return;
        if (ingredient.RecordedFailures is { Count: > 0 } recorded)
            Tell(line.Below, _words.Say("history.when-added", "codes", DisplayText.Clean(string.Join(", ", recorded), 200)));
        if (!holds || isAgain)
            return;
        if (level == MostLevels)
            _isCut = true;
        else
            Add(line.Below, target!, level + 1);
    }

    /// <summary>One line about a source: whether its own credential holds, and whose it is.</summary>
    private string StateText(IngredientSummary ingredient, ManifestSummary? target)
    {
        if (ingredient.Manifest is null)
            return _words.Say("source.no-credential");
        if (target is null)
            return _words.Say("source.missing");
        if (!ingredient.LinkHolds)
            return _words.Say("source.other");
        string name = SignerWords.NameOf(target.Certificate, _words);
        return target.Facts switch
        {
            { Integrity: IntegrityFact.Changed } => _words.Say("source.changed"),
            { Revocation: RevocationFact.Revoked } => _words.Say("source.revoked"),
            { Integrity: IntegrityFact.AgainstRules } => _words.Say("source.against-rules"),
            { Validity: ValidityFact.OutOfForce } => _words.Say("source.not-in-force", "name", name),
            _ when target.Signer is { } signer => target.Time.Proven is { } time
                ? _words.Say("source.signed.dated", "issuer", signer.DisplayName, "time", _words.Moment(time))
                : _words.Say("source.signed", "issuer", signer.DisplayName),
            _ => _words.Say(_report.Policy.LooksUpIssuers ? "source.unknown" : "source.not-looked-up", "name", name),
        };
    }

    private string ActionText(ActionSummary action)
    {
        string text = _words.Term("action", action.Name);
        if (action.DigitalSourceType is { } type)
            text += $": {SourceType(type)}";
        if (DisplayText.Clean(action.Agent, 80) is { Length: > 0 } agent)
            text += $", {_words.Say("history.with", "agent", agent)}";
        if (ClaimedTimeWords.Of(action.When, _words) is { Length: > 0 } when)
            text += $", {when}";
        if (DisplayText.Clean(action.Description, 160) is { Length: > 0 } description)
            text += $" — {description}";
        if (DisplayText.Clean(action.Reason, 80) is { Length: > 0 } reason)
            text += $" ({_words.Say("history.reason", "reason", reason)})";
        return text + PassedOn(action.IsCreated);
    }

    private string SourceType(string uri) => _words.Term("source-type", uri[(uri.LastIndexOf('/') + 1)..]);

    private string PassedOn(bool isCreated) => isCreated ? "" : $" ({_words.Say("history.passed-on")})";

    /// <summary>Adds a line; null where there is no room, or where it only repeats the one before.</summary>
    private Line? Tell(List<Line> lines, string text)
    {
        if (lines is [.., var last] && last.IsRepeatedBy(text))
        {
            last.Repeat();
            return null;
        }
        if (_lines == MostLines)
        {
            _isCut = true;
            return null;
        }
        _lines++;
        var line = new Line(text);
        lines.Add(line);
        return line;
    }
}
