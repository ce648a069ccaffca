using Provenance.TestKit;
using Provenance.Tests.Fetching;
using Provenance.TrustStore;
using Xunit;

namespace Provenance.Tests.Trust;

/// <summary>Updates from a server and from the disk: what takes the place of an installed list, and what does not.</summary>
public sealed class ListUpdateTests : IAsyncDisposable
{
    private const string Signers = "c2pa-signers", Tsa = "c2pa-tsa", May = "2026-05-01T00:00:00Z", April = "2026-04-01T00:00:00Z";

    private static readonly TestAuthority[] s_roots = [.. Enumerable.Range(1, 5).Select(n => TestAuthority.Root($"Root {n}"))];
    private static readonly TestAuthority s_time = TestAuthority.Root("Time");

    private readonly InstalledLists _lists = new();

    public ValueTask DisposeAsync() => _lists.DisposeAsync();

    [Fact]
    public async Task The_official_lists_are_fetched_shown_and_installed()
    {
        Publish(Json(1, May, s_roots));
        Assert.Equal(0, await _lists.UpdateAsync());

        Assert.Equal(["Root 1", "Root 2", "Root 3", "Root 4", "Root 5"], _lists.Anchors(Signers).Order(StringComparer.Ordinal));
        Assert.Equal(["Time"], _lists.Anchors(Tsa));
        Assert.Contains("+ CN=Root 1; since 1 Jan 2025; SHA-256 ", _lists.Output, StringComparison.Ordinal);
        Assert.Contains("C2PA Trust List: installed\n", _lists.Output, StringComparison.Ordinal);
        Assert.Equal("", _lists.Complaints);
        var entry = _lists.Entry(Signers)!;
        Assert.Equal((1L, new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero), _lists.Now), (entry.Number, entry.Issued, entry.Installed));
        Assert.Equal(Sources.Official[0].JsonUrl, entry.Source);
        Assert.Equal(Sources.Official[0].LastSeenSha256.Length, entry.Main.Sha256.Length);
    }

    [Fact]
    public async Task What_is_the_same_is_only_noted_as_checked()
    {
        Publish(Json(1, May, s_roots));
        await _lists.UpdateAsync();
        var before = _lists.Now;
        _lists.Now = before.AddDays(3);
        Assert.Equal(0, await _lists.UpdateAsync());

        Assert.Contains("C2PA Trust List: nothing newer\n", _lists.Output, StringComparison.Ordinal);
        Assert.Equal((before, _lists.Now), (_lists.Entry(Signers)!.Installed, _lists.Entry(Signers)!.Checked));
    }

    [Theory]
    [InlineData(3, May, true)]
    [InlineData(2, "2026-05-02T00:00:00Z", true)]
    [InlineData(2, May, true)]
    [InlineData(2, April, false)]
    [InlineData(1, "2026-05-02T00:00:00Z", false)]
    public async Task An_older_issue_is_not_used(int number, string issued, bool isUsed)
    {
        Publish(Json(2, May, s_roots[..4]));
        await _lists.UpdateAsync();
        Publish(Json(number, issued, s_roots));

        Assert.Equal(isUsed ? 0 : 1, await _lists.UpdateAsync());
        Assert.Equal(isUsed ? 5 : 4, _lists.Anchors(Signers).Count);
        Assert.Equal(isUsed, !_lists.Complaints.Contains("older than what is installed", StringComparison.Ordinal));
        Assert.Equal(isUsed, !_lists.Complaints.Contains("C2PA Trust List: not used. What was installed stays as it was.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whatever_is_no_list_leaves_the_last_good_one_in_place()
    {
        byte[] good = Json(1, May, s_roots), empty = Json(2, May);
        Publish(good);
        await _lists.UpdateAsync();
        string index = Convert.ToHexString(await File.ReadAllBytesAsync(_lists.PathOf("trust/index"), TestContext.Current.CancellationToken));
        foreach (byte[] bad in new[] { [], good[..^1], "<html>"u8.ToArray(), empty, Json(2, May, s_roots)[..500], "{}"u8.ToArray(), TestLists.TrustedEntities(TestLists.TimeStamps, 2, May, s_roots) })
        {
            Publish(bad);
            Assert.Equal(1, await _lists.UpdateAsync());
            Assert.Contains("C2PA Trust List: cannot be read as a list: ", _lists.Complaints, StringComparison.Ordinal);
            Assert.Contains("C2PA Trust List: not used. What was installed stays as it was.", _lists.Complaints, StringComparison.Ordinal);
            Assert.Equal(5, _lists.Anchors(Signers).Count);
            // The other list is looked after all the same.
            Assert.Contains("C2PA TSA Trust List: nothing newer", _lists.Output, StringComparison.Ordinal);
        }
        Assert.Equal(index, Convert.ToHexString(await File.ReadAllBytesAsync(_lists.PathOf("trust/index"), TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData("404")]
    [InlineData("short")]
    [InlineData("long")]
    public async Task An_answer_that_is_none_leaves_the_last_good_one_in_place(string kind)
    {
        Publish(Json(1, May, s_roots));
        await _lists.UpdateAsync();
        string path = PathOf(Sources.Official[0].JsonUrl);
        if (kind == "404")
            _lists.Web.Says(path, "404 Not Found");
        else if (kind == "short")
            _lists.Web.On(path, (stream, cancellation) => TestWeb.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", Json(2, May, s_roots)[..900], cancellation));
        else
            _lists.Web.On(path, (stream, cancellation) => TestWeb.WriteAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Length: {(8 << 20) + 1}\r\n\r\n", [], cancellation));

        Assert.Equal(1, await _lists.UpdateAsync());
        Assert.Contains(Sources.Official[0].JsonUrl + ": ", _lists.Complaints, StringComparison.Ordinal);
        Assert.Contains("What was installed stays as it was", _lists.Complaints, StringComparison.Ordinal);
        Assert.Equal(5, _lists.Anchors(Signers).Count);
    }

    [Fact]
    public async Task Where_nothing_was_installed_nothing_is()
    {
        Assert.Equal(1, await _lists.UpdateAsync());
        Assert.Contains("C2PA Trust List: not installed.", _lists.Complaints, StringComparison.Ordinal);
        Assert.Null(_lists.Folder.ReadIndex());
        Assert.Null(InstalledTrust.Load(_lists.Folder));
    }

    [Theory]
    [InlineData(4, 2, false)]
    [InlineData(4, 1, true)]
    [InlineData(5, 3, false)]
    [InlineData(5, 2, true)]
    public async Task More_than_half_gone_is_asked_about(int before, int left, bool isAsked)
    {
        Publish(Json(1, May, s_roots[..before]));
        await _lists.UpdateAsync();
        Publish(Json(2, May, s_roots[..left]));

        // Nobody there: not used.
        Assert.Equal(isAsked ? 1 : 0, await _lists.UpdateAsync());
        Assert.Equal(isAsked ? before : left, _lists.Anchors(Signers).Count);
        Assert.Contains("- CN=Root", _lists.Output, StringComparison.Ordinal);
        if (!isAsked)
            return;
        Assert.Contains($"C2PA Trust List: {before - left} of {before} that it named are gone", _lists.Complaints, StringComparison.Ordinal);
        _lists.Answer = false;
        Assert.Equal(1, await _lists.UpdateAsync());
        Assert.Equal(before, _lists.Anchors(Signers).Count);
        _lists.Answer = true;
        Assert.Equal(0, await _lists.UpdateAsync());
        Assert.Equal(left, _lists.Anchors(Signers).Count);
        Assert.Equal(2, _lists.Questions.Count);
    }

    [Fact]
    public async Task As_many_others_instead_of_all_is_a_shrink_too()
    {
        Publish(Json(1, May, s_roots[..2]));
        await _lists.UpdateAsync();
        Publish(Json(2, May, s_roots[2..]));
        Assert.Equal(1, await _lists.UpdateAsync());
        Assert.Equal(["Root 1", "Root 2"], _lists.Anchors(Signers).Order(StringComparer.Ordinal));
        Assert.Equal(0, await _lists.UpdateAsync(acceptsShrink: true));
        Assert.Equal(3, _lists.Anchors(Signers).Count);
    }

    [Fact]
    public async Task A_PEM_that_says_otherwise_is_told()
    {
        Publish(Json(1, May, s_roots[..3]), TestLists.Pem(s_roots[1], s_roots[2], s_roots[3], s_roots[4]));
        Assert.Equal(0, await _lists.UpdateAsync());
        Assert.Contains("1 only in the JSON, 2 only in the PEM", _lists.Complaints, StringComparison.Ordinal);
        Assert.Equal(3, _lists.Anchors(Signers).Count);

        Publish(Json(1, May, s_roots[..3]), TestLists.Pem(s_roots[..3]));
        Assert.Equal(0, await _lists.UpdateAsync());
        Assert.Equal("", _lists.Complaints);

        Publish(Json(1, May, s_roots[..3]), "-----BEGIN CERTIFICATE-----"u8.ToArray());
        Assert.Equal(0, await _lists.UpdateAsync());
        Assert.Contains("PEM that is published beside the JSON cannot be read", _lists.Complaints, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_a_folder_or_a_file_nothing_is_fetched()
    {
        _lists.Save("usb/C2PA-TRUST-LIST.json", Json(1, May, s_roots));
        Assert.Equal(0, await _lists.UpdateAsync(_lists.PathOf("usb")));
        Assert.Equal(5, _lists.Anchors(Signers).Count);
        Assert.Null(_lists.Entry(Tsa));

        Assert.Equal(0, await _lists.UpdateAsync(_lists.Save("renamed.json", TestLists.TrustedEntities(TestLists.TimeStamps, 1, May, s_time))));
        Assert.Equal(["Time"], _lists.Anchors(Tsa));
        Assert.Empty(_lists.Web.Resolved);

        foreach (string from in new[] { _lists.PathOf("trust"), _lists.PathOf("nowhere"), _lists.Save("other.json", TestLists.TrustedEntities("Other", 1, May, s_time)) })
            Assert.Equal(1, await _lists.UpdateAsync(from));
    }

    [Fact]
    public async Task PEM_alone_installs_but_does_not_replace_what_has_a_number()
    {
        _lists.Save("usb/C2PA-TRUST-LIST.pem", TestLists.Pem(s_roots));
        Assert.Equal(0, await _lists.UpdateAsync(_lists.PathOf("usb")));
        var list = InstalledTrust.Load(_lists.Folder)!.Single().Lists.Single();
        Assert.Equal((5, Verifier.Trust.TrustModel.Current), (list.Anchors.Count, list.Model));
        Assert.Equal(["1.3.6.1.4.1.62558.2.1"], list.AcceptedPurposes);

        Publish(Json(1, May, s_roots));
        Assert.Equal(0, await _lists.UpdateAsync());
        Assert.Equal(1, await _lists.UpdateAsync(_lists.PathOf("usb")));
        Assert.Contains("tells no sequence number", _lists.Complaints, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_interim_list_comes_when_asked_for_and_only_whole()
    {
        Publish(Json(1, May, s_roots));
        await _lists.UpdateAsync();
        Assert.Null(_lists.Entry("c2pa-interim"));

        _lists.Web.Gives("/trust/anchors.pem", TestLists.Pem(s_roots[0])).Gives("/trust/store.cfg", "1.3.6.1.5.5.7.3.4"u8.ToArray());
        Assert.Equal(1, await _lists.UpdateAsync(interim: true));
        Assert.Null(_lists.Entry("c2pa-interim"));

        _lists.Web.Gives("/trust/allowed.sha256.txt", System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(new byte[32])));
        Assert.Equal(0, await _lists.UpdateAsync(interim: true));
        var list = InstalledTrust.Load(_lists.Folder)!.Single(list => list.Entry.Id == "c2pa-interim").Lists.Single();
        Assert.Equal((1, 1, Verifier.Trust.TrustModel.Older), (list.Anchors.Count, list.AllowedCount, list.Model));
    }

    [Fact]
    public async Task Two_at_a_time_do_not_change_the_lists()
    {
        Publish(Json(1, May, s_roots));
        using (_lists.Folder.Lock())
        {
            Assert.Equal(1, await _lists.UpdateAsync());
            Assert.Contains("Another command is changing the trust lists", _lists.Complaints, StringComparison.Ordinal);
            Assert.Null(_lists.Folder.ReadIndex());
        }
        Assert.Equal(0, await _lists.UpdateAsync());
    }

    private static byte[] Json(int number, string issued, params TestAuthority[] authorities) => TestLists.TrustedEntities(TestLists.Signers, number, issued, authorities);

    private static string PathOf(string url) => new Uri(url).AbsolutePath;

    private void Publish(byte[] signers, byte[]? pem = null)
    {
        _lists.Web.Gives(PathOf(Sources.Official[0].JsonUrl), signers);
        _lists.Web.Gives(PathOf(Sources.Official[1].JsonUrl), TestLists.TrustedEntities(TestLists.TimeStamps, 1, May, s_time));
        if (pem is not null)
            _lists.Web.Gives(PathOf(Sources.Official[0].PemUrl), pem);
    }
}
