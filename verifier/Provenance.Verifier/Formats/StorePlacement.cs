namespace Provenance.Verifier.Formats;

/// <summary>Whether the standard says where a format carries a manifest store.</summary>
public enum PlacementKind
{
    /// <summary>In the file.</summary>
    Embedded,

    /// <summary>The standard knows the format and places no store in it: the store lies beside the file or elsewhere.</summary>
    DetachedOnly,

    /// <summary>The standard does not mention the format; a store beside the file can bind it all the same.</summary>
    NotPlaced,
}

/// <summary>Where a format carries a manifest store, and what binds the store to the content.</summary>
/// <param name="Kind">Whether there is a place.</param>
/// <param name="Clause">The clause of C2PA 2.5 that says so, for instance "A.3.1".</param>
/// <param name="Where">The place, in a few words, for instance "APP11 segments".</param>
/// <param name="Bindings">Labels of the hard bindings that files of the format use, the usual one first.</param>
public sealed record StorePlacement(PlacementKind Kind, string Clause, string Where, params IReadOnlyList<string> Bindings)
{
    /// <summary>In the file.</summary>
    public static StorePlacement Embedded(string clause, string where, params IReadOnlyList<string> bindings) => new(PlacementKind.Embedded, clause, where, bindings);
}
