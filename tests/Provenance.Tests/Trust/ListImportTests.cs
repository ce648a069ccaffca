extern alias cli;

using Provenance.TestKit;
using Provenance.TrustStore;
using Provenance.Verifier.Trust;
using Xunit;

namespace Provenance.Tests.Trust;

/// <summary>Lists that the user chose: pinned signers, single certificates, damage.</summary>
public sealed class ListImportTests : IAsyncDisposable
{
    private const string News = "example-news", Url = "https://a.example/news.json";

    private static readonly TestAuthority s_one = TestAuthority.Root("One"), s_two = TestAuthority.Root("Two");
    private static readonly TestListSigner s_editor = new(TestAuthority.SelfSigned("Editor")), s_stranger = new(TestAuthority.SelfSigned("Stranger"));

    private readonly InstalledLists _lists = new();

    public ValueTask DisposeAsync() => _lists.DisposeAsync();

    [Fact]
    public async Task A_signed_list_needs_a_word_about_its_signer()
    {
        string list = SaveNews(1, s_editor, s_one);
        Assert.Equal(1, await _lists.ImportAsync(new() { Source = list }));
        Assert.Contains($"--signer-sha256 {s_editor.Sha256}", _lists.Complaints, StringComparison.Ordinal);
        Assert.Contains($"Signed by CN=Editor", _lists.Output.Replace("O=Example Organization,", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Null(_lists.Folder.ReadIndex());

        _lists.Answer = false;
        Assert.Equal(1, await _lists.ImportAsync(new() { Source = list }));
        _lists.Answer = null;
        Assert.Equal(1, await _lists.ImportAsync(new() { Source = list, SignerSha256 = s_stranger.Sha256 }));
        Assert.Null(_lists.Folder.ReadIndex());

        string colons = string.Join(':', s_editor.Sha256.ToUpperInvariant().Chunk(2).Select(pair => new string(pair)));
        Assert.Equal(0, await _lists.ImportAsync(new() { Source = list, SignerSha256 = colons }));
        Assert.Equal(["One"], _lists.Anchors(News));
        Assert.Equal(s_editor.Sha256, _lists.Entry(News)!.SignerSha256);
        Assert.Equal((TrustModel.Own, "1"), (InstalledTrust.Load(_lists.Folder)![0].Lists[0].Model, InstalledTrust.Load(_lists.Folder)![0].Lists[0].Identifier));
    }

    [Fact]
    public async Task Yes_and_an_answer_pin_it_too()
    {
        Assert.Equal(0, await _lists.ImportAsync(new() { Source = SaveNews(1, s_editor, s_one), Yes = true }));
        Assert.Equal(0, await _lists.RemoveAsync(News));
        _lists.Answer = true;
        Assert.Equal(0, await _lists.ImportAsync(new() { Source = SaveNews(1, s_stranger, s_one) }));
        Assert.Equal(s_stranger.Sha256, _lists.Entry(News)!.SignerSha256);
    }

    [Theory]
    [InlineData(6, 0)]
    [InlineData(5, 1)]
    [InlineData(4, 1)]
    public async Task An_update_has_a_higher_number(int number, int exitCode)
    {
        await PublishAsync(5, s_editor, s_one);
        await _lists.ImportAsync(new() { Source = Url, SignerSha256 = s_editor.Sha256 });
        await PublishAsync(number, s_editor, s_one, s_two);

        // The official lists cannot be had here, so the exit code is theirs; the list's own fate is in what is told.
        await _lists.UpdateAsync();
        Assert.Equal(exitCode == 0 ? 2 : 1, _lists.Anchors(News).Count);
        Assert.Equal(exitCode != 0, _lists.Complaints.Contains("Example News: not used. What was installed stays as it was.", StringComparison.Ordinal));
        Assert.Equal(number == 5, _lists.Complaints.Contains("A new issue needs a higher number", StringComparison.Ordinal));
        Assert.Equal(number == 4, _lists.Complaints.Contains("older than what is installed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_words_signed_anew_are_no_other_issue()
    {
        await PublishAsync(5, s_editor, s_one);
        await _lists.ImportAsync(new() { Source = Url, Yes = true });
        _lists.Web.Gives("/news.json.p7s", s_editor.Sign(TestLists.Newsroom("Example News", 5, s_one)));
        await _lists.UpdateAsync();
        Assert.Contains("Example News: nothing newer", _lists.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stranger")]
    [InlineData("list")]
    [InlineData("signature")]
    [InlineData("none")]
    public async Task An_update_is_signed_by_the_pinned_certificate(string fault)
    {
        await PublishAsync(1, s_editor, s_one);
        Assert.Equal(0, await _lists.ImportAsync(new() { Source = Url, SignerSha256 = s_editor.Sha256 }));
        byte[] list = TestLists.Newsroom("Example News", 2, s_one, s_two), signature = (fault == "stranger" ? s_stranger : s_editor).Sign(list);
        if (fault == "list")
            list[^20] ^= 1;
        if (fault == "signature")
            signature[^1] ^= 1;
        _lists.Web.Gives("/news.json", list).Gives("/news.json.p7s", signature);
        if (fault == "none")
            _lists.Web.Says("/news.json.p7s", "404 Not Found");

        Assert.Equal(1, await _lists.UpdateAsync());
        Assert.Contains("Example News: not used. What was installed stays as it was.", _lists.Complaints, StringComparison.Ordinal);
        Assert.Equal(["One"], _lists.Anchors(News));

        // Imported over the installed one it is refused alike.
        string copy = _lists.Save("copy.json", list);
        _lists.Save("copy.json.p7s", signature);
        if (fault != "none")
            Assert.Equal(1, await _lists.ImportAsync(new() { Source = copy, Yes = true }));
        Assert.Equal(["One"], _lists.Anchors(News));
    }

    [Fact]
    public async Task A_list_may_not_take_the_place_of_an_official_one()
    {
        string list = _lists.Save("x.json", TestLists.Newsroom("c2pa signers", 1, s_one));
        _lists.Save("x.json.p7s", s_editor.Sign(await File.ReadAllBytesAsync(list, TestContext.Current.CancellationToken)));
        Assert.Equal(0, await _lists.ImportAsync(new() { Source = list, Yes = true }));
        Assert.Null(_lists.Entry("c2pa-signers"));
        Assert.StartsWith("list-", _lists.Folder.ReadIndex()!.Single().Id, StringComparison.Ordinal);

        // A list that takes another's name in an update stays what it is.
        Assert.NotEqual(ListId.Of("뉴스"), ListId.Of("新聞"));
        Assert.Equal("our-partners", ListId.Of("Our partners!"));
    }

    [Fact]
    public async Task Single_certificates_are_signers_and_nothing_else()
    {
        var (leaf, other) = (s_one.Issue("Reporter"), s_one.Issue("Photographer"));
        Assert.Equal(0, await _lists.ImportAsync(new() { Certificate = _lists.Save("leaf.pem", System.Text.Encoding.ASCII.GetBytes(leaf.Pem)) }));
        Assert.Equal(0, await _lists.ImportAsync(new() { Certificate = _lists.Save("other.pem", System.Text.Encoding.ASCII.GetBytes(other.Pem)) }));
        Assert.Equal(0, await _lists.ImportAsync(new() { Certificate = _lists.PathOf("leaf.pem") }));
        Assert.Equal(2, Private().AllowedCount);
        Assert.Empty(Private().Anchors);
        foreach (var refused in new[] { s_one.Certificate, s_one.IssueTimeStamper("Stamper") })
        {
            Assert.Equal(1, await _lists.ImportAsync(new() { Certificate = _lists.Save("no.pem", System.Text.Encoding.ASCII.GetBytes(refused.Pem)) }));
            Assert.Equal(2, Private().AllowedCount);
        }
        Assert.Equal(1, await _lists.RemoveAsync(null, new string('0', 64)));
        Assert.Equal(0, await _lists.RemoveAsync(null, TrustFolder.Digest(leaf.Der)));
        Assert.Equal(1, Private().AllowedCount);
        Assert.Equal(0, await _lists.RemoveAsync(null, TrustFolder.Digest(other.Der).ToUpperInvariant()));
        Assert.Null(InstalledTrust.Load(_lists.Folder));

        TrustList Private() => InstalledTrust.Load(_lists.Folder)!.Single().Lists.Single();
    }

    [Fact]
    public async Task Incidents_signed_alike_are_installed_alike()
    {
        byte[] list = System.Text.Encoding.UTF8.GetBytes($$"""
            {"format":"provenance-list","version":1,"kind":"incidents","name":"Known bad","sequenceNumber":3,"issued":"2026-05-01T00:00:00Z",
             "incidents":[{"certificateSha256":"{{new string('a', 64)}}","reason":"key published"}]}
            """);
        string path = _lists.Save("bad.json", list);
        _lists.Save("bad.json.p7s", s_editor.Sign(list));
        Assert.Equal(0, await _lists.ImportAsync(new() { Source = path, Yes = true }));
        var loaded = InstalledTrust.Load(_lists.Folder)!.Single();
        Assert.Equal((1, 0), (loaded.Incidents!.Count, loaded.Lists.Count));
    }

    [Fact]
    public async Task Any_damage_on_the_disk_is_told_and_an_update_repairs_a_list()
    {
        string folder = _lists.Save("usb/C2PA-TRUST-LIST.json", TestLists.TrustedEntities(TestLists.Signers, 1, "2026-05-01T00:00:00Z", s_one));
        await _lists.UpdateAsync(Path.GetDirectoryName(folder));
        foreach (var file in _lists.Entry("c2pa-signers")!.Files)
        {
            string path = _lists.PathOf($"trust/files/{file.Sha256}");
            byte[] bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            foreach (Action<string> damage in new Action<string>[] { File.Delete, at => File.WriteAllBytes(at, bytes[..^1]), at => File.WriteAllBytes(at, [.. bytes[..^1], (byte)(bytes[^1] ^ 1)]), at => File.WriteAllBytes(at, []) })
            {
                damage(path);
                Assert.Throws<DamagedStoreException>(() => InstalledTrust.Load(_lists.Folder));
                Assert.Equal(0, await _lists.UpdateAsync(Path.GetDirectoryName(folder)));
                Assert.Equal(["One"], _lists.Anchors("c2pa-signers"));
            }
        }
    }

    [Fact]
    public async Task Any_changed_bit_of_the_index_is_noticed()
    {
        await _lists.ImportAsync(new() { Source = SaveNews(1, s_editor, s_one), Yes = true });
        string path = _lists.PathOf("trust/index");
        byte[] bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        for (int i = 0; i < bytes.Length; i++)
        {
            byte[] changed = [.. bytes];
            changed[i] ^= 1;
            Assert.Throws<DamagedStoreException>(() => TrustIndex.Read(changed));
            Assert.Throws<DamagedStoreException>(() => TrustIndex.Read(bytes[..i]));
        }
        Assert.Equal(TrustIndex.Write(TrustIndex.Read(bytes)), System.Text.Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public async Task What_a_stopped_write_leaves_behind_harms_nothing()
    {
        await _lists.ImportAsync(new() { Source = SaveNews(1, s_editor, s_one), Yes = true });
        _lists.Save("trust/index.new", "half"u8.ToArray());
        _lists.Save("trust/files/stray", "half"u8.ToArray());
        Assert.Equal(["One"], _lists.Anchors(News));
        await _lists.ImportAsync(new() { Source = SaveNews(2, s_editor, s_one, s_two), Yes = true });
        Assert.Equal(2, _lists.Anchors(News).Count);
        Assert.False(File.Exists(_lists.PathOf("trust/files/stray")));
        Assert.Equal(_lists.Entry(News)!.Files.Select(file => file.Sha256).Order(StringComparer.Ordinal),
            Directory.GetFiles(_lists.PathOf("trust/files")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_packed_form_of_another_version_is_made_up_for()
    {
        await _lists.ImportAsync(new() { Source = _lists.Save("p.pem", TestLists.Pem(s_one)), Name = "Partners" });
        var entry = _lists.Entry("partners")!;
        using (_lists.Folder.Lock())
        {
            var strange = _lists.Folder.Write(InstalledTrust.PackedRole, "PTL9"u8.ToArray());
            _lists.Folder.Commit([entry with { Files = [.. entry.Files.Where(file => file.Role != InstalledTrust.PackedRole), strange] }]);
        }
        Assert.Equal(["One"], _lists.Anchors("partners"));
    }

    private string SaveNews(int number, TestListSigner signer, params TestAuthority[] authorities)
    {
        byte[] list = TestLists.Newsroom("Example News", number, authorities);
        _lists.Save("news.json.p7s", signer.Sign(list));
        return _lists.Save("news.json", list);
    }

    private Task PublishAsync(int number, TestListSigner signer, params TestAuthority[] authorities)
    {
        byte[] list = TestLists.Newsroom("Example News", number, authorities);
        _lists.Web.Gives("/news.json", list).Gives("/news.json.p7s", signer.Sign(list));
        return Task.CompletedTask;
    }
}
