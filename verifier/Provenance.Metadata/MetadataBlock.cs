using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;

namespace Provenance.Metadata;

/// <summary>A block of metadata, joined and unpacked.</summary>
/// <param name="Kind">How it is written.</param>
/// <param name="Form">How it lay in its container, as far as that says how to read it.</param>
/// <param name="Ranges">Where its bytes stand in the asset.</param>
/// <param name="Bytes">The block.</param>
internal sealed record MetadataBlock(MetadataBlockKind Kind, MetadataForm Form, IReadOnlyList<ByteRange> Ranges, ReadOnlyMemory<byte> Bytes);

/// <summary>A name and a value as a block has them.</summary>
/// <param name="Name">The block's own name of it, with its standard before it: "EXIF Software", "XMP dc:title", "PNG parameters".</param>
/// <param name="Value">The value, as text.</param>
internal sealed record MetadataEntry(string Name, string Value);
