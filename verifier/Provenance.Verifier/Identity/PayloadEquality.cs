using System.Globalization;
using System.Text.Json;
using Provenance.Verifier.Cbor;

namespace Provenance.Verifier.Identity;

/// <summary>Whether JSON says the same as CBOR, byte strings as plain Base64 (CAWG identity 1.3 §8.1.2.6).</summary>
internal static class PayloadEquality
{
    /// <summary>Two values to compare.</summary>
    /// <param name="Stored">The one in CBOR.</param>
    /// <param name="Signed">The one in JSON.</param>
    /// <param name="IsReference">Whether they are an entry of referenced_assertions.</param>
    private sealed record Pair(CborValue Stored, JsonElement Signed, bool IsReference);

    /// <summary>Compares signer_payload with "c2paAsset".</summary>
    public static bool Holds(CborValue payload, JsonElement asset)
    {
        // Nesting is this stack, not the call stack.
        var pending = new Stack<Pair>([new(payload, asset, false)]);
        bool isRoot = true;
        while (pending.TryPop(out var pair))
        {
            bool same = pair switch
            {
                { Stored.Kind: CborKind.Map, Signed.ValueKind: JsonValueKind.Object } => PushMembers(pending, pair, isRoot),
                { Stored.Kind: CborKind.Array, Signed.ValueKind: JsonValueKind.Array } => PushItems(pending, pair),
                _ => ScalarsAreSame(pair.Stored, pair.Signed),
            };
            if (!same)
                return false;
            isRoot = false;
        }
        return true;
    }

    private static bool PushMembers(Stack<Pair> pending, Pair pair, bool isRoot)
    {
        int expected = 0;
        foreach (var (key, value) in pair.Stored.Entries)
        {
            if (key.Text is not { } name)
                return false;
            if (isRoot && IsHistorical(name))
                continue;
            if (!pair.Signed.TryGetProperty(name, out var member))
                return false;
            expected++;
            pending.Push(new(value, member, isRoot && name == "referenced_assertions"));
        }
        // The most used writer leaves the algorithm out of what it stores and puts it into what is signed.
        return pair.Signed.EnumerateObject().Count(member =>
            !(isRoot && IsHistorical(member.Name)) && !(pair.IsReference && member.Name == "alg" && pair.Stored["alg"] is null)) == expected;
    }

    private static bool PushItems(Stack<Pair> pending, Pair pair)
    {
        if (pair.Signed.GetArrayLength() != pair.Stored.Items.Count)
            return false;
        int index = 0;
        foreach (var item in pair.Signed.EnumerateArray())
            pending.Push(new(pair.Stored.Items[index++], item, pair.IsReference));
        return true;
    }

    private static bool ScalarsAreSame(CborValue stored, JsonElement signed) => signed.ValueKind switch
    {
        JsonValueKind.String => signed.GetString() == (stored.Bytes is { } bytes ? Convert.ToBase64String(bytes.Span) : stored.Text),
        JsonValueKind.Number => stored.Int64 is { } number && signed.GetRawText() == number.ToString(CultureInfo.InvariantCulture),
        JsonValueKind.True => stored.Boolean == true,
        JsonValueKind.False => stored.Boolean == false,
        JsonValueKind.Null => stored.IsNull,
        _ => false,
    };

    /// <summary>Fields of drafts, which whoever meets them ignores (§5.1).</summary>
    private static bool IsHistorical(string name) => name is "expected_partial_claim" or "expected_claim_generator" or "expected_countersigners";
}
