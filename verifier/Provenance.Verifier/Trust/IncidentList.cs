using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Trust;

/// <summary>
/// Certificates that somebody knows to be bad: a newsroom's own list, for what happened and no issuer has withdrawn yet, or withdrew where
/// nobody looked. It says something against certificates only, never for one. A file of our own form:
/// <code>
/// { "format": "provenance-list", "version": 1, "kind": "incidents", "name": "Example News", "sequenceNumber": 3, "issued": "2026-11-21T12:00:00Z",
///   "incidents": [
///     { "certificateSha256": "9F86…", "reason": "signing key published" },
///     { "issuer": "CN=Example CA,O=Example", "serialFrom": "0A00", "serialTo": "0AFF", "reason": "signed pictures it did not take",
///       "since": "2025-08-01T00:00:00Z", "url": "https://example.org/incident" },
///     { "authoritySha256": "…", "reason": "…" },
///     { "authorityKeySha256": "…", "serial": "0A17", "reason": "…" } ] }
/// </code>
/// Each entry has exactly one of certificateSha256 (of its DER), issuer (RFC 4514, as reports write it), authoritySha256 (of the DER) and
/// authorityKeySha256 (of the SubjectPublicKeyInfo); all but the first may be narrowed to serial numbers of the signer's certificate, in
/// hex, and then the authority must be its direct issuer. An issuer alone must be narrowed: names are no proof of whose they are.
/// </summary>
public sealed class IncidentList
{
    /// <summary>The value of "kind".</summary>
    public const string Kind = "incidents";

    /// <summary>Characters of a reason, of an address and of an issuer's name.</summary>
    private const int MostCharacters = 1000;

    /// <summary>Hex digits of a serial number: 20 bytes and one of sign (RFC 5280 §4.1.2.2).</summary>
    private const int MostSerialDigits = 42;

    private static readonly string[] s_subjects = ["certificateSha256", "issuer", "authoritySha256", "authorityKeySha256"];

    private readonly Dictionary<string, List<Incident>> _certificates = new(StringComparer.Ordinal), _authorities = new(StringComparer.Ordinal), _authorityKeys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Incident>> _issuers = new(StringComparer.OrdinalIgnoreCase);

    private IncidentList(SignedList list) => (Name, SequenceNumber, Issued) = (list.Name, list.SequenceNumber, list.Issued);

    /// <summary>The name its keeper gave it: not cleaned for display.</summary>
    public string Name { get; }

    /// <summary>Rises with every issue.</summary>
    public long SequenceNumber { get; }

    /// <summary>When this issue was made, by its keeper's words.</summary>
    public DateTimeOffset Issued { get; }

    /// <summary>How many entries it has.</summary>
    public int Count { get; private set; }

    /// <summary>Whether an entry speaks of authorities: only then what stands above a certificate must be looked at.</summary>
    internal bool SpeaksOfAuthorities => _authorities.Count + _authorityKeys.Count > 0;

    /// <summary>Reads a list. Says nothing of who wrote it: whoever names the file answers for it, or its signature was checked before.</summary>
    /// <param name="json">The list's bytes.</param>
    /// <param name="limits">Limits; null for the usual ones.</param>
    /// <exception cref="MalformedDataException">The bytes are no such list, or hold no entry at all.</exception>
    public static IncidentList Parse(ReadOnlyMemory<byte> json, Limits? limits = null) => From(SignedList.Parse(Kind, json, limits));

    /// <summary>The incidents of a list whose signature was checked.</summary>
    /// <param name="list">A list of kind <see cref="Kind"/>.</param>
    /// <exception cref="MalformedDataException">It breaks a rule, or holds no entry at all.</exception>
    public static IncidentList From(SignedList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        if (list.Kind != Kind)
            throw new ArgumentException($"A list of kind '{Kind}' expected.", nameof(list));
        list.OnlyKnows("incidents");
        var incidents = new IncidentList(list);
        foreach (var entry in ListJson.Member(list.Root, "incidents", JsonValueKind.Array, list.Structure).EnumerateArray())
            incidents.Add(entry, $"{list.Structure}, entry {incidents.Count + 1}");
        // One that lost its entries must not pass for one that has none.
        return incidents.Count > 0 ? incidents : throw new MalformedDataException(list.Structure, 0, "no incident at all");
    }

    /// <summary>Entries about a certificate itself.</summary>
    internal IEnumerable<Incident> About(string certificateSha256) => Of(_certificates, certificateSha256);

    /// <summary>Entries about certificates of an issuer of this name.</summary>
    internal IEnumerable<Incident> AboutIssuer(DistinguishedName issuer) => _issuers.Count == 0 ? [] : Of(_issuers, issuer.ToString());

    /// <summary>Entries about an authority above a certificate.</summary>
    /// <param name="certificateSha256">Digest of the authority's certificate.</param>
    /// <param name="keySha256">Digest of its key.</param>
    /// <param name="isDirect">Whether it issued the certificate itself; entries with serial numbers mean such ones only.</param>
    internal IEnumerable<Incident> AboutAuthority(string certificateSha256, string keySha256, bool isDirect) =>
        Of(_authorities, certificateSha256).Concat(Of(_authorityKeys, keySha256)).Where(incident => isDirect || incident.Serials is null);

    private static List<Incident> Of(Dictionary<string, List<Incident>> entries, string key) => entries.GetValueOrDefault(key) ?? [];

    private void Add(JsonElement entry, string structure)
    {
        if (entry.ValueKind != JsonValueKind.Object)
            throw new MalformedDataException(structure, 0, $"an object expected, {entry.ValueKind} found");
        ListJson.OnlyKnows(entry, structure, "certificateSha256", "issuer", "authoritySha256", "authorityKeySha256", "serial", "serialFrom", "serialTo", "reason", "since", "url");
        var (entries, key, subject) = ReadSubject(entry, structure);
        var serials = ReadSerials(entry, structure);
        if (subject == IncidentSubject.Certificate && serials is not null)
            throw new MalformedDataException(structure, 0, "certificateSha256 names one certificate: no serial number goes with it");
        if (subject == IncidentSubject.IssuerAndSerial && serials is null)
            throw new MalformedDataException(structure, 0, "issuer goes with serial, or with serialFrom and serialTo");
        string? url = ListJson.Optional(entry, "url", JsonValueKind.String, structure) is null ? null : Text(entry, "url", structure);
        if (url is not null && !url.StartsWith("https://", StringComparison.Ordinal) && !url.StartsWith("http://", StringComparison.Ordinal))
            throw new MalformedDataException(structure, 0, "url begins with https:// or http://");
        var match = new IncidentMatch(Name, Text(entry, "reason", structure), ListJson.OptionalTime(entry, "since", structure), url, subject);
        if (!entries.TryGetValue(key, out var list))
            entries.Add(key, list = []);
        list.Add(new(match, serials));
        Count++;
    }

    private (Dictionary<string, List<Incident>> Entries, string Key, IncidentSubject Subject) ReadSubject(JsonElement entry, string structure)
    {
        string[] given = [.. s_subjects.Where(name => entry.TryGetProperty(name, out _))];
        if (given is not [var only])
            throw new MalformedDataException(structure, 0, "exactly one of certificateSha256, issuer, authoritySha256 and authorityKeySha256 expected");
        return only switch
        {
            "certificateSha256" => (_certificates, Digest(entry, only, structure), IncidentSubject.Certificate),
            "issuer" => (_issuers, Text(entry, only, structure), IncidentSubject.IssuerAndSerial),
            "authoritySha256" => (_authorities, Digest(entry, only, structure), IncidentSubject.Authority),
            _ => (_authorityKeys, Digest(entry, only, structure), IncidentSubject.Authority),
        };
    }

    private static SerialRange? ReadSerials(JsonElement entry, string structure)
    {
        var (one, first, last) = (Serial(entry, "serial", structure), Serial(entry, "serialFrom", structure), Serial(entry, "serialTo", structure));
        if (one is not null && (first ?? last) is null)
            return new(one.Value, one.Value);
        if (one is not null || first is null != last is null || first > last)
            throw new MalformedDataException(structure, 0, "serial, or serialFrom and serialTo with the smaller number first");
        return first is null ? null : new(first.Value, last!.Value);
    }

    private static BigInteger? Serial(JsonElement entry, string name, string structure)
    {
        if (ListJson.Optional(entry, name, JsonValueKind.String, structure) is null)
            return null;
        string text = ListJson.Text(entry, name, structure);
        return text.Length <= MostSerialDigits && text.All(char.IsAsciiHexDigit)
            ? BigInteger.Parse("0" + text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : throw new MalformedDataException(structure, 0, $"{name} is no number of at most {MostSerialDigits} hex digits");
    }

    private static string Digest(JsonElement entry, string name, string structure)
    {
        string text = ListJson.Text(entry, name, structure);
        return text.Length == 64 && text.All(char.IsAsciiHexDigit) ? text.ToUpperInvariant() : throw new MalformedDataException(structure, 0, $"{name} is no SHA-256 of 64 hex digits");
    }

    private static string Text(JsonElement entry, string name, string structure)
    {
        string text = ListJson.Text(entry, name, structure);
        return text.Length <= MostCharacters ? text : throw new MalformedDataException(structure, 0, $"{name} has more than {MostCharacters} characters");
    }
}
