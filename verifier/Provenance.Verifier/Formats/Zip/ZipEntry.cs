using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Zip;

/// <summary>One header of the central directory (APPNOTE 6.3.10 §4.3.12), 64-bit fields applied.</summary>
/// <param name="Header">The header itself.</param>
internal sealed record ZipEntry(ByteRange Header)
{
    public const int CrcOffset = 16, CrcLength = 4;

    /// <summary>Where the manifest store lies in every archive (C2PA 2.5 §A.6.3).</summary>
    public const string StorePath = "META-INF/content_credential.c2pa";

    /// <summary>The path in every way its bytes may be read, UTF-8 first.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    public required ReadOnlyMemory<byte> NameBytes { get; init; }

    public ReadOnlyMemory<byte> Extra { get; init; }

    public int Flags { get; init; }

    public int Method { get; init; }

    public uint Crc { get; init; }

    public long PackedSize { get; init; }

    public long Size { get; init; }

    public long LocalHeader { get; init; }

    public bool IsStore => Names[0] == StorePath;

    public bool IsEncrypted => (Flags & 0x0001) != 0;

    /// <summary>CRC and sizes follow the data (§4.3.9).</summary>
    public bool HasDescriptor => (Flags & 0x0008) != 0;

    public bool IsEmptyFolder => Names[0].EndsWith('/') && PackedSize == 0 && Size == 0;
}
