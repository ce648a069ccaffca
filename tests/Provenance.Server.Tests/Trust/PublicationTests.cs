using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Provenance.Server.Settings;
using Provenance.Server.Trust;
using Provenance.TrustStore;
using Xunit;

namespace Provenance.Server.Tests.Trust;

/// <summary>Keys at the start, and the index from day to day.</summary>
public sealed class PublicationTests : IAsyncDisposable
{
    private readonly Lists _lists = new();

    public ValueTask DisposeAsync() => _lists.DisposeAsync();

    [Fact]
    public async Task The_index_is_made_anew_every_day_and_the_lists_signatures_are_not()
    {
        await _lists.InstallPemAsync("Our partners");
        var published = (await _lists.TrustAsync(_lists.Settings with { Signing = _lists.Key() })).Published!;
        var (today, tonight, tomorrow) = (_lists.Now, _lists.Now.AddHours(11.9), _lists.Now.AddHours(12));
        Assert.Same(published.Index(today), published.Index(tonight));
        Assert.Same(published.IndexSignature(today), published.IndexSignature(tonight));
        byte[] list = published.Find("our-partners")!.Signature!.Bytes;
        var (before, after) = (ServedIndex.Parse(published.Index(today).Bytes), ServedIndex.Parse(published.Index(tomorrow).Bytes));
        Assert.Equal((before.Issued.AddDays(1), before.Sequence), (after.Issued, after.Sequence));
        Assert.Same(list, published.Find("our-partners")!.Signature!.Bytes);
    }

    [Fact]
    public async Task Two_servers_over_one_folder_make_the_same_index()
    {
        await _lists.InstallPemAsync("Our partners");
        var settings = _lists.Settings with { Signing = _lists.Key() };
        Assert.Equal((await _lists.TrustAsync(settings)).Published!.Index(_lists.Now).Bytes, (await _lists.TrustAsync(settings)).Published!.Index(_lists.Now.AddHours(3)).Bytes);
    }

    [Fact]
    public async Task A_key_that_does_not_fit_its_certificate_is_told_at_the_start()
    {
        var (own, other) = (_lists.Key(), _lists.Key("other"));
        Assert.NotNull(await ListSigning.ReadAsync(own));
        Assert.NotNull(await ListSigning.ReadAsync(other));
        foreach (var wrong in new[] { own with { Key = other.Key }, own with { Key = _lists.PathOf("missing") }, own with { Certificate = _lists.Save("none.pem", "no PEM"u8.ToArray()) } })
            Assert.StartsWith("The server cannot sign with trust.signing: ", (await Assert.ThrowsAsync<SettingsException>(() => ListSigning.ReadAsync(wrong))).Message, StringComparison.Ordinal);
        Assert.Null(await ListSigning.ReadAsync(new()));
    }

    [Theory]
    [InlineData(2048, true)]
    [InlineData(1024, false)]
    public async Task A_key_whose_signatures_nobody_would_take_is_told_at_the_start(int bits, bool isTaken)
    {
        using var key = RSA.Create(bits);
        using var certificate = new CertificateRequest("CN=weak", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        var settings = new TrustSigningSettings
        {
            Certificate = _lists.Save("rsa.pem", Encoding.ASCII.GetBytes(certificate.ExportCertificatePem())),
            Key = _lists.Save("rsa.key", Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem())),
        };
        if (isTaken)
            Assert.NotNull(await ListSigning.ReadAsync(settings));
        else
            await Assert.ThrowsAsync<SettingsException>(() => ListSigning.ReadAsync(settings));
    }

    [Fact]
    public void Settings_out_of_bounds_are_told()
    {
        Assert.Empty(new TrustSettings().Complaints());
        foreach (var good in new TrustSettings[] { new() { WatchSeconds = 1 }, new() { WatchSeconds = 3600 }, new() { RefreshMinutes = 5 }, new() { RefreshMinutes = 43200 }, new() { Signing = new() { Certificate = "c", Key = "k" } } })
            Assert.Empty(good.Complaints());
        foreach (var wrong in new TrustSettings[] { new() { WatchSeconds = 0 }, new() { WatchSeconds = 3601 }, new() { RefreshMinutes = 4 }, new() { RefreshMinutes = -1 }, new() { RefreshMinutes = 43201 }, new() { Anchors = [""] }, new() { Signing = new() { Key = "k" } } })
            Assert.Single(wrong.Complaints());
    }

    [Fact]
    public void An_index_is_understood_whole_with_members_that_came_later_or_not_at_all()
    {
        var list = new ServedList("a", "any", "/a", new string('a', 64), _lists.Now, 1, "https://a.example/a", "/a.p7s");
        var index = new ServedIndex(_lists.Now, 7, "/s", [list, list with { Url = "/b", Source = null, Signature = null }]);
        string text = Encoding.UTF8.GetString(index.Write());
        var read = ServedIndex.Parse(index.Write());
        Assert.Equal((index.Issued, 7, "/s"), (read.Issued, read.Sequence, read.Signature));
        Assert.Equal(index.Lists, read.Lists);
        Assert.Equal(2, Parse(text.Replace("\"version\": 1,", "\"version\": 1, \"later\": {},", StringComparison.Ordinal).Replace("\"role\": \"any\",", "\"role\": \"any\", \"later\": [1],", StringComparison.Ordinal)).Lists.Count);
        foreach (var (from, to) in new[]
                 {
                     ("\"version\": 1", "\"version\": 2"), ("provenance-trust-lists", "other"), ("\"any\"", "\"everybody\""), ("\"/b\"", "\"/a\""), (new string('a', 64), new string('A', 64)), (new string('a', 64), new string('a', 63)),
                     ("\"sequence\": 7", "\"sequence\": -1"), ("\"sequence\": 7", "\"sequence\": 9007199254740992"), ("\"sequence\": 7", "\"sequence\": 7.5"), ("\"issued\": \"2026", "\"issued\": \"soon"), ("\"url\": \"/b\",", ""), ("\"name\": \"a\"", "\"name\": \"\""),
                 })
        {
            Assert.Contains(from, text, StringComparison.Ordinal);
            Assert.Throws<Verifier.Bytes.MalformedDataException>(() => Parse(text.Replace(from, to, StringComparison.Ordinal)));
        }

        static ServedIndex Parse(string json) => ServedIndex.Parse(Encoding.UTF8.GetBytes(json));
    }
}
