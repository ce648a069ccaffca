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
    private const int MostLines = 200, MostLevels = 8;

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

    /// <summary>The tree; null where nothing is told.</summary>
    public static Tree? Of(VerificationReport report)
    {
        var active = report.Manifests[0];
        if (active.Actions.Count == 0 && active.Ingredients.Count == 0)
            return null;
        var history = new HistoryTree(report);
        var tree = new Tree(new Spectre.Console.Text("History, by the word of each signer", new Style(decoration: Decoration.Dim))) { Guide = TreeGuide.Line };
        history.Add(tree, active, 1);
        if (history._isCut)
            tree.AddNode(new Spectre.Console.Text("and more, see --format json"));
        return tree;
    }

    private void Add(IHasTreeNodes parent, ManifestSummary manifest, int level)
    {
        _shown.Add(manifest.Label);
        foreach (var action in manifest.Actions)
            Line(parent, ActionText(action));
        foreach (string redaction in manifest.Redactions)
            Line(parent, $"removed from a source: {DisplayText.Clean(redaction[(redaction.LastIndexOf('/') + 1)..], 80)}");
        foreach (var ingredient in manifest.Ingredients)
            AddIngredient(parent, ingredient, level);
    }

    private void AddIngredient(IHasTreeNodes parent, IngredientSummary ingredient, int level)
    {
        string title = DisplayText.Clean(ingredient.Title, 80);
        string source = ingredient.DigitalSourceType is { } type ? $", {Words.SourceType(type)}" : "";
        var target = ingredient.Manifest is { } label ? _manifests.GetValueOrDefault(label) : null;
        string passedOn = ingredient.IsCreated ? "" : " (passed on)";
        if (Line(parent, $"{Words.Relationship(ingredient.Relationship)}: {(title.Length > 0 ? title : "a source without a title")}{source} — {StateText(ingredient, target)}{passedOn}") is not { } node)
            return;
        if (ingredient.RecordedFailures is { Count: > 0 } recorded)
            Line(node, $"when it was added, its credential did not pass: {DisplayText.Clean(string.Join(", ", recorded), 200)}");
        if (target is null || !ingredient.LinkHolds || target.Facts.Integrity != IntegrityFact.Intact || target.Facts.Revocation == RevocationFact.Revoked)
            return;
        if (_shown.Contains(target.Label))
            Line(node, "shown above");
        else if (level == MostLevels)
            _isCut = true;
        else
            Add(node, target, level + 1);
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
            _ when target.Signer is { } signer => $"its credential holds, signed by {signer.DisplayName}{OnDay(target)}",
            _ => $"its credential holds, the certificate names {ReportBlocks.CertificateName(target.Certificate)}: {(_report.Policy.LooksUpIssuers ? "on none of the lists" : "not looked up")}",
        };
    }

    private static string OnDay(ManifestSummary target) => target.Time.Proven is { } time ? $", {Words.Moment(time)}" : "";

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

    private TreeNode? Line(IHasTreeNodes parent, string text)
    {
        if (_lines == MostLines)
        {
            _isCut = true;
            return null;
        }
        _lines++;
        return parent.AddNode(new Spectre.Console.Text(text));
    }
}
