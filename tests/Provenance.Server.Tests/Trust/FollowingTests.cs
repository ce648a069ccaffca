using Provenance.Server.Trust;
using Provenance.TestKit;
using Provenance.Tests.Fetching;
using Provenance.TrustStore;
using Provenance.Verifier.Labels;
using Xunit;

namespace Provenance.Server.Tests.Trust;

/// <summary>What the server hands on, taken by what the command line follows it with; only the wire is a stand-in, since that wants https and a public address.</summary>
public sealed class FollowingTests : IAsyncDisposable
{
    private readonly Lists _server = new(), _reader = new();
    private readonly TestWeb _web = new();

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        await _server.DisposeAsync();
        await _reader.DisposeAsync();
    }

    [Fact]
    public async Task Who_follows_the_server_trusts_what_it_hands_on_and_only_under_its_key()
    {
        byte[] news = TestLists.Newsroom("Example News", 5, Lists.One);
        var editor = new TestListSigner(TestAuthority.SelfSigned("Editor"));
        await _server.InstallAsync((await ListCandidate.OfSignedAsync(news, editor.Sign(news), editor.Sha256)).List!, "/news.json");
        await _server.InstallOfficialAsync();
        await _server.InstallPemAsync("Clocks", isForTimeStamps: true);
        var (key, other) = (_server.Key(), _server.Key("other"));
        string pin = Lists.PinOf(key.Certificate!);

        var trust = await _server.TrustAsync(_server.Settings with { Signing = key });
        Publish(trust);
        Assert.True(await FollowAsync(pin));
        var (there, here) = (trust.Loaded.Choice.Lists, TrustChoice.Installed(InstalledTrust.Load(_reader.Folder)).Lists);
        Assert.Equal(there.Select(list => (list.Purpose, list.Identifier, list.Anchors.Count)), here.Select(list => (list.Purpose, list.Identifier, list.Anchors.Count)));

        await Task.Delay(50, TestContext.Current.CancellationToken);
        _server.Remove("clocks");
        trust.Reload();
        Publish(await _server.TrustAsync(_server.Settings with { Signing = other }));
        Assert.False(await FollowAsync(pin));
        Assert.Equal(3, TrustChoice.Installed(InstalledTrust.Load(_reader.Folder)).Lists.Count);
        Publish(trust);
        Assert.True(await FollowAsync(pin));
        Assert.Equal(2, TrustChoice.Installed(InstalledTrust.Load(_reader.Folder)).Lists.Count);

        // Who follows can hand on what it follows.
        Assert.Equal(["a-example-example-news", "a-example-c2pa-signers"], (await _reader.TrustAsync()).Loaded.Handed.Select(list => list.Id));
    }

    private async Task<bool> FollowAsync(string pin)
    {
        using var turn = _reader.Folder.Lock();
        var dialog = new ListDialog(Words.English, TextWriter.Null, TextWriter.Null, null);
        var followed = new FollowedServer(new ListInstaller(_reader.Folder, dialog, _reader.Now), new ListReader(dialog, _web.Client), dialog, _reader.Now);
        return await followed.FetchAsync("https://a.example", pin) is { } fetched && await followed.InstallAsync("https://a.example", pin, fetched);
    }

    private void Publish(CurrentTrust trust)
    {
        var published = trust.Published!;
        _web.Gives(ServedIndex.Path, published.Index(_server.Now).Bytes).Gives(ServedIndex.Path + ".p7s", published.IndexSignature(_server.Now)!.Bytes);
        foreach (var list in trust.Loaded.Handed.Select(list => published.Find(list.Id)!))
            _web.Gives(list.Url, list.File.Bytes).Gives(list.Url + ".p7s", list.Signature!.Bytes);
    }
}
