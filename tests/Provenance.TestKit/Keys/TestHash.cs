using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Provenance.TestKit;

/// <summary>Digests by name, and the two spellings of the name: C2PA's and X.509's.</summary>
public static class TestHash
{
    public static byte[] Of(HashAlgorithmName name, params ReadOnlySpan<byte> data) =>
        CryptographicOperations.HashData(name, data);

    public static int Size(HashAlgorithmName name) => name.Name switch { "SHA1" => 20, "SHA256" => 32, "SHA384" => 48, _ => 64 };

    /// <summary><c>sha256</c>, <c>sha384</c>, <c>sha512</c>.</summary>
    public static string C2paName(HashAlgorithmName name) => name.Name!.ToLowerInvariant();

    public static void WriteAlgorithmIdentifier(AsnWriter writer, HashAlgorithmName name)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oid(name));
            writer.WriteNull();
        }
    }

    public static string Oid(HashAlgorithmName name) => name.Name switch
    {
        "SHA1" => "1.3.14.3.2.26",
        "MD5" => "1.2.840.113549.2.5",
        "SHA256" => "2.16.840.1.101.3.4.2.1",
        "SHA384" => "2.16.840.1.101.3.4.2.2",
        _ => "2.16.840.1.101.3.4.2.3",
    };
}
