using Provenance.Verifier;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;
using Spectre.Console;

namespace Provenance.Cli.Text;

/// <summary>
/// The edit history as a tree: what was done to the file by its maker's word, and what it was made from, each source with a state of its
/// own. Of a source whose credential does not hold, nothing is repeated.
/// </summary>
internal sealed class HistoryTree
{
    /// <summary>Enough for the history of a picture; whoever asks for more wants the report.</summary>
    private const int MostLines = 40, MostLevels = 8;

    private readonly VerificationReport _report;
    private readonly Dictionary<string, ManifestSummary> _manifests;
    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);
    private int _lines;
    private bool _isCut;

    private HistoryTree(VerificationReport report)
    {
        _report = report;
        _manifests = report.Manifests.ToDictionary(manifest => manifest.Label, StringComparer.Ordinal);
    }

    /// <summary>A line, those below it, and how often it stands there in a row.</summary>
    private sealed class Line(string text)
    {
        public string Text => Times == 1 ? text : $"{text} ({Times} times)";

        public int Times { get; private set; } = 1;

        public List<Line> Below { get; } = [];

        public bool IsRepeatedBy(string next) => Below.Count == 0 && next == text;

        public void Repeat() => Times++;
    }

    /// <summary>The tree; null where nothing is told.</summary>
    public static Tree? Of(VerificationReport report)
    {
        var active = report.Manifests[0];
        if (active.Actions.Count == 0 && active.Ingredients.Count == 0)
            return null;
        var history = new HistoryTree(report);
        var lines = new List<Line>();
        history.Add(lines, active, 1);
        var tree = new Tree(Shown("History, by the word of each signer", dim: true)) { Guide = TreeGuide.Line };
        Draw(tree, lines);
        if (history._isCut)
            tree.AddNode(Shown("and more: --format json tells all", dim: true));
        return tree;
    }

    private static void Draw(IHasTreeNodes parent, List<Line> lines)
    {
        foreach (var line in lines)
            Draw(parent.AddNode(Shown(line.Text, dim: false)), line.Below);
    }

    private static Spectre.Console.Text Shown(string text, bool dim) => new(text, dim ? new Style(decoration: Decoration.Dim) : null);

    private void Add(List<Line> lines, ManifestSummary manifest, int level)
    {
        _shown.Add(manifest.Label);
        foreach (var action in manifest.Actions)
            Tell(lines, ActionText(action));
        foreach (string redaction in manifest.Redactions)
            Tell(lines, $"removed from a source: {DisplayText.Clean(redaction[(redaction.LastIndexOf('/') + 1)..], 80)}");
        foreach (var ingredient in manifest.Ingredients)
            AddIngredient(lines, ingredient, level);
    }

    private void AddIngredient(List<Line> lines, IngredientSummary ingredient, int level)
    {
        var target = ingredient.Manifest is { } label ? _manifests.GetValueOrDefault(label) : null;
        bool holds = target is { Facts: { Integrity: IntegrityFact.Intact, Revocation: RevocationFact.NotRevoked } } && ingredient.LinkHolds;
        bool isAgain = holds && _shown.Contains(target!.Label);
        string title = DisplayText.Clean(ingredient.Title, 80);
        string text = $"{Words.Relationship(ingredient.Relationship)}{(title.Length > 0 ? $": {title}" : ", untitled")}";
        if (ingredient.DigitalSourceType is { } type)
            text += $", {Words.SourceType(type)}";
        text += $" — {StateText(ingredient, target)}{(isAgain ? "; shown above" : "")}{(ingredient.IsCreated ? "" : " (passed on)")}";
        if (Tell(lines, text) is not { } line)
            return;
        if (ingredient.RecordedFailures is { Count: > 0 } recorded)
            Tell(line.Below, $"when it was added, its credential did not pass: {DisplayText.Clean(string.Join(", ", recorded), 200)}");
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
            return "it has no credential of its own";
        if (target is null)
            return "its credential is missing";
        if (!ingredient.LinkHolds)
            return "its credential is not the one that this file's signer saw";
        return target.Facts switch
        {
            { Integrity: IntegrityFact.Changed } => "does not match its own credential",
            { Revocation: RevocationFact.Revoked } => "its issuer has withdrawn the certificate",
            { Integrity: IntegrityFact.AgainstRules } => "its credential does not follow the rules of its standard",
            { Validity: ValidityFact.OutOfForce } => $"its credential holds, but the certificate is not in force and its time is not proven; it names {ReportBlocks.CertificateName(target.Certificate)}",
            _ when target.Signer is { } signer => $"its credential holds, signed by {signer.DisplayName}{(target.Time.Proven is { } time ? $", {Words.Moment(time)}" : "")}",
            _ => $"its credential holds, the certificate names {ReportBlocks.CertificateName(target.Certificate)}: {(_report.Policy.LooksUpIssuers ? "on none of the lists" : "not looked up")}",
        };
    }

    private static string ActionText(ActionSummary action)
    {
        string text = Words.Action(action.Name);
        if (action.DigitalSourceType is { } type)
            text += $": {Words.SourceType(type)}";
        if (DisplayText.Clean(action.Agent, 80) is { Length: > 0 } agent)
            text += $", with {agent}";
        if (DisplayText.Clean(action.When, 40) is { Length: > 0 } when)
            text += $", {when}";
        if (DisplayText.Clean(action.Description, 160) is { Length: > 0 } description)
            text += $" — {description}";
        if (DisplayText.Clean(action.Reason, 80) is { Length: > 0 } reason)
            text += $" (reason: {reason})";
        return action.IsCreated ? text : text + " (passed on)";
    }

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
