using System.Text.Json;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Checks;

namespace Provenance.Verifier.Identity;

/// <summary>A date of a credential as written, and what it means.</summary>
/// <param name="Text">As written; null where it is absent.</param>
/// <param name="Time">The point in time; null where there is none beyond doubt.</param>
internal readonly record struct CredentialDate(string? Text, DateTimeOffset? Time);

/// <summary>An identity claims aggregation as a verifiable credential (W3C VC Data Model 1.1 or 2.0; CAWG identity 1.3 §8.1.2). Nothing in it is proven by being here.</summary>
internal sealed class AggregatedCredential : IDisposable
{
    private const string Structure = "verifiable credential", Context1 = "https://www.w3.org/2018/credentials/v1", Context2 = "https://www.w3.org/ns/credentials/v2",
        OwnContext = "https://cawg.io/identity/1.1/ica/context/";

    private readonly JsonDocument _document;
    private readonly bool _isVersion2;

    private AggregatedCredential(JsonDocument document, JsonElement subject, bool isVersion2) => (_document, Subject, _isVersion2) = (document, subject, isVersion2);

    private JsonElement Root => _document.RootElement;

    /// <summary>Whom and what it speaks of.</summary>
    public JsonElement Subject { get; }

    /// <summary>"issuer" or "issuer.id", as written; null where neither is text.</summary>
    public string? Issuer => Root.Text("issuer") ?? Root.Member("issuer")?.Text("id");

    /// <summary>From when on it holds (VC 2.0 §4.9, VC 1.1 §4.6).</summary>
    public CredentialDate ValidFrom => Date(_isVersion2 ? "validFrom" : "issuanceDate");

    /// <summary>Until when it holds.</summary>
    public CredentialDate ValidUntil => Date(_isVersion2 ? "validUntil" : "expirationDate");

    /// <summary>Where its revocation could be looked up.</summary>
    public IEnumerable<JsonElement> Status => Root.Items("credentialStatus");

    /// <summary>Reads the core of the credential.</summary>
    /// <exception cref="MalformedDataException">It is none, or none of this kind.</exception>
    public static AggregatedCredential Read(ReadOnlyMemory<byte> json, Limits limits)
    {
        if (json.Length > limits.IdentityDocumentBytes)
            throw new LimitExceededException(Structure, 0, nameof(Limits.IdentityDocumentBytes), limits.IdentityDocumentBytes);
        var document = StrictJson.Parse(json, Structure, limits);
        try
        {
            return Read(document);
        }
        catch (MalformedDataException)
        {
            document.Dispose();
            throw;
        }
    }

    private static AggregatedCredential Read(JsonDocument document)
    {
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            throw Malformed("an object expected");
        var contexts = root.Texts("@context").ToList();
        if ((!contexts.Contains(Context1) && !contexts.Contains(Context2)) || !contexts.Contains(OwnContext))
            throw Malformed("@context names the data model and identity claims aggregation (§8.1.2.1)");
        var types = root.Texts("type").ToList();
        if (!types.Contains("VerifiableCredential") || !types.Contains("IdentityClaimsAggregationCredential"))
            throw Malformed("type has VerifiableCredential and IdentityClaimsAggregationCredential (§8.1.2.2)");
        // With several subjects nothing would say which of them vouches.
        if (root.Items("credentialSubject").ToList() is not [{ ValueKind: JsonValueKind.Object } subject])
            throw Malformed("exactly one credentialSubject expected");
        return new(document, subject, contexts.Contains(Context2));
    }

    public void Dispose() => _document.Dispose();

    private CredentialDate Date(string name) => Root.Member(name) is not { } value ? default : new(value.GetRawText(), ParseTime(Root.Text(name)));

    /// <summary>RFC 3339 with any number of digits for the fraction; those beyond a ten-millionth of a second are passed over.</summary>
    public static DateTimeOffset? ParseTime(string? text)
    {
        if (text is null or { Length: > 64 })
            return null;
        int point = text.IndexOf('.'), end = point + 1;
        while (point >= 0 && end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return DateText.Parse(point >= 0 && end - point > 8 ? text[..(point + 8)] + text[end..] : text);
    }

    private static MalformedDataException Malformed(string rule) => new(Structure, 0, rule);
}
