using Provenance.Server.Trust;
using Provenance.TestKit;
using Provenance.Tests.Fetching;
using Provenance.TrustStore;
using Xunit;

namespace Provenance.Server.Tests.Trust;

/// <summary>The server fetches newer issues by itself, and keeps what it has in every other case.</summary>
public sealed class TrustRefreshTests : IAsyncDisposable
{
    private const string News = "https://a.example/news.json?token=secret";

    private static readonly TestListSigner s_editor = new(TestAuthority.SelfSigned("Editor")), s_stranger = new(TestAuthority.SelfSigned("Stranger"));

    private readonly Lists _lists = new();
    private readonly TestWeb _web = new();
    private readonly Lines _log = new();

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        await _lists.DisposeAsync();
    }

    [Fact]
    public async Task A_newer_issue_is_in_force_at_once()
    {
        await _lists.InstallOfficialAsync(1, Lists.One);
        var (trust, refresh) = await StartAsync();
        Publish(Official(2, Lists.One, Lists.Two));
        await refresh.RefreshAsync();
        Assert.False(refresh.HasFailed, _log.ToString());
        Assert.Equal(2, trust.Loaded.Choice.Lists.Single().Anchors.Count);
        // Only what is installed is looked after: the list of time stampers is not, so it is not even asked for.
        Assert.DoesNotContain(_web.Requests, request => request.Contains("TSA", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_older_smaller_broken_or_gone_leaves_the_last_good_one_and_the_server_running()
    {
        await _lists.InstallOfficialAsync(2, Lists.One, Lists.Two, Lists.Time);
        var (trust, refresh) = await StartAsync();
        foreach (byte[]? bad in new[] { Official(1, Lists.One, Lists.Two, Lists.Time), Official(3, Lists.One), "<html>"u8.ToArray(), null })
        {
            if (bad is null)
                _web.Says(new Uri(Sources.Official[0].JsonUrl).AbsolutePath, "500 Internal Server Error");
            else
                Publish(bad);
            await refresh.RefreshAsync();
            Assert.True(refresh.HasFailed);
            Assert.Equal((3, "2"), (trust.Loaded.Choice.Lists.Single().Anchors.Count, trust.Loaded.Choice.Lists.Single().Identifier));
            Assert.Null(trust.Fault);
        }
        Publish(Official(3, Lists.One, Lists.Two));
        await refresh.RefreshAsync();
        Assert.False(refresh.HasFailed);
        Assert.Equal("3", trust.Loaded.Choice.Lists.Single().Identifier);
    }

    [Fact]
    public async Task A_newsrooms_list_must_be_signed_by_the_pinned_signer_and_rise()
    {
        byte[] first = TestLists.Newsroom("Example News", 5, Lists.One);
        var (_, candidate) = await ListCandidate.OfSignedAsync(first, s_editor.Sign(first), s_editor.Sha256);
        await _lists.InstallAsync(candidate!, News);
        var (trust, refresh) = await StartAsync();
        foreach (var (number, signer, isTaken) in new[] { (6, s_stranger, false), (4, s_editor, false), (6, s_editor, true) })
        {
            byte[] list = TestLists.Newsroom("Example News", number, Lists.One);
            _web.Gives("/news.json?token=secret", list).Gives("/news.json?token=secret.p7s", signer.Sign(list));
            await refresh.RefreshAsync();
            Assert.Equal((!isTaken, isTaken ? "6" : "5"), (refresh.HasFailed, trust.Loaded.Choice.Lists.Single().Identifier));
        }
    }

    [Fact]
    public async Task What_the_log_says_holds_no_query()
    {
        byte[] list = TestLists.Newsroom("Example News", 5, Lists.One);
        var (_, candidate) = await ListCandidate.OfSignedAsync(list, s_editor.Sign(list), s_editor.Sha256);
        await _lists.InstallAsync(candidate!, News);
        var (_, refresh) = await StartAsync();
        await refresh.RefreshAsync();
        Assert.Contains("https://a.example/news.json?…", _log.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", _log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_who_holds_the_lock_is_left_alone_and_damage_ends_nothing()
    {
        await _lists.InstallOfficialAsync(1, Lists.One);
        var (trust, refresh) = await StartAsync();
        Publish(Official(2, Lists.One));
        using (_lists.Folder.Lock())
        {
            await refresh.RefreshAsync();
            Assert.False(refresh.HasFailed);
            Assert.Equal("1", trust.Loaded.Choice.Lists.Single().Identifier);
        }
        await refresh.RefreshAsync();
        Assert.False(refresh.HasFailed);
        Assert.Equal("2", trust.Loaded.Choice.Lists.Single().Identifier);
        await File.AppendAllTextAsync(Path.Combine(_lists.Folder.Path, "index"), " ", TestContext.Current.CancellationToken);
        await refresh.RefreshAsync();
        Assert.True(refresh.HasFailed);
        Assert.Equal("2", trust.Loaded.Choice.Lists.Single().Identifier);
    }

    private async Task<(CurrentTrust Trust, TrustRefresh Refresh)> StartAsync()
    {
        var trust = await _lists.TrustAsync();
        return (trust, new TrustRefresh(trust, _lists.Settings with { RefreshMinutes = 5 }, _web.Client, new PinnedClock(_lists.Now), _log));
    }

    private void Publish(byte[] signers) => _web.Gives(new Uri(Sources.Official[0].JsonUrl).AbsolutePath, signers);

    private static byte[] Official(int number, params TestAuthority[] authorities) => TestLists.TrustedEntities(TestLists.Signers, number, "2026-05-03T00:00:00Z", authorities);
}
