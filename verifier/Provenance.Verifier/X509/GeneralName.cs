using System.Formats.Asn1;
using System.Text;

namespace Provenance.Verifier.X509;

/// <summary>The alternatives of GeneralName by their context tag (RFC 5280 §4.2.1.6).</summary>
internal enum GeneralNameKind
{
    OtherName = 0,
    Email = 1,
    Dns = 2,
    X400 = 3,
    Directory = 4,
    EdiParty = 5,
    Uri = 6,
    Ip = 7,
    RegisteredId = 8,
}

/// <summary>A GeneralName.</summary>
/// <param name="Kind">The alternative.</param>
/// <param name="Text">The text of an email, DNS or URI name (IA5, read as Latin-1); else empty.</param>
/// <param name="Bytes">The octets of an IP name; the encoded value of the kinds that are not told apart further; else empty.</param>
/// <param name="Name">The name of a directory name; else null.</param>
internal sealed record GeneralName(GeneralNameKind Kind, string Text, ReadOnlyMemory<byte> Bytes, DistinguishedName? Name)
{
    /// <summary>Reads GeneralNames, at least one (§4.2.1.6).</summary>
    public static List<GeneralName> ReadAll(DerReader reader)
    {
        var sequence = reader.ReadSequence();
        var names = new List<GeneralName>();
        while (sequence.HasData)
            names.Add(Read(sequence));
        return names.Count > 0 ? names : throw sequence.Malformed("at least one name expected (RFC 5280 §4.2.1.6)");
    }

    public static GeneralName Read(DerReader reader)
    {
        var tag = reader.PeekTag();
        if (tag.TagClass != TagClass.ContextSpecific || tag.TagValue is < 0 or > 8)
            throw reader.Malformed($"{tag} is no GeneralName");
        var kind = (GeneralNameKind)tag.TagValue;
        switch (kind)
        {
            case GeneralNameKind.Email or GeneralNameKind.Dns or GeneralNameKind.Uri:
                return new GeneralName(kind, Encoding.Latin1.GetString(reader.ReadContextContent(tag.TagValue).Span), default, null);
            case GeneralNameKind.Ip:
                return new GeneralName(kind, "", reader.ReadOctetString(tag.TagValue), null);
            case GeneralNameKind.Directory:
                // Name is a CHOICE, so its tag is explicit.
                var field = reader.ReadExplicit(tag.TagValue);
                var name = DistinguishedName.Read(field);
                field.ExpectEnd();
                return new GeneralName(kind, "", default, name);
            default:
                return new GeneralName(kind, "", reader.ReadEncoded(), null);
        }
    }
}
