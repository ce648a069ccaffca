using System.Text;

namespace Provenance.TestKit;

/// <summary>Lists in the forms in which they are published.</summary>
public static class TestLists
{
    public const string Signers = "C2PA Trust List", TimeStamps = "C2PA TSA Trust List";

    /// <summary>A list of trusted entities (ETSI TS 119 602) as C2PA writes it; each CA is trusted since 2025.</summary>
    public static byte[] TrustedEntities(string scheme, int number, string issued, params TestAuthority[] authorities)
    {
        var entities = authorities.Select(authority => $$"""
            {"TrustedEntityServices":[{"ServiceInformation":{"ServiceDigitalIdentity":{"X509Certificates":[{"val":"{{Convert.ToBase64String(authority.Certificate.Der)}}"}]},
            "ServiceStatus":"http://c2pa.org/conformance/trust-list/trusted","StatusStartingTime":"2025-01-01T00:00:00Z"} }]}
            """);
        return Encoding.UTF8.GetBytes($$"""
            {"LoTE":{"ListAndSchemeInformation":{"LoTEVersionIdentifier":1,"LoTESequenceNumber":{{number}},"SchemeName":[{"lang":"en","value":"{{scheme}}"}],
            "ListIssueDateTime":"{{issued}}"},"TrustedEntitiesList":[{{string.Join(',', entities)}}]} }
            """);
    }

    public static byte[] Pem(params TestAuthority[] authorities) => Encoding.ASCII.GetBytes(string.Concat(authorities.Select(authority => authority.AnchorPem)));

    /// <summary>A list of a newsroom, in our own form.</summary>
    public static byte[] Newsroom(string name, int number, params TestAuthority[] authorities) => Encoding.UTF8.GetBytes($$"""
        {
          "format": "provenance-list", "version": 1, "kind": "trust", "name": "{{name}}", "sequenceNumber": {{number}}, "issued": "2026-05-{{number:00}}T12:00:00Z",
          "anchors": [{{string.Join(", ", authorities.Select(authority => $$"""{ "certificate": "{{Convert.ToBase64String(authority.Certificate.Der)}}" }"""))}}]
        }
        """);
}
