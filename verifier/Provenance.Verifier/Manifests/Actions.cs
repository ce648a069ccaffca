using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;

namespace Provenance.Verifier.Manifests;

/// <summary>One action as the rules judge it (C2PA 2.5 §16.4.1). What is shown of it is <see cref="Assertions.ActionItem"/>.</summary>
internal sealed class EditAction
{
    public required CborValue Value { get; init; }

    public required string Name { get; init; }

    public string? DigitalSourceType => Value["digitalSourceType"]?.Text;

    public string? Reason => Value["reason"]?.Text;

    public CborValue? Parameters => Value["parameters"] is { Kind: CborKind.Map } map ? map : null;

    /// <summary>References to ingredients: parameters.ingredients (v2), parameters.ingredient (v1), or the action's own field of old files.</summary>
    public required IReadOnlyList<HashedUri> Ingredients { get; init; }

    /// <summary>Whether a parameter names ingredients at all, rightly or not.</summary>
    public required bool NamesIngredients { get; init; }

    /// <summary>URI of what a c2pa.redacted action says was removed.</summary>
    public string? RedactedUri => Parameters?["redacted"]?.Text;

    internal static string? TimeText(CborValue? value) => value is { TagNumber: 0 } ? value.Content!.Text : value?.Text;
}

/// <summary>The actions assertion, version 1 or 2 (C2PA 2.5 §16.4.1).</summary>
internal sealed class Actions
{
    public required IReadOnlyList<EditAction> Items { get; init; }

    public required CborValue Value { get; init; }

    /// <exception cref="MalformedDataException">No list of actions, or an action without a name (§14.10.4.4).</exception>
    public static Actions Read(CborValue value, Limits limits)
    {
        const string structure = "actions";
        if (value["actions"] is not { Kind: CborKind.Array, Items.Count: > 0 } list)
            throw new MalformedDataException(structure, value.Offset, "actions is an array of at least one action");
        if (list.Items.Count > limits.Assertions)
            throw new LimitExceededException(structure, list.Offset, nameof(Limits.Assertions), limits.Assertions);
        return new() { Value = value, Items = [.. list.Items.Select(ReadAction)] };

        static EditAction ReadAction(CborValue item)
        {
            if (item["action"]?.Text is not { Length: > 0 } name)
                throw new MalformedDataException(structure, item.Offset, "an action has a name");
            foreach (string key in (ReadOnlySpan<string>)["when", "whenStart", "whenEnd"])
            {
                // tdate is tag 0 text (RFC 8949 §3.4.1); older files leave the tag out. 2.3 added { value, timeStampType } for the bounds.
                if (item[key] is { } time && EditAction.TimeText(time) is null && (key == "when" || EditAction.TimeText(time["value"]) is null))
                    throw new MalformedDataException(structure, time.Offset, $"{key} is a date and time as text");
            }
            if (item["when"] is not null && (item["whenStart"] is not null || item["whenEnd"] is not null))
                throw new MalformedDataException(structure, item.Offset, "when stands without whenStart and whenEnd");
            var parameters = item["parameters"];
            var list = parameters?["ingredients"] ?? parameters?["ingredient"] ?? item["ingredients"] ?? item["ingredient"];
            IReadOnlyList<CborValue> references = list is null or { IsNull: true } ? [] : list.Kind == CborKind.Array ? list.Items : [list];
            return new()
            {
                Value = item,
                Name = name,
                NamesIngredients = references.Count > 0,
                Ingredients = [.. references.Select(HashedUri.Read).OfType<HashedUri>()],
            };
        }
    }
}
