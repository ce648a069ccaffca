using Provenance.Verifier.Cbor;

namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>Values that actions of one name share (C2PA 2.5 §16.4.1.6).</summary>
/// <param name="Action">The name; "*" for all actions.</param>
/// <param name="Description">In words.</param>
/// <param name="DigitalSourceType">As written.</param>
/// <param name="Icon">A picture for actions of somebody's own.</param>
internal sealed record ActionTemplate(string Action, string? Description, string? DigitalSourceType, HashedUri? Icon)
{
    public static ActionTemplate? Read(Fields fields) => fields.Text("action") is { } action
        ? new(action, fields.Text("description"), fields.Text("digitalSourceType"), fields.Reference("icon"))
        : null;
}

/// <summary>
/// The templates of one assertion, folded for merging: those for "*" first, then those of the action's name in their order, the action itself
/// on top; parameters key by key (§16.4.1.6.1).
/// </summary>
internal sealed class ActionTemplates
{
    private const string AnyAction = "*";

    private readonly Dictionary<string, Folded> _byAction = new(StringComparer.Ordinal);

    public ActionTemplates(CborValue? templates)
    {
        foreach (var template in templates?.Items ?? [])
        {
            if (template["action"]?.Text is not { } action)
                continue;
            if (!_byAction.TryGetValue(action, out var folded))
                _byAction.Add(action, folded = new([], []));
            folded.Add(template);
        }
    }

    /// <summary>The fields that lie below an action of this name.</summary>
    public LayeredMap Below(string action) => new([.. LayersFor(action).Select(layer => layer.Fields)]);

    /// <summary>The parameters that lie below those of an action of this name.</summary>
    public LayeredMap ParametersBelow(string action) => new([.. LayersFor(action).Select(layer => layer.Parameters)]);

    private IEnumerable<Folded> LayersFor(string action) => new[] { action, AnyAction }.Select(name => _byAction.GetValueOrDefault(name)).OfType<Folded>();

    private sealed record Folded(Dictionary<string, CborValue> Fields, Dictionary<string, CborValue> Parameters)
    {
        public void Add(CborValue template)
        {
            // An agent named one way replaces one named the other way.
            if (template["softwareAgent"] is not null || template["softwareAgentIndex"] is not null)
            {
                Fields.Remove("softwareAgent");
                Fields.Remove("softwareAgentIndex");
            }
            LayeredMap.AddTo(Fields, template);
            LayeredMap.AddTo(Parameters, template["templateParameters"]); // the name of parameters before 2.5
            LayeredMap.AddTo(Parameters, template["parameters"]);
        }
    }
}
