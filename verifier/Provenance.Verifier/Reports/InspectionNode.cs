namespace Provenance.Verifier.Reports;

/// <summary>
/// A part of an asset as <see cref="Inspection"/> read it: nothing here was checked. Names and values hold the file's own words, in
/// quotation marks, with control and direction characters written as \u{…}.
/// </summary>
/// <param name="Name">What it is.</param>
/// <param name="Offset">First byte in the asset; null for what lies in no one place there (unpacked, or decoded further).</param>
/// <param name="Length">
/// Length in bytes; null where it has none of its own. Of a part of the manifest store its length in the store, which in a JPEG may be cut
/// into pieces.
/// </param>
/// <param name="Value">What it says; null where its children say it.</param>
/// <param name="Children">Its parts, in the order stored.</param>
public sealed record InspectionNode(string Name, long? Offset, long? Length, string? Value, IReadOnlyList<InspectionNode> Children);
