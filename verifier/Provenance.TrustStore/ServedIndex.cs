using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Trust;

namespace Provenance.TrustStore;

/// <summary>A list that a server hands on, as its index names it.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Role">What its bytes are for: one of <see cref="ServedIndex.Roles"/>.</param>
/// <param name="Url">Where it is, on the same server; relative to its address.</param>
/// <param name="Sha256">The SHA-256 of its bytes, lower-case hex.</param>
/// <param name="Date">When this issue was made; where the list does not say, since when the server has it. For people.</param>
/// <param name="Sequence">The number of the issue, 0 where it has none. For people.</param>
/// <param name="Source">Where the server has it from; null where that is no address.</param>
/// <param name="Signature">Where the signature of the server's keeper over its bytes is; null where nobody signs.</param>
internal sealed record ServedList(string Name, string Role, string Url, string Sha256, DateTimeOffset Date, long Sequence, string? Source, string? Signature);

/// <summary>
/// What a server hands on: all of it, in one file that can be signed, so that nobody on the way leaves a list out or hands on what was true once
/// (docs/extension.md). Members that are not known are passed over, since it restricts nothing: each list speaks for itself.
/// </summary>
/// <param name="Issued">When it was made; who follows a server does not take what is older than <see cref="MostAge"/>.</param>
/// <param name="Sequence">Rises with every change of what is handed on.</param>
/// <param name="Signature">Where the signature over these bytes is; null where nobody signs.</param>
/// <param name="Lists">The lists.</param>
internal sealed record ServedIndex(DateTimeOffset Issued, long Sequence, string? Signature, IReadOnlyList<ServedList> Lists)
{
    public const string Format = "provenance-trust-lists", Path = "/api/v1/trust-lists", Any = "any", Anchors = "anchors", TimeStampAnchors = "time-stamp-anchors", IdentityAnchors = "identity-anchors", Incidents = "incidents";

    /// <summary>The extension takes no more, since it keeps 64 in all.</summary>
    public const int MostLists = 32;

    private const int MostCharacters = 200, MostUrlCharacters = 2000;

    private const string Structure = "index of a server's lists";

    public static IReadOnlyList<string> Roles { get; } = [Any, Anchors, TimeStampAnchors, IdentityAnchors, Incidents];

    /// <summary>A server makes its index anew every day. Longer than the longest holidays for which nobody looks after one, shorter than signers' certificates last.</summary>
    public static TimeSpan MostAge { get; } = TimeSpan.FromDays(14);

    /// <summary>How far a clock may be wrong.</summary>
    public static TimeSpan MostAhead { get; } = TimeSpan.FromDays(1);

    public byte[] Write()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Default }))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("version", 1);
            json.WriteString("issued", Moment(Issued));
            json.WriteNumber("sequence", Sequence);
            if (Signature is not null)
                json.WriteString("signature", Signature);
            json.WriteStartArray("lists");
            foreach (var list in Lists)
                Write(json, list);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return [.. stream.ToArray(), (byte)'\n'];
    }

    /// <exception cref="MalformedDataException">The bytes are no such index.</exception>
    public static ServedIndex Parse(byte[] bytes)
    {
        using var document = ListJson.Parse(bytes, Structure, Limits.Default);
        var root = document.RootElement;
        if (ListJson.Text(root, "format", Structure) != Format)
            throw Malformed($"format is not '{Format}'");
        if (Number(root, "version") != 1)
            throw Malformed("its version is not known; 1 is");
        var lists = ListJson.Member(root, "lists", JsonValueKind.Array, Structure).EnumerateArray().Select(Read).ToList();
        if (lists.Count > MostLists)
            throw Malformed($"it names more than {MostLists} lists");
        // One of two lists at one address would stand for the other.
        return lists.DistinctBy(list => list.Url).Count() == lists.Count
            ? new(ListJson.Time(root, "issued", Structure), Number(root, "sequence"), OptionalUrl(root, "signature"), lists)
            : throw Malformed("two lists have one address");
    }

    private static void Write(Utf8JsonWriter json, ServedList list)
    {
        json.WriteStartObject();
        json.WriteString("name", list.Name);
        json.WriteString("role", list.Role);
        json.WriteString("url", list.Url);
        json.WriteString("sha256", list.Sha256);
        json.WriteString("date", Moment(list.Date));
        json.WriteNumber("sequence", list.Sequence);
        if (list.Source is not null)
            json.WriteString("source", list.Source);
        if (list.Signature is not null)
            json.WriteString("signature", list.Signature);
        json.WriteEndObject();
    }

    private static ServedList Read(JsonElement entry)
    {
        string name = ListJson.Text(entry, "name", Structure), role = ListJson.Text(entry, "role", Structure), sha256 = ListJson.Text(entry, "sha256", Structure);
        if (name.Length > MostCharacters)
            throw Malformed($"a name has more than {MostCharacters} characters");
        if (!Roles.Contains(role))
            throw Malformed("a role is not known");
        if (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigitLower))
            throw Malformed("a sha256 is 64 lower-case hex digits");
        return new(name, role, OptionalUrl(entry, "url") ?? throw Malformed("url is missing"), sha256, ListJson.Time(entry, "date", Structure), Number(entry, "sequence"),
            OptionalUrl(entry, "source"), OptionalUrl(entry, "signature"));
    }

    private static string? OptionalUrl(JsonElement parent, string name)
    {
        if (ListJson.Optional(parent, name, JsonValueKind.String, Structure) is null)
            return null;
        string url = ListJson.Text(parent, name, Structure);
        return url.Length <= MostUrlCharacters ? url : throw Malformed($"{name} has more than {MostUrlCharacters} characters");
    }

    /// <summary>A whole number from 0 that every reader of JSON can hold (RFC 8259 §6).</summary>
    private static long Number(JsonElement parent, string name) =>
        ListJson.Member(parent, name, JsonValueKind.Number, Structure).TryGetInt64(out long number) && number is >= 0 and <= (1L << 53) - 1 ? number : throw Malformed($"{name} is no whole number from 0 to 2^53-1");

    private static MalformedDataException Malformed(string rule) => new(Structure, 0, rule);

    /// <summary>A time as indexes have it: UTC, to the second.</summary>
    internal static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
