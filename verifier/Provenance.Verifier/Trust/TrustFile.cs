using System.Text.Json;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Trust;

/// <summary>
/// What a signed list of the kind "trust" adds to what every signed list has:
/// <code>
/// "purposes":         [ "1.3.6.1.5.5.7.3.36", … ]                                          extended key usages; absent: the usual ones
/// "anchors":          [ { "certificate": Base64 of DER, "notBefore": time, "notAfter": time, "note": text }, … ]
/// "allowed":          [ { "certificate": Base64 of DER, "note": text }, { "sha256": 64 hex digits }, … ]
/// "timeStampAnchors": [ like anchors ]
/// "note":             text
/// </code>
/// </summary>
internal static class TrustFile
{
    /// <summary>The lists in it, one for each purpose it speaks of.</summary>
    /// <exception cref="MalformedDataException">An entry is damaged or not known, or nobody is trusted.</exception>
    public static List<TrustList> Read(SignedList list)
    {
        list.OnlyKnows("purposes", "anchors", "allowed", "timeStampAnchors", "note");
        string structure = list.Structure;
        var anchors = Anchors(list.Root, "anchors", structure);
        var stampers = Anchors(list.Root, "timeStampAnchors", structure);
        var allowed = Allowed(list.Root, structure);
        var lists = new List<TrustList>();
        if (anchors.Count + allowed.Count > 0)
            lists.Add(TrustList.Of(list.Name, TrustPurpose.Signer, anchors, Purposes(list.Root, structure), allowed));
        if (stampers.Count > 0)
            lists.Add(TrustList.Of(list.Name, TrustPurpose.TimeStamp, stampers, null, AllowedCertificates.None));
        if (lists.Count == 0)
            throw new MalformedDataException(structure, 0, "a list without anchors and without allowed certificates trusts nobody");
        string number = list.SequenceNumber.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return [.. lists.Select(read => read.PublishedAs(null, "provenance.trust", number, list.Issued))];
    }

    private static List<TrustAnchor> Anchors(JsonElement root, string name, string structure)
    {
        var anchors = new List<TrustAnchor>();
        foreach (var entry in Entries(root, name, structure))
        {
            ListJson.OnlyKnows(entry, structure, "certificate", "notBefore", "notAfter", "note");
            var certificate = Certificate(entry, name, anchors.Count, structure);
            var (from, until) = (ListJson.OptionalTime(entry, "notBefore", structure), ListJson.OptionalTime(entry, "notAfter", structure));
            if (from > until)
                throw new MalformedDataException(structure, 0, $"{name}, entry {anchors.Count + 1}: notBefore lies behind notAfter");
            anchors.Add(new(certificate, from, until));
        }
        return anchors;
    }

    private static AllowedCertificates Allowed(JsonElement root, string structure)
    {
        var certificates = new List<Certificate>();
        var hashes = new List<byte[]>();
        foreach (var entry in Entries(root, "allowed", structure))
        {
            ListJson.OnlyKnows(entry, structure, "certificate", "sha256", "note");
            if (ListJson.Optional(entry, "sha256", JsonValueKind.String, structure) is null)
                certificates.Add(Certificate(entry, "allowed", certificates.Count + hashes.Count, structure));
            else if (entry.TryGetProperty("certificate", out _))
                throw new MalformedDataException(structure, 0, "an entry of allowed is either a certificate or a sha256");
            else
                hashes.Add(Hash(ListJson.Text(entry, "sha256", structure), structure));
        }
        return AllowedCertificates.Of(certificates, hashes);
    }

    private static List<string>? Purposes(JsonElement root, string structure)
    {
        if (ListJson.Optional(root, "purposes", JsonValueKind.Array, structure) is not { } array)
            return null;
        var purposes = new List<string>();
        foreach (var entry in array.EnumerateArray())
        {
            if (entry.ValueKind != JsonValueKind.String || !PurposeFile.IsOid(entry.GetString()!))
                throw new MalformedDataException(structure, 0, "purposes holds what is no object identifier (digits and periods)");
            purposes.Add(entry.GetString()!);
        }
        return purposes.Count > 0 ? purposes : throw new MalformedDataException(structure, 0, "purposes is empty");
    }

    private static JsonElement.ArrayEnumerator Entries(JsonElement root, string name, string structure) =>
        ListJson.Optional(root, name, JsonValueKind.Array, structure) is { } array ? array.EnumerateArray() : default;

    private static Certificate Certificate(JsonElement entry, string name, int index, string structure) =>
        TrustText.ParseCertificate(ListJson.Bytes(entry, "certificate", structure), structure, 0, $"of {name}, entry {index + 1},");

    private static byte[] Hash(string hex, string structure)
    {
        byte[] hash = new byte[32];
        return hex.Length == 64 && Convert.FromHexString(hex, hash, out _, out _) == System.Buffers.OperationStatus.Done
            ? hash
            : throw new MalformedDataException(structure, 0, "a sha256 is 64 hex digits");
    }
}
