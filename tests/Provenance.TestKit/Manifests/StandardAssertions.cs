using System.Formats.Cbor;

namespace Provenance.TestKit;

/// <summary>What the token of a <c>c2pa.time-stamp</c> assertion is made over.</summary>
public enum TimeStampCover
{
    /// <summary>As in <c>sigTst2</c>: a Sig_structure around the CBOR of the signature.</summary>
    CounterSignature,

    /// <summary>The other reading of the text: the payload is the signature without its CBOR head.</summary>
    CounterSignatureWithoutHead,

    /// <summary>The signature's bytes, as the reference reads and writes it.</summary>
    SignatureBytes,
}

/// <summary>Assertions whose content follows from something else.</summary>
public static class StandardAssertions
{
    /// <summary><c>c2pa.time-stamp</c>: a token over the signature of another manifest, under that manifest's label.</summary>
    public static Assertion TimeStamp(SignedAsset about, TestTimeStampAuthority authority, TimeStampCover cover = TimeStampCover.CounterSignature) =>
        Assertion.Cbor("c2pa.time-stamp", new CborFields { { about.ActiveLabel, authority.Token(StampedBytes(about, cover)) } });

    /// <summary><c>c2pa.certificate-status</c> with byte strings.</summary>
    public static Assertion CertificateStatus(params byte[][] responses) =>
        Assertion.Cbor("c2pa.certificate-status", new CborFields { { "ocspVals", responses } });

    /// <summary><c>c2pa.certificate-status</c> with Base64 text, as one writer has it.</summary>
    public static Assertion CertificateStatusAsText(params byte[][] responses) =>
        Assertion.Cbor("c2pa.certificate-status", new CborFields { { "ocspVals", responses.Select(Convert.ToBase64String).ToArray() } });

    /// <summary><c>c2pa.metadata</c>: JSON-LD with the fields given.</summary>
    public static Assertion Metadata(string fields = "\"dc:creator\": [\"A. Photographer\"]", string label = "c2pa.metadata") =>
        Assertion.Json(label, "{\"@context\": {\"dc\": \"http://purl.org/dc/elements/1.1/\", \"exif\": \"http://ns.adobe.com/exif/1.0/\"}, " + fields + "}");

    /// <summary><c>c2pa.thumbnail.claim</c>.</summary>
    public static Assertion Thumbnail(TestAsset picture, string label = "c2pa.thumbnail.claim") => Assertion.File(label, picture.MediaType, picture.Bytes);

    /// <summary>Protected header and signature of the active manifest's COSE_Sign1, read by the platform.</summary>
    public static (byte[] ProtectedHeader, byte[] Signature) Signature(SignedAsset asset)
    {
        var reader = new CborReader(CoseBytes(asset));
        reader.ReadTag();
        reader.ReadStartArray();
        byte[] header = reader.ReadByteString();
        reader.SkipValue();
        reader.SkipValue();
        return (header, reader.ReadByteString());
    }

    private static byte[] CoseBytes(SignedAsset asset) => asset.ActiveManifest.Child("c2pa.signature").Children[0].Payload;

    private static byte[] StampedBytes(SignedAsset asset, TimeStampCover cover)
    {
        (byte[] header, byte[] signature) = Signature(asset);
        return cover switch
        {
            TimeStampCover.CounterSignature => StampRecipe.StampedBytes(StampGeneration.V2, [], header, signature),
            TimeStampCover.CounterSignatureWithoutHead => CoseRecipe.SigStructure("CounterSignature", header, [], signature),
            _ => signature,
        };
    }
}
