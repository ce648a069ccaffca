using System.Security.Cryptography;
using System.Text;
using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Trust;
using Provenance.Verifier.X509;
using Xunit;

namespace Provenance.Tests.Trust;

public sealed class TrustFileTests
{
    private static readonly TestAuthority s_root = TestAuthority.Root("Root"), s_time = TestAuthority.Root("Time");
    private static readonly TestCertificate s_leaf = s_root.Issue("Reporter");
    private static readonly string s_anchor = $$"""{"certificate":"{{Base64(s_root.Certificate)}}"}""";

    [Fact]
    public async Task Each_purpose_of_a_list_becomes_a_list()
    {
        var lists = Read($$"""
            "purposes":["1.2.3.4"],
            "anchors":[{"certificate":"{{Base64(s_root.Certificate)}}","notBefore":"2026-01-01T00:00:00Z","notAfter":"2026-12-31T23:59:59Z","note":"until the move"}],
            "allowed":[{"certificate":"{{Base64(s_leaf)}}"},{"sha256":"{{new string('A', 64)}}"}],
            "timeStampAnchors":[{"certificate":"{{Base64(s_time.Certificate)}}"}],"note":"hello"
            """);

        Assert.Equal([TrustPurpose.Signer, TrustPurpose.TimeStamp], lists.Select(list => list.Purpose));
        Assert.All(lists, list => Assert.Equal(("News", "7", TrustModel.Own), (list.Name, list.Identifier, list.Model)));
        Assert.All(lists, list => Assert.Equal(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero), list.Issued));
        Assert.Equal(["1.2.3.4", "1.3.6.1.4.1.62558.2.1"], lists[0].AcceptedPurposes);
        Assert.Equal((2026, 12, 2), (lists[0].Anchors[0].NotBefore!.Value.Year, lists[0].Anchors[0].NotAfter!.Value.Month, lists[0].AllowedCount));
        Assert.Equal("Time", Assert.Single(lists[1].Anchors).Certificate.Subject.CommonName);
        Assert.True(await lists[0].AllowsAsync(Certificate.Parse(s_leaf.Der), new SystemCrypto(), default));
        Assert.Equal(3, Read($"\"anchors\":[{s_anchor}]")[0].AcceptedPurposes.Count);
    }

    [Theory]
    [InlineData("\"anchors\":[]")]
    [InlineData("\"allowed\":[]")]
    [InlineData("\"note\":\"x\"")]
    [InlineData("\"anchors\":[{}]")]
    [InlineData("\"anchors\":[1]")]
    [InlineData("\"anchors\":{}")]
    [InlineData("\"anchors\":[{\"certificate\":\"\"}]")]
    [InlineData("\"anchors\":[{\"certificate\":\"MAA=\"}]")]
    [InlineData("\"anchors\":[{\"certificate\":\"!\"}]")]
    [InlineData("\"anchors\":[ANCHOR],\"purposes\":[]")]
    [InlineData("\"anchors\":[ANCHOR],\"purposes\":[\"1\"]")]
    [InlineData("\"anchors\":[ANCHOR],\"purposes\":[1]")]
    [InlineData("\"anchors\":[ANCHOR],\"unknown\":1")]
    [InlineData("\"anchors\":[ANCHOR],\"allowed\":[{\"sha256\":\"00\"}]")]
    [InlineData("\"allowed\":[{\"sha256\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAG\"}]")]
    [InlineData("\"allowed\":[{\"sha256\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"certificate\":\"x\"}]")]
    [InlineData("\"anchors\":[ANCHOR,{\"certificate\":\"MAA=\",\"more\":1}]")]
    [InlineData("\"anchors\":[WINDOW]")]
    public void What_is_damaged_unknown_or_empty_is_refused(string members) =>
        Assert.Throws<MalformedDataException>(() => Read(members.Replace("ANCHOR", s_anchor, StringComparison.Ordinal)
            .Replace("WINDOW", s_anchor.Replace("}", ",\"notBefore\":\"2026-01-01T00:00:01Z\",\"notAfter\":\"2026-01-01T00:00:00Z\"}", StringComparison.Ordinal), StringComparison.Ordinal)));

    [Fact]
    public void A_window_of_one_second_is_a_window() => Assert.Single(Read($"\"anchors\":[{s_anchor.Replace("}", ",\"notBefore\":\"2026-01-01T00:00:00Z\",\"notAfter\":\"2026-01-01T00:00:00Z\"}", StringComparison.Ordinal)}]"));

    [Fact]
    public void A_list_of_another_kind_trusts_nobody() =>
        Assert.Throws<ArgumentException>(() => TrustList.FromSignedList(SignedList.Parse("incidents", Encoding.UTF8.GetBytes(Json("\"x\":1").Replace("\"trust\"", "\"incidents\"", StringComparison.Ordinal)))));

    [Fact]
    public async Task A_packed_list_is_the_same_list()
    {
        var lists = Read($$"""
            "purposes":["1.2.3.4"],
            "anchors":[{"certificate":"{{Base64(s_root.Certificate)}}","notAfter":"2026-12-31T23:59:59Z"},{"certificate":"{{Base64(s_time.Certificate)}}","notBefore":"2026-01-01T00:00:00Z"}],
            "allowed":[{"certificate":"{{Base64(s_leaf)}}"},{"sha256":"{{Convert.ToHexString(SHA256.HashData(s_time.Certificate.Der))}}"}],
            "timeStampAnchors":[{"certificate":"{{Base64(s_time.Certificate)}}"}]
            """).Append(TrustList.FromPem("Plain", TrustPurpose.Signer, s_root.AnchorPem).In(TrustModel.Older).PublishedAs("u", "t", "i"));
        foreach (var list in lists)
        {
            byte[] packed = await list.PackAsync(new SystemCrypto(), TestContext.Current.CancellationToken);
            var read = TrustList.Unpack(packed);
            Assert.Equal((list.Name, list.Purpose, list.Model, list.Uri, list.Type, list.Identifier, list.Issued), (read.Name, read.Purpose, read.Model, read.Uri, read.Type, read.Identifier, read.Issued));
            Assert.Equal(list.AcceptedPurposes, read.AcceptedPurposes);
            Assert.Equal(list.Anchors.Select(anchor => (Convert.ToHexString(anchor.Certificate.Raw.Span), anchor.NotBefore, anchor.NotAfter)),
                read.Anchors.Select(anchor => (Convert.ToHexString(anchor.Certificate.Raw.Span), anchor.NotBefore, anchor.NotAfter)));
            Assert.Equal(list.AllowedCount, read.AllowedCount);
            foreach (var certificate in new[] { s_leaf, s_time.Certificate, s_root.Certificate })
                Assert.Equal(await list.AllowsAsync(Certificate.Parse(certificate.Der), new SystemCrypto(), default), await read.AllowsAsync(Certificate.Parse(certificate.Der), new SystemCrypto(), default));
            Assert.Equal(packed, await read.PackAsync(new SystemCrypto(), TestContext.Current.CancellationToken));

            for (int length = 0; length < packed.Length; length++)
                Assert.Throws<MalformedDataException>(() => TrustList.Unpack(packed.AsMemory(0, length)));
            Assert.Throws<MalformedDataException>(() => TrustList.Unpack((byte[])[.. packed, 0]));
            for (int i = 0; i < packed.Length; i++)
                Unpacks([.. packed[..i], (byte)(packed[i] ^ 0xFF), .. packed[(i + 1)..]]);
        }
    }

    /// <summary>Nothing but the one exception may come out.</summary>
    private static void Unpacks(byte[] bytes)
    {
        try
        {
            TrustList.Unpack(bytes);
        }
        catch (MalformedDataException)
        {
            // As it should be.
        }
    }

    private static string Base64(TestCertificate certificate) => Convert.ToBase64String(certificate.Der);

    private static string Json(string members) =>
        $$"""{"format":"provenance-list","version":1,"kind":"trust","name":"News","sequenceNumber":7,"issued":"2026-11-21T12:00:00Z",{{members}}}""";

    private static IReadOnlyList<TrustList> Read(string members) => TrustList.FromSignedList(SignedList.Parse("trust", Encoding.UTF8.GetBytes(Json(members))));
}
