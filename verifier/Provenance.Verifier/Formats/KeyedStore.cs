using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats;

/// <summary>
/// A manifest store as the Base64 value of one key among a file's own metadata (C2PA 2.5 §A.3.14 to §A.3.16). A data hash leaves out the value's
/// bytes and nothing of what frames them.
/// </summary>
internal static class KeyedStore
{
    public static ReadOnlySpan<byte> Key => "c2pa:manifest"u8;

    /// <summary>Named by faults of the entry that holds the store.</summary>
    public const string Structure = "c2pa:manifest";

    /// <summary>The store whose Base64 fills a range of the file.</summary>
    public static StoreLocation Of(ByteRange value) => new([value], [value]) { Encoding = StoreEncoding.Base64 };
}
