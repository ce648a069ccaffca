using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;

namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>
/// "c2pa.actions" and "c2pa.actions.v2" (C2PA 2.5 §16.4.1) as shown: tolerant, templates merged in. What the rules of §14.10.4.2.4 judge is
/// <see cref="Actions"/>. The order of actions is not that of time.
/// </summary>
internal sealed record ActionsAssertion : AssertionModel
{
    public required IReadOnlyList<ActionItem> Actions { get; init; }

    public IReadOnlyList<ActionTemplate> Templates { get; init; } = [];

    /// <summary>Programs named once and referred to by index.</summary>
    public IReadOnlyList<GeneratorInfo?> SoftwareAgents { get; init; } = [];

    /// <summary>The maker says that nothing else was done; null where it says nothing, which means that more may have been.</summary>
    public bool? AllActionsIncluded { get; init; }

    /// <exception cref="MalformedDataException">No list of actions.</exception>
    public static ActionsAssertion Read(AssertionReading reading)
    {
        var fields = reading.Map();
        if (fields["actions"] is not { Kind: CborKind.Array, Items.Count: > 0 } list)
            throw reading.Malformed(fields.Value!, "actions is an array of at least one action");
        var agents = fields["softwareAgents"]?.Items.Select(GeneratorInfo.Read).ToList() ?? [];
        var merge = new Merge(reading, agents, new ActionTemplates(fields["templates"]));
        return new()
        {
            Actions = [.. list.Items.Select(merge.Read).OfType<ActionItem>()],
            Templates = fields.Maps("templates", ActionTemplate.Read),
            SoftwareAgents = agents,
            AllActionsIncluded = fields.Boolean("allActionsIncluded"),
        };
    }

    private sealed class Merge(AssertionReading reading, IReadOnlyList<GeneratorInfo?> agents, ActionTemplates templates)
    {
        public ActionItem? Read(CborValue item, int index)
        {
            string path = $"actions[{index}].";
            if (item["action"]?.Text is not { Length: > 0 } name)
            {
                reading.Note($"{path}action: the name of the action is missing");
                return null;
            }
            var fields = templates.Below(name).Under(item);
            var parameters = templates.ParametersBelow(name).Under(item["parameters"]);
            var action = Build(name, index, fields, parameters, path);
            if (item["related"] is not { Kind: CborKind.Array } related)
                return action;
            return action with { Related = [.. related.Items.Select((one, i) => ReadRelated(action, one, fields, parameters, $"{path}related[{i}]."))] };
        }

        /// <summary>A related action says only what differs (§16.4.1.8). Those related to it in turn are not looked for.</summary>
        private ActionItem ReadRelated(ActionItem primary, CborValue item, LayeredMap fields, LayeredMap parameters, string path)
        {
            if (item["related"] is not null)
                reading.Note($"{path}related: an action related to a related one is not shown");
            return Build(item["action"]?.Text ?? primary.Name, primary.Index, fields.Under(item), parameters.Under(item["parameters"]), path);
        }

        private ActionItem Build(string name, int index, LayeredMap merged, LayeredMap parameters, string path)
        {
            var fields = new Fields(reading, merged, path);
            var read = ActionParameters.Read(reading, parameters, path + "parameters.");
            // Files of 1.x have the reference beside the parameters.
            if (read.Ingredients.Count == 0 && (merged["ingredients"] ?? merged["ingredient"]) is not null)
                read = read with { Ingredients = ActionParameters.ReadIngredients(fields) };
            return new()
            {
                Name = name,
                Index = index,
                When = fields.Time("when"),
                WhenStart = fields.Time("whenStart"),
                WhenEnd = fields.Time("whenEnd"),
                SoftwareAgent = AgentOf(merged, path),
                Actors = fields.Maps("actors", actor => actor.Text("identifier")),
                Description = fields.Text("description"),
                DigitalSourceType = fields.Text("digitalSourceType"),
                Reason = fields.Text("reason"),
                Changes = fields.Maps("changes", RegionOfInterest.Read),
                Changed = fields.Text("changed"),
                InstanceId = InstanceIdOf(fields["instanceID"] ?? fields["instanceId"]),
                Parameters = read,
                Icon = fields.Reference("icon"),
            };
        }

        /// <summary>The uppermost layer that names an agent, one way or the other, names it.</summary>
        private GeneratorInfo? AgentOf(LayeredMap merged, string path)
        {
            foreach (var layer in merged.Layers)
            {
                if (layer.TryGetValue("softwareAgent", out var own) && reading.Shared(own, GeneratorInfo.Read) is { } agent)
                    return agent;
                if (!layer.TryGetValue("softwareAgentIndex", out var at))
                    continue;
                if (at.Int64 is >= 0 and var index && index < agents.Count)
                    return agents[(int)index];
                reading.Note($"{path}softwareAgentIndex: the list of software agents has no such entry");
                return null;
            }
            return null;
        }

        /// <summary>A UUID in a byte string of tag 37 (RFC 9562 as CBOR), or text.</summary>
        private static string? InstanceIdOf(CborValue? value) =>
            value?.Text ?? (value?.Untagged.Bytes is { } uuid ? Convert.ToHexStringLower(uuid.Span) : null);
    }
}
