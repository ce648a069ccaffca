using System.Text;
using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Trust;
using Xunit;

namespace Provenance.Tests.Trust;

public sealed class SignedListTests
{
    private const string Sound = """{"format":"provenance-list","version":1,"kind":"trust","name":"News","sequenceNumber":7,"issued":"2026-11-21T12:00:00Z","more":1}""";

    private static readonly TestListSigner s_signer = new(TestAuthority.SelfSigned("Editor"));

    [Fact]
    public void What_every_list_has_is_read()
    {
        var list = Parse(Sound);
        Assert.Equal(("trust", "News", 7L, new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero)), (list.Kind, list.Name, list.SequenceNumber, list.Issued));
        list.OnlyKnows("more");
        Assert.Contains("'more'", Assert.Throws<MalformedDataException>(() => list.OnlyKnows("other")).Message, StringComparison.Ordinal);
        Assert.Equal("News", Parse("\uFEFF" + Sound).Name);
    }

    [Theory]
    [InlineData("{\"a\":1,\n \"b\" 2}", "not JSON as RFC 8259 has it, in line 2 at byte 6")]
    [InlineData("{\"\\u0061\":1,\n \"b\" 2}", "not JSON as RFC 8259 has it, in line 2 at byte 6")]
    [InlineData("{\"a\":1,\"a\":2}", "a member stands twice in an object")]
    public void What_is_no_JSON_is_told_in_the_same_words_on_every_platform(string json, string rule) =>
        Assert.Equal(rule, Assert.Throws<MalformedDataException>(() => Parse(json)).Rule);

    [Theory]
    [InlineData("\"format\":\"provenance-list\"", "\"format\":\"other\"")]
    [InlineData("\"format\":\"provenance-list\",", "")]
    [InlineData("\"version\":1", "\"version\":2")]
    [InlineData("\"version\":1", "\"version\":\"1\"")]
    [InlineData("\"kind\":\"trust\"", "\"kind\":\"incidents\"")]
    [InlineData("\"name\":\"News\"", "\"name\":\"\"")]
    [InlineData("\"name\":\"News\"", "\"name\":\" \"")]
    [InlineData("\"name\":\"News\"", "\"name\":\"\\ud800\"")]
    [InlineData("\"name\":\"News\"", "\"name\":\"News\",\"name\":\"News\"")]
    [InlineData("\"more\"", "\"\\ud800\"")]
    [InlineData("\"sequenceNumber\":7", "\"sequenceNumber\":0")]
    [InlineData("\"sequenceNumber\":7", "\"sequenceNumber\":-1")]
    [InlineData("\"sequenceNumber\":7", "\"sequenceNumber\":1.5")]
    [InlineData("\"sequenceNumber\":7", "\"sequenceNumber\":9007199254740992")]
    [InlineData("\"sequenceNumber\":7,", "")]
    [InlineData("2026-11-21T12:00:00Z", "2026-11-21")]
    [InlineData("2026-11-21T12:00:00Z", "2026-11-21T12:00:00+00:00")]
    [InlineData("\"more\":1}", "\"more\":1")]
    [InlineData("\"more\":1}", "\"more\":1}{}")]
    public void Each_of_them_is_strict(string sound, string broken)
    {
        Assert.Contains(sound, Sound, StringComparison.Ordinal);
        Assert.Throws<MalformedDataException>(() => Parse(Sound.Replace(sound, broken, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_last_values_that_are_allowed()
    {
        Assert.Equal(9007199254740991, Parse(Sound.Replace(":7,", ":9007199254740991,", StringComparison.Ordinal)).SequenceNumber);
        Assert.Equal(1, Parse(Sound.Replace(":7,", ":1,", StringComparison.Ordinal)).SequenceNumber);
        Assert.Equal(200, Parse(Sound.Replace("News", new string('n', 200), StringComparison.Ordinal)).Name.Length);
        Assert.Throws<MalformedDataException>(() => Parse(Sound.Replace("News", new string('n', 201), StringComparison.Ordinal)));
        Assert.Equal("📰", Parse(Sound.Replace("News", "\\ud83d\\udcf0", StringComparison.Ordinal)).Name);
        Assert.Equal("News", Parse(Sound.PadRight(TrustList.MostBytes)).Name);
        Assert.Throws<LimitExceededException>(() => Parse(Sound.PadRight(TrustList.MostBytes + 1)));
    }

    [Fact]
    public void What_is_no_UTF_8_is_refused()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Sound);
        bytes[Sound.IndexOf("News", StringComparison.Ordinal)] = 0xFF;
        Assert.Throws<MalformedDataException>(() => SignedList.Parse("trust", bytes));
    }

    [Fact]
    public async Task A_list_is_read_only_if_its_signature_is_good()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Sound), nonsense = "no list"u8.ToArray();
        var (signature, list) = await ReadAsync(bytes, s_signer.Sign(bytes));
        Assert.Equal((true, "News"), (signature.IsGood, list?.Name));

        (signature, list) = await ReadAsync(bytes, s_signer.Sign(nonsense));
        Assert.Equal((ListSignatureResult.Wrong, null), (signature.Result, list));
        await Assert.ThrowsAsync<MalformedDataException>(async () => await ReadAsync(nonsense, s_signer.Sign(nonsense)));
        (signature, list) = await ReadAsync(nonsense, new TestListSigner(TestAuthority.SelfSigned("Other")).Sign(nonsense));
        Assert.Equal((ListSignatureResult.OtherSigner, null), (signature.Result, list));
    }

    private static ValueTask<(ListSignature Signature, SignedList? List)> ReadAsync(byte[] json, byte[] signature) =>
        SignedList.ReadAsync("trust", json, signature, s_signer.Sha256, new SystemCrypto(), null, TestContext.Current.CancellationToken);

    private static SignedList Parse(string json) => SignedList.Parse("trust", Encoding.UTF8.GetBytes(json));
}
