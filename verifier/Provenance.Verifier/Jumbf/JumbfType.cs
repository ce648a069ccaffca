namespace Provenance.Verifier.Jumbf;

/// <summary>Content types and box types of ISO 19566-5 and C2PA 2.5 §11.5, §11.2.</summary>
internal static class JumbfType
{
    public const uint Superbox = 0x6A756D62; // jumb
    public const uint Description = 0x6A756D64; // jumd
    public const uint Cbor = 0x63626F72; // cbor
    public const uint Json = 0x6A736F6E; // json
    public const uint Uuid = 0x75756964; // uuid
    public const uint Salt = 0x63327368; // c2sh
    public const uint Brotli = 0x62726F62; // brob
    public const uint FileDescription = 0x62666462; // bfdb
    public const uint FileData = 0x62696462; // bidb
    public const uint Free = 0x66726565; // free

    public static readonly ContentType ManifestStore = ContentType.Standard("c2pa");
    public static readonly ContentType StandardManifest = ContentType.Standard("c2ma");
    public static readonly ContentType OlderStandardManifest = ContentType.Standard("c2md");
    public static readonly ContentType UpdateManifest = ContentType.Standard("c2um");
    public static readonly ContentType CompressedManifest = ContentType.Standard("c2cm");
    public static readonly ContentType AssertionStore = ContentType.Standard("c2as");
    public static readonly ContentType Claim = ContentType.Standard("c2cl");
    public static readonly ContentType Signature = ContentType.Standard("c2cs");
    public static readonly ContentType CredentialStore = ContentType.Standard("c2vc");
    public static readonly ContentType DataBoxStore = ContentType.Standard("c2db");
    public static readonly ContentType CborContent = ContentType.Standard("cbor");
    public static readonly ContentType JsonContent = ContentType.Standard("json");
    public static readonly ContentType UuidContent = ContentType.Standard("uuid");
    public static readonly ContentType EmbeddedFile = new(0x40CB0C32_BB8A489D, 0xA70B2AD6_F47F4369);

    /// <summary>The identifier inside a uuid box that stands where an assertion was removed (C2PA 2.5 §8.6).</summary>
    public static readonly ContentType Redacted = new(0xCAA98EEE_9D4DF80E, 0x86AD4DFF_CA263973);

    /// <summary>A box type as text, for messages and the box tree.</summary>
    public static string Name(uint type) => string.Create(4, type, static (text, value) =>
    {
        for (int i = 0; i < 4; i++)
        {
            char c = (char)((value >> (24 - (8 * i))) & 0xFF);
            text[i] = c is >= ' ' and <= '~' ? c : '.';
        }
    });
}
