using System.Security.Cryptography;
using System.Text;

namespace Provenance.TestKit;

/// <summary>Where the claim lists an assertion.</summary>
public enum AssertionList
{
    /// <summary><c>created_assertions</c> (claim v1: <c>assertions</c>).</summary>
    Created,

    /// <summary><c>gathered_assertions</c> (claim v1: <c>assertions</c>).</summary>
    Gathered,

    /// <summary>Stored, but not listed: the reader must notice.</summary>
    Unlisted,
}

/// <summary>One assertion: how its box is written, and how the claim refers to it.</summary>
public sealed record Assertion(string Label, string ContentType, Func<BuildContext, IReadOnlyList<TestBox>> Content)
{
    private const string EmbeddedFile = "40CB0C32-BB8A-489D-A70B-2AD6F47F4369";

    public AssertionList List { get; init; }

    /// <summary>Listed in the claim, yet no box in the store.</summary>
    public bool IsMissing { get; init; }

    public byte[]? Salt { get; init; }

    /// <summary>The entry's own hash algorithm; written as its <c>alg</c>.</summary>
    public HashAlgorithmName? Algorithm { get; init; }

    /// <summary>Changes the claim's entry.</summary>
    public Action<CborFields>? EntryChange { get; init; }

    /// <summary>Changes the assertion's superbox before it is hashed.</summary>
    public Action<TestBox>? BoxChange { get; init; }

    /// <summary>How often the claim lists it.</summary>
    public int Entries { get; init; } = 1;

    public static Assertion Cbor(string label, object value) => Cbor(label, _ => value);

    public static Assertion Cbor(string label, Func<BuildContext, object> value) =>
        new(label, "cbor", c => [TestBox.Content("cbor", TestCbor.Encode(value(c)))]);

    /// <summary>CBOR as given, well-formed or not.</summary>
    public static Assertion CborBytes(string label, byte[] bytes) => new(label, "cbor", _ => [TestBox.Content("cbor", bytes)]);

    public static Assertion Json(string label, string json) =>
        new(label, "json", _ => [TestBox.Content("json", Encoding.UTF8.GetBytes(json))]);

    public static Assertion JsonBytes(string label, byte[] bytes) => new(label, "json", _ => [TestBox.Content("json", bytes)]);

    /// <summary>An embedded file: thumbnail, icon, embedded data.</summary>
    public static Assertion File(string label, string mediaType, byte[] bytes, string? fileName = null)
    {
        byte[] name = fileName is null ? [] : [.. Encoding.UTF8.GetBytes(fileName), 0];
        byte[] description = [(byte)(fileName is null ? 0 : 1), .. Encoding.UTF8.GetBytes(mediaType), 0, .. name];
        return new(label, EmbeddedFile, _ => [TestBox.Content("bfdb", description), TestBox.Content("bidb", bytes)]);
    }

    public static Assertion Uuid(string label, string id, byte[] bytes) =>
        new(label, "uuid", _ => [TestBox.Content("uuid", [.. TestBox.Uuid(id), .. bytes])]);

    /// <summary>Any content type with any content boxes.</summary>
    public static Assertion Boxes(string label, string contentType, params TestBox[] boxes) => new(label, contentType, _ => boxes);

    public Assertion Gathered() => this with { List = AssertionList.Gathered };

    public Assertion Unlisted() => this with { List = AssertionList.Unlisted };

    public Assertion Missing() => this with { IsMissing = true };

    public Assertion Salted(int bytes = 16) => this with { Salt = Seeded.Bytes("salt/" + Label, bytes) };

    public Assertion HashedWith(HashAlgorithmName algorithm) => this with { Algorithm = algorithm };

    /// <summary>Changes the claim's entry: another URL, a wrong hash.</summary>
    public Assertion Entry(Action<CborFields> change) => this with { EntryChange = change };

    public Assertion Box(Action<TestBox> change) => this with { BoxChange = change };

    public Assertion ListedTwice() => this with { Entries = 2 };

    internal TestBox Write(BuildContext context)
    {
        TestBox box = TestBox.Super(ContentType, Label, [.. Content(context)]);
        if (Salt is not null) box.Salted(Salt);
        BoxChange?.Invoke(box);
        return box;
    }
}
