using Provenance.Server.Settings;
using Provenance.Server.Trust;
using Provenance.TestKit;
using Provenance.TrustStore;
using Xunit;

namespace Provenance.Server.Tests.Trust;

/// <summary>The number of the index never falls, and rises whenever other lists are handed on: who follows the server refuses a lower one for ever.</summary>
public sealed class IndexSequenceTests : IAsyncDisposable
{
    private static readonly DateTime s_old = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), s_young = new(2026, 5, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly Lists _lists = new();
    private readonly Lines _log = new();

    public ValueTask DisposeAsync() => _lists.DisposeAsync();

    [Fact]
    public async Task A_server_that_starts_again_over_the_same_lists_hands_on_the_same_index()
    {
        var settings = Two();
        var first = await StartAsync(settings);
        Assert.Equal(Milliseconds(s_young), Sequence(first));
        _lists.Now = _lists.Now.AddHours(1);
        var second = await StartAsync(settings);
        Assert.Equal(first.Published!.Index(_lists.Now).Tag, second.Published!.Index(_lists.Now).Tag);
        Assert.Equal("", _log.ToString());
    }

    [Theory]
    [InlineData("named no more")]
    [InlineData("none named")]
    [InlineData("for another purpose")]
    [InlineData("replaced by an older file")]
    [InlineData("taken back")]
    public async Task The_number_rises_with_a_change_that_no_date_tells_after_a_restart(string change)
    {
        var settings = Two();
        long before = Sequence(await StartAsync(settings));
        var changed = change switch
        {
            "named no more" => settings with { Anchors = settings.Anchors.Take(1).ToList() },
            "none named" => settings with { Anchors = [] },
            "for another purpose" => settings with { Anchors = settings.Anchors.Take(1).ToList(), TimeStampAnchors = settings.Anchors.Skip(1).ToList() },
            _ => settings,
        };
        if (changed == settings)
            Save("young.pem", s_old, Lists.Time);
        long after = Sequence(await StartAsync(changed));
        Assert.Equal(_lists.Now.ToUnixTimeMilliseconds(), after);
        Assert.True(after > before);
        Assert.Contains($"number {after} all the same", _log.ToString(), StringComparison.Ordinal);
        if (change != "taken back")
            return;
        // The clock stands still; the number does not.
        Save("young.pem", s_young, Lists.Two);
        Assert.Equal(after + 1, Sequence(await StartAsync(settings)));
        Assert.Equal(after + 1, Sequence(await StartAsync(settings)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_number_rises_with_an_older_file_while_the_server_runs(bool isKept)
    {
        var trust = await _lists.TrustAsync(Two(), ownFolder: isKept ? Own : null, log: _log);
        long before = Sequence(trust);
        Save("young.pem", s_old, Lists.Time);
        Assert.True(trust.Reload());
        Assert.Equal(_lists.Now.ToUnixTimeMilliseconds(), Sequence(trust));
        Assert.True(Sequence(trust) > before);
    }

    [Fact]
    public async Task Nothing_kept_the_date_of_the_settings_tells_that_a_file_is_named_no_more()
    {
        var settings = Two();
        string file = _lists.Save("settings.json", [1]);
        File.SetLastWriteTimeUtc(file, s_old);
        Assert.Equal(Milliseconds(s_young), Sequence(await _lists.TrustAsync(settings, file)));
        File.SetLastWriteTimeUtc(file, s_young.AddDays(1));
        Assert.Equal(Milliseconds(s_young.AddDays(1)), Sequence(await _lists.TrustAsync(settings with { Anchors = settings.Anchors.Take(1).ToList() }, file)));
        Assert.Equal(Milliseconds(s_young.AddDays(1)), Sequence(await _lists.TrustAsync(settings with { Anchors = [] }, file)));
        // Only a name of a file that there is not.
        Assert.Equal(Milliseconds(s_old), Sequence(await _lists.TrustAsync(settings with { Anchors = settings.Anchors.Take(1).ToList() }, _lists.PathOf("missing.json"))));
    }

    [Fact]
    public async Task A_touch_counts_while_the_server_runs()
    {
        await _lists.InstallPemAsync("Our partners");
        var trust = await StartAsync(_lists.Settings);
        string version = trust.Current.Version;
        var later = new DateTime(2036, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Path.Combine(_lists.Folder.Path, "index"), later);
        Assert.False(trust.Reload());
        Assert.Equal((Milliseconds(later), version), (Sequence(trust), trust.Current.Version));
        Assert.False(trust.Reload());
    }

    [Theory]
    [InlineData("damaged\n", true)]
    [InlineData("1800000000000 ", true)]
    [InlineData("-1800000000000 v\n", true)]
    [InlineData("9007199254740991 v\n", true)]
    [InlineData("9007199254740990 v\n", false)]
    public async Task A_damaged_number_is_told_and_replaced(string kept, bool isDamaged)
    {
        Directory.CreateDirectory(Own);
        string file = Path.Combine(Own, IndexSequence.FileName);
        await File.WriteAllTextAsync(file, kept, TestContext.Current.CancellationToken);
        var settings = Two();
        Assert.Equal(isDamaged ? Milliseconds(s_young) : (1L << 53) - 1, Sequence(await StartAsync(settings)));
        Assert.Equal(isDamaged, _log.ToString().Contains("it is damaged", StringComparison.Ordinal));
        Assert.DoesNotContain(kept.Trim(), await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_can_be_kept_it_is_told_what_to_do_and_the_server_runs()
    {
        string taken = _lists.Save("a-file", [1]);
        foreach (string? folder in new[] { null, taken })
        {
            var log = new Lines();
            var trust = await _lists.TrustAsync(Two(), ownFolder: folder, log: log);
            Assert.Contains("touch the trust folder's index or the settings", log.ToString(), StringComparison.Ordinal);
            Assert.Equal(Milliseconds(s_young), Sequence(trust));
        }
        await StartAsync(Two());
        Assert.Equal("", _log.ToString());
        // Nothing is handed on: nothing needs to be kept.
        await _lists.TrustAsync(Two() with { HandsOn = false }, ownFolder: null, log: _log);
        await _lists.TrustAsync(_lists.Settings, ownFolder: null, log: _log);
        Assert.Equal("", _log.ToString());
    }

    [Fact]
    public async Task Servers_that_keep_the_number_in_one_place_agree()
    {
        var settings = Two();
        var (one, two) = (await StartAsync(settings), await StartAsync(settings));
        Save("young.pem", s_old, Lists.Time);
        Assert.True(one.Reload());
        _lists.Now = _lists.Now.AddSeconds(5);
        Assert.True(two.Reload());
        Assert.Equal(Sequence(one), Sequence(two));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_keeps_the_number_beside_its_database_and_knows_its_settings(bool isKept)
    {
        using var page = new StandInPage();
        string young = Save("young.pem", s_young, Lists.Two), database = _lists.PathOf("data/provenance.db"), kept = _lists.PathOf("data/" + IndexSequence.FileName);
        long before = await AskAsync($"\"{young}\"", s_old);
        Assert.Equal(Milliseconds(s_young), before);
        Assert.True(File.Exists(kept));
        if (!isKept)
            File.Delete(kept);
        long after = await AskAsync("", isKept ? s_old : s_young.AddDays(1));
        Assert.Equal(isKept ? _lists.Now.ToUnixTimeMilliseconds() : Milliseconds(s_young.AddDays(1)), after);

        async Task<long> AskAsync(string anchors, DateTime changed)
        {
            string settings = _lists.Save("settings.json", System.Text.Encoding.UTF8.GetBytes(
                $$"""{ "clock": "{{_lists.Now:yyyy-MM-dd'T'HH:mm:ss'Z'}}", "trust": { "folder": "", "anchors": [{{anchors}}] }, "storage": { "connection": "Data Source={{database}}" } }"""));
            File.SetLastWriteTimeUtc(settings, changed);
            await using var server = await ServerProcess.StartAsync("--urls", "http://127.0.0.1:0", "--page", page.Folder, "--settings", settings);
            using var client = new HttpClient { BaseAddress = server.Address };
            return ServedIndex.Parse(await client.GetByteArrayAsync(ServedIndex.Path, TestContext.Current.CancellationToken)).Sequence;
        }
    }

    private string Own => _lists.PathOf("own");

    private Task<CurrentTrust> StartAsync(TrustSettings settings) => _lists.TrustAsync(settings, ownFolder: Own, log: _log);

    private TrustSettings Two() => _lists.Settings with { Anchors = [Save("old.pem", s_old, Lists.One), Save("young.pem", s_young, Lists.Two)] };

    private string Save(string name, DateTime changed, TestAuthority authority)
    {
        string file = _lists.Save(name, TestLists.Pem(authority));
        File.SetLastWriteTimeUtc(file, changed);
        return file;
    }

    private long Sequence(CurrentTrust trust) => ServedIndex.Parse(trust.Published!.Index(_lists.Now).Bytes).Sequence;

    private static long Milliseconds(DateTime time) => new DateTimeOffset(time).ToUnixTimeMilliseconds();
}
