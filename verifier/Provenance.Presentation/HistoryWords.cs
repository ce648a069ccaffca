using Provenance.Verifier.History;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Manifests.Assertions;
using Provenance.Verifier.Reports;

namespace Provenance.Presentation;

/// <summary>Events and sources in words. What a file says is cleaned, and never more than a line.</summary>
internal sealed class HistoryWords(PageContext page)
{
    private const int MostTitles = 3, MostRegions = 3;

    private readonly Words _words = page.Words;

    /// <summary>Who signed a manifest: the name that was proven, or what the certificate says.</summary>
    public string NameOf(ManifestSummary manifest) =>
        manifest.Signer is { } signer ? signer.DisplayName : _words.Say("history.named", "name", SignerWords.NameOf(manifest.Certificate, _words));

    /// <summary>A title as somebody wrote it.</summary>
    public string Title(string? title) => DisplayText.Clean(title, 80) is { Length: > 0 } clean ? clean : _words.Say("history.untitled");

    /// <summary>How it stands with the credential of a source that holds, and when it was signed.</summary>
    public string Signing(ManifestSummary manifest)
    {
        string state = State(manifest.Credential, manifest);
        return ProvenTime(manifest) is null && (manifest.Time.Proven ?? manifest.Time.Claimed) is { } claimed ? $"{state}; {_words.Say("history.claimed", "time", _words.Moment(claimed))}" : state;
    }

    /// <summary>When it was signed; null where no list knows who says so (the older time model).</summary>
    private static DateTimeOffset? ProvenTime(ManifestSummary manifest) => manifest.Time.IsListed ? manifest.Time.Proven : null;

    /// <summary>A run of renditions in one line.</summary>
    public string Rendition(RenditionRun run)
    {
        string what = run.Actions.Count == 0 ? _words.Say("history.signed-again") : _words.List(run.Actions.Select(action => _words.Term("action", action)));
        string origin = ProvenTime(run.Origin) is { } time ? $"{NameOf(run.Origin)}, {_words.Moment(time)}" : NameOf(run.Origin);
        return _words.Say("history.rendition", "what", what, "who", _words.List(run.Steps.Select(NameOf).Distinct(StringComparer.Ordinal)), "origin", origin);
    }

    /// <summary>A source: how it was used, what it is called, how it stands with its credential.</summary>
    public PageNode Source(SourceNode node)
    {
        var ingredient = node.Ingredient!;
        string text = $"{Relationship(ingredient)}: {Title(node.Title)}";
        if (ingredient.DigitalSourceType is { } type)
            text += $", {page.SourceType(type)}";
        string state = State(node.State, node.Manifest);
        if (node.IsShownAbove)
            state += $"; {_words.Say("history.shown-above")}";
        return page.InFull ? new(text) { Note = state + PassedOn(ingredient.IsCreated), Label = LabelOf(node.State) } : new($"{text} — {state}{PassedOn(ingredient.IsCreated)}");
    }

    /// <summary>The label that says of a file what a state says of a source.</summary>
    public static Label LabelOf(CredentialState state) => state switch
    {
        CredentialState.None => Label.None,
        CredentialState.NotChecked or CredentialState.Missing => Label.NotChecked,
        CredentialState.NotAsSeen or CredentialState.Changed => Label.Broken,
        CredentialState.Revoked or CredentialState.KnownBad => Label.Revoked,
        CredentialState.AgainstRules => Label.Unreadable,
        CredentialState.TimeUnproven => Label.IntactTimeUnproven,
        CredentialState.IssuerKnown => Label.IntactKnown,
        _ => Label.IntactUnknownIssuer,
    };

    /// <summary>An event; its time stands in the line or, where there is room, beside it.</summary>
    public PageNode Event(HistoryEvent item) => new(EventText(item))
    {
        When = page.InFull && item.Kind is HistoryEventKind.Action or HistoryEventKind.Redaction && Time(item) is { Length: > 0 } time ? time : null,
    };

    private string EventText(HistoryEvent item) => item.Kind switch
    {
        HistoryEventKind.Withheld => $"{Relationship(item.Ingredients[0])}: {Title(item.Ingredients[0].Title)} — {_words.Say("history.withheld", "state", State(item.State!.Value, null))}{PassedOn(item.IsCreated)}",
        HistoryEventKind.Ingredient => $"{Relationship(item.Ingredients[0])}: {Title(item.Ingredients[0].Title)}{(item.DigitalSourceType is { } type ? $", {page.SourceType(type)}" : "")}{(item.Ingredients[0].Manifest is null ? $" — {_words.Say("source.no-credential")}" : "")}{PassedOn(item.IsCreated)}",
        HistoryEventKind.SoftBinding => _words.Say("history.soft-binding", "algorithm", DisplayText.Clean(item.Name, 60)) + PassedOn(item.IsCreated),
        HistoryEventKind.Redaction when item.Redacted is { } redacted =>
            _words.Say("history.removed", "what", DisplayText.Clean(redacted[(redacted.LastIndexOf('/') + 1)..], 80)) + Reason(item) + PassedOn(item.IsCreated),
        _ => Action(item),
    };

    private string Action(HistoryEvent item)
    {
        string text = _words.Term("action", item.Name ?? "");
        if (item.IsRelated)
            text = _words.Say("history.together", "what", text);
        if (item.DigitalSourceType is { } type)
            text += $": {page.SourceType(type)}";
        if (Titles(item.Ingredients) is { Length: > 0 } titles)
            text += $" ({titles})";
        if (DisplayText.Clean(item.Agent, 80) is { Length: > 0 } agent)
            text += $", {_words.Say("history.with", "agent", agent)}";
        if (item.Actors.Count > 0)
            text += $", {_words.Say("history.by", "who", _words.List(item.Actors.Take(MostTitles).Select(actor => DisplayText.Clean(actor, 60))))}";
        if (Languages(item) is { } languages)
            text += $", {languages}";
        if (!page.InFull && Time(item) is { Length: > 0 } time)
            text += $", {time}";
        if (Where(item) is { Length: > 0 } where)
            text += $", {_words.Say("history.where", "where", where)}";
        if (item.MultipleInstances == true)
            text += $", {_words.Say("history.more-than-once")}";
        if (DisplayText.Clean(item.Description, 160) is { Length: > 0 } description)
            text += $" — {description}";
        return text + Reason(item) + PassedOn(item.IsCreated);
    }

    private string Titles(IReadOnlyList<IngredientSummary> ingredients)
    {
        var titles = ingredients.Select(ingredient => DisplayText.Clean(ingredient.Title, 80)).Where(title => title.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        string told = _words.List(titles.Take(MostTitles));
        return titles.Count <= MostTitles ? told : _words.Say("history.and-others", "what", told, "n", Words.Number(titles.Count - MostTitles));
    }

    private string? Languages(HistoryEvent item)
    {
        string from = DisplayText.Clean(item.SourceLanguage, 20), to = DisplayText.Clean(item.TargetLanguage, 20);
        return from.Length == 0 && to.Length == 0 ? null : _words.Say("history.languages", "from", from.Length > 0 ? from : "?", "to", to.Length > 0 ? to : "?");
    }

    private string Time(HistoryEvent item)
    {
        if (item.When is { } when)
            return Text(when);
        return (item.Start, item.End) switch
        {
            ({ } start, { } end) => _words.Say("history.from-until", "from", Text(start), "until", Text(end)),
            ({ } start, null) => _words.Say("history.from", "from", Text(start)),
            (null, { } end) => _words.Say("history.until", "until", Text(end)),
            _ => "",
        };
    }

    private string Text(ClaimedTime time)
    {
        string text = ClaimedTimeWords.Of(time.Text, _words);
        return time.Bound switch
        {
            TimeBound.Lower => _words.Say("history.not-before", "time", text),
            TimeBound.Upper => _words.Say("history.not-after", "time", text),
            _ => text,
        };
    }

    private string Where(HistoryEvent item)
    {
        var parts = item.Regions.Take(MostRegions).Select(region => RegionWords.Of(region, _words)).Where(part => part.Length > 0).ToList();
        if (DisplayText.Clean(item.Changed, 80) is { Length: > 0 } changed)
            parts.Add(changed);
        return string.Join("; ", parts);
    }

    private string State(CredentialState state, ManifestSummary? manifest)
    {
        string name = SignerWords.NameOf(manifest?.Certificate, _words);
        return state switch
        {
            CredentialState.None => _words.Say("source.no-credential"),
            CredentialState.NotChecked => _words.Say("source.not-checked"),
            CredentialState.Missing => _words.Say("source.missing"),
            CredentialState.NotAsSeen => _words.Say("source.other"),
            CredentialState.Changed => _words.Say("source.changed"),
            CredentialState.Revoked => _words.Say("source.revoked"),
            CredentialState.KnownBad => _words.Say("source.known-bad"),
            CredentialState.AgainstRules => _words.Say("source.against-rules"),
            CredentialState.TimeUnproven => _words.Say("source.not-in-force", "name", name),
            CredentialState.IssuerUnknown => _words.Say("source.unknown", "name", name),
            _ when manifest?.Signer is { } signer => ProvenTime(manifest) is { } time
                ? _words.Say("source.signed.dated", "issuer", signer.DisplayName, "time", _words.Moment(time))
                : _words.Say("source.signed", "issuer", signer.DisplayName),
            _ => _words.Say("source.not-looked-up", "name", name),
        };
    }

    private string Relationship(IngredientSummary ingredient) => _words.Say($"relationship.{ingredient.Relationship ?? "other"}");

    private string Reason(HistoryEvent item) =>
        string.IsNullOrEmpty(item.Reason) ? "" : $" ({_words.Say("history.reason", "reason", _words.Term("reason", item.Reason))})";

    private string PassedOn(bool isCreated) => isCreated ? "" : $" ({_words.Say("history.passed-on")})";
}
