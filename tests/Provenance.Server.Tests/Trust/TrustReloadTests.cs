using Provenance.Server.Settings;
using Provenance.TestKit;
using Provenance.TrustStore;
using Xunit;

namespace Provenance.Server.Tests.Trust;

/// <summary>Lists that change while the server runs, and lists that are damaged.</summary>
public sealed class TrustReloadTests : IAsyncDisposable
{
    private readonly Lists _lists = new();

    public ValueTask DisposeAsync() => _lists.DisposeAsync();

    [Fact]
    public async Task The_policy_is_that_of_the_command_line_over_the_same_folder()
    {
        await _lists.InstallOfficialAsync();
        await _lists.InstallPemAsync("Our partners");
        var at = _lists.Now;
        var (here, there) = ((await _lists.TrustAsync()).Current.PolicyAt(at), TrustChoice.Installed(InstalledTrust.Load(_lists.Folder)).Policy(at));
        Assert.Equal((there.Time, there.LacksLists), (here.Time, here.LacksLists));
        Assert.Equal(there.Lists.Select(Told), here.Lists.Select(Told));

        static object Told(Verifier.Trust.TrustList list) => (list.Name, list.Purpose, list.Model, list.Uri, list.Type, list.Identifier, list.Issued, string.Join(' ', list.AcceptedPurposes), list.Anchors.Count);
    }

    [Fact]
    public async Task Nothing_installed_is_told_as_the_command_line_tells_it()
    {
        Assert.True((await _lists.TrustAsync()).Current.PolicyAt(_lists.Now).LacksLists);
        Assert.True((await _lists.TrustAsync(_lists.Settings with { Folder = "" })).Current.PolicyAt(_lists.Now).LacksLists);
        await _lists.InstallPemAsync("Our partners");
        Assert.False((await _lists.TrustAsync()).Current.PolicyAt(_lists.Now).LacksLists);
    }

    [Fact]
    public async Task Other_lists_are_another_version_and_the_same_lists_are_the_same()
    {
        await _lists.InstallPemAsync("Our partners");
        string before = (await _lists.TrustAsync()).Current.Version;
        Assert.Equal(before, (await _lists.TrustAsync()).Current.Version);
        await _lists.InstallPemAsync("Our clocks", isForTimeStamps: true);
        string after = (await _lists.TrustAsync()).Current.Version;
        Assert.NotEqual(before, after);

        // The same bytes for another purpose are another trust.
        string file = _lists.Save("a.pem", TestLists.Pem(Lists.One));
        var versions = new[] { after, await VersionAsync(new() { Anchors = [file] }), await VersionAsync(new() { TimeStampAnchors = [file] }), await VersionAsync(new() { IdentityAnchors = [file] }) };
        Assert.Equal(4, versions.Distinct().Count());

        async Task<string> VersionAsync(TrustSettings settings) => (await _lists.TrustAsync(settings with { Folder = _lists.Folder.Path })).Current.Version;
    }

    [Fact]
    public async Task A_change_is_in_force_and_handed_on_when_it_is_seen()
    {
        await _lists.InstallPemAsync("Our partners");
        var trust = await _lists.TrustAsync(_lists.Settings with { Signing = _lists.Key() });
        Assert.False(trust.Reload());
        var (version, sequence) = (trust.Current.Version, ServedIndex.Parse(trust.Published!.Index(_lists.Now).Bytes).Sequence);
        byte[] signature = trust.Published.Find("our-partners")!.Signature!.Bytes;

        await LaterAsync();
        await _lists.InstallOfficialAsync();
        Assert.True(trust.Reload());
        Assert.NotEqual(version, trust.Current.Version);
        var index = ServedIndex.Parse(trust.Published!.Index(_lists.Now).Bytes);
        Assert.True(index.Sequence > sequence);
        Assert.Equal(2, index.Lists.Count);
        Assert.Same(signature, trust.Published.Find("our-partners")!.Signature!.Bytes);

        // Also when a list goes.
        sequence = index.Sequence;
        await LaterAsync();
        _lists.Remove("our-partners");
        Assert.True(trust.Reload());
        index = ServedIndex.Parse(trust.Published!.Index(_lists.Now).Bytes);
        Assert.True(index.Sequence > sequence);
        Assert.Equal("C2PA Trust List", Assert.Single(index.Lists).Name);
    }

    [Theory]
    [InlineData("trust/index")]
    [InlineData("own.pem")]
    public async Task What_becomes_damaged_leaves_the_last_good_in_force_until_it_is_mended(string damaged)
    {
        await _lists.InstallPemAsync("Our partners");
        string file = _lists.Save("own.pem", TestLists.Pem(Lists.One));
        var trust = await _lists.TrustAsync(_lists.Settings with { Anchors = [file] });
        var (state, published) = (trust.Current, trust.Published);
        byte[] good = await File.ReadAllBytesAsync(_lists.PathOf(damaged), Token);

        await File.WriteAllBytesAsync(_lists.PathOf(damaged), good[..^20], Token);
        Assert.True(trust.Reload());
        Assert.NotNull(trust.Fault);
        Assert.Same(state, trust.Current);
        Assert.Same(published, trust.Published);
        // Told once.
        Assert.False(trust.Reload());

        await File.WriteAllBytesAsync(_lists.PathOf(damaged), good, Token);
        Assert.True(trust.Reload());
        Assert.Null(trust.Fault);
        Assert.Equal(state.Version, trust.Current.Version);
    }

    [Fact]
    public async Task A_running_server_sees_a_change_by_itself()
    {
        await _lists.InstallPemAsync("Our partners");
        var (client, _) = await _lists.ServeAsync();
        Assert.Single(ServedIndex.Parse(await client.GetByteArrayAsync("/api/v1/trust-lists", Token)).Lists);
        await _lists.InstallOfficialAsync();
        for (int tries = 0; ; tries++)
        {
            if (ServedIndex.Parse(await client.GetByteArrayAsync("/api/v1/trust-lists", Token)).Lists.Count == 2)
                break;
            Assert.True(tries < 100, "not seen in ten seconds");
            await Task.Delay(100, Token);
        }
    }

    [Theory]
    [InlineData("index", "The index of the trust lists is damaged.")]
    [InlineData("files", "The installed list 'Our partners' is damaged.")]
    public async Task A_server_does_not_start_over_damaged_lists(string what, string sentence)
    {
        await _lists.InstallPemAsync("Our partners");
        string path = what == "index" ? Path.Combine(_lists.Folder.Path, "index") : Directory.GetFiles(Path.Combine(_lists.Folder.Path, "files"))[0];
        await File.AppendAllTextAsync(path, " ", Token);
        using var page = new StandInPage();
        string settings = _lists.Save("settings.json", System.Text.Encoding.UTF8.GetBytes($$"""{ "trust": { "folder": "{{_lists.Folder.Path}}" }, "storage": { "connection": "Data Source={{_lists.PathOf("provenance.db")}}" } }"""));
        var (exitCode, output, error) = await ServerProcess.RunAsync("--urls", "http://127.0.0.1:0", "--page", page.Folder, "--settings", settings);
        Assert.Equal((1, "", sentence + "\n"), (exitCode, output, error));
    }

    [Fact]
    public async Task A_file_that_is_none_is_told_at_the_start()
    {
        string missing = _lists.PathOf("missing.pem"), empty = _lists.Save("empty.pem", []);
        Assert.Contains(missing, (await Assert.ThrowsAsync<SettingsException>(() => _lists.TrustAsync(_lists.Settings with { Anchors = [missing] }))).Message, StringComparison.Ordinal);
        Assert.Contains(empty, (await Assert.ThrowsAsync<SettingsException>(() => _lists.TrustAsync(_lists.Settings with { TimeStampAnchors = [empty] }))).Message, StringComparison.Ordinal);
    }

    /// <summary>The clock of a file system ticks every few milliseconds.</summary>
    private static Task LaterAsync() => Task.Delay(50, Token);

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
