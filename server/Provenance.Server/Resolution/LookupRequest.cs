using Newtonsoft.Json;

namespace Provenance.Server.Resolution;

/// <summary>A private look-up: some slots of a hash, and decoys.</summary>
internal sealed record LookupRequest
{
    /// <summary>One to eight pairs of at most seven slots.</summary>
    public required IReadOnlyList<LookupPair> Pairs { get; init; }

    /// <summary>1: entries whose slot differs in one bit, too.</summary>
    public int Radius { get; init; }
}

internal sealed record LookupPair
{
    /// <summary>The number of the slot, 0 to 15; in the digits of a hash slot 15 comes first.</summary>
    [JsonRequired] // "required" is nothing to the reader, which would make it 0
    public required int Slot { get; init; }

    /// <summary>Its value: four digits, 0 to 9 and a to f.</summary>
    public required string Value { get; init; }
}

/// <summary>Entries that a private look-up found.</summary>
internal sealed record EntriesRequest
{
    /// <summary>One to a hundred numbers of entries.</summary>
    public required IReadOnlyList<long> Ids { get; init; }
}

/// <summary>What entries stand for.</summary>
internal sealed record EntriesAnswer(IReadOnlyList<EntryAnswer> Entries);

internal sealed record EntryAnswer(long Id, string ManifestId);
