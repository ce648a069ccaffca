using Provenance.Verifier.Formats;

namespace Provenance.Verifier.Reports;

/// <summary>
/// What the unsigned metadata of an asset says: EXIF, XMP, IPTC and the like. Anybody can write it, before signing and, where the signature
/// does not cover it, after. Apart from what signers state, which is <see cref="VerificationReport.SignedMetadata"/>.
/// </summary>
public sealed class MetadataReport
{
    /// <summary>The report on an asset that has no metadata.</summary>
    public static MetadataReport Empty { get; } = new();

    /// <summary>What the blocks say, in the order of <see cref="MetadataKey.All"/>, then of the file. Two blocks may disagree: both are here.</summary>
    public IReadOnlyList<MetadataField> Fields { get; init; } = [];

    /// <summary>Blocks that are there and were not read.</summary>
    public IReadOnlyList<UnreadableBlock> Unreadable { get; init; } = [];

    /// <summary>Marks that programs which generate pictures leave. That there is none says nothing.</summary>
    public IReadOnlyList<GeneratorMark> Marks { get; init; } = [];

    /// <summary>Whether anything was there, read or not.</summary>
    public bool IsEmpty => Fields.Count == 0 && Unreadable.Count == 0 && Marks.Count == 0;
}

/// <summary>One thing the unsigned metadata says.</summary>
/// <param name="Key">What it tells.</param>
/// <param name="Value">As written, at most <see cref="ValueLength"/> characters: untrusted text, not fit for display before <see cref="Labels.DisplayText.Clean"/>.</param>
/// <param name="Block">How it is written.</param>
/// <param name="Coverage">Whether the signature covers the block it stands in.</param>
public sealed record MetadataField(MetadataKey Key, string Value, MetadataBlockKind Block, FieldCoverage Coverage)
{
    /// <summary>Characters of a value; what is longer is cut, with "…" behind it.</summary>
    public const int ValueLength = 4096;

    /// <summary>Whose privacy it touches.</summary>
    public MetadataPrivacy Privacy => Key.Privacy;

    /// <summary>The time it tells, for the keys "time.…"; null for others, and where the value is no time.</summary>
    public MetadataTime? Time { get; init; }
}

/// <summary>A time as metadata writes it: often without saying where on earth the clock stood.</summary>
/// <param name="Local">Date and time on the clock's face.</param>
/// <param name="Offset">How far that clock was ahead of UTC; null where it is not said.</param>
public sealed record MetadataTime(DateTime Local, TimeSpan? Offset)
{
    /// <summary>The moment; null where the offset is not said. Then it lies within 14 hours of <see cref="Local"/> taken for UTC.</summary>
    public DateTimeOffset? Exact => Offset is { } offset ? new DateTimeOffset(DateTime.SpecifyKind(Local, DateTimeKind.Unspecified), offset) : null;
}

/// <summary>Why a block was not read.</summary>
public enum UnreadableReason
{
    /// <summary>It breaks the rules of its kind.</summary>
    Malformed,

    /// <summary>It is longer than one block may be, packed or unpacked.</summary>
    TooLarge,

    /// <summary>There are more blocks than are read of one asset.</summary>
    TooMany,

    /// <summary>Reading it would cost more than one block may.</summary>
    TooCostly,
}

/// <summary>A block of metadata that is there and was not read.</summary>
/// <param name="Block">How it is written.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">More of it, for the technical part of a report; null where there is no more to say.</param>
public sealed record UnreadableBlock(MetadataBlockKind Block, UnreadableReason Reason, string? Detail);

/// <summary>
/// A mark as programs leave it that generate pictures. Unsigned: anybody can write it, and anybody can take it out, so that it is a hint and
/// no proof in either direction.
/// </summary>
/// <param name="Generator">The program or standard that leaves such marks, a name of our own table, for instance "ComfyUI".</param>
/// <param name="Evidence">Where it stands, for instance "PNG text 'parameters'".</param>
/// <param name="Block">How it is written.</param>
/// <param name="Coverage">Whether the signature covers the block it stands in.</param>
/// <param name="SaysAi">Whether it says that a trained model made or edited the content; else it names a program that can do so among other things.</param>
public sealed record GeneratorMark(string Generator, string Evidence, MetadataBlockKind Block, FieldCoverage Coverage, bool SaysAi);
