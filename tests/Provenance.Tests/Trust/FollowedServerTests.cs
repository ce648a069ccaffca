extern alias cli;

using System.Text;
using cli::Provenance.Cli.Trust;
using Provenance.TestKit;
using Provenance.TrustStore;
using Provenance.Verifier.Trust;
using Xunit;

namespace Provenance.Tests.Trust;

/// <summary>"trust follow", and "trust update" of what is followed: what a server may change, and what it may not.</summary>
public sealed class FollowedServerTests : IAsyncDisposable
{
    private const string Server = "https://a.example", Host = "a.example", News = "a.example/news", Partners = "a.example/partners", Official = "a.example/c2pa-signers", Clocks = "a.example/clocks";

    private static readonly TestAuthority s_one = TestAuthority.Root("One"), s_two = TestAuthority.Root("Two"), s_time = TestAuthority.Root("Time");
    private static readonly TestCertificate s_certificate = TestAuthority.SelfSigned("Operator");
    private static readonly TestListSigner s_operator = new(s_certificate), s_stranger = new(TestAuthority.SelfSigned("Stranger"));
    private static readonly FollowOptions s_pinned = new() { Server = Server, SignerSha256 = s_operator.Sha256 };

    private readonly InstalledLists _lists = new();

    public ValueTask DisposeAsync() => _lists.DisposeAsync();

    [Fact]
    public async Task Every_kind_of_list_is_installed_under_the_servers_name_on_ones_own_decision()
    {
        Publish(1, s_operator,
            ("news", "any", TestLists.Newsroom("Example News", 5, s_one)),
            ("partners", "anchors", TestLists.Pem(s_two)),
            ("clocks", "time-stamp-anchors", TestLists.Pem(s_time)),
            ("c2pa-signers", "any", TestLists.TrustedEntities(TestLists.Signers, 1, "2026-05-01T00:00:00Z", s_one)),
            ("c2pa-tsa", "any", TestLists.TrustedEntities(TestLists.TimeStamps, 1, "2026-05-01T00:00:00Z", s_time)),
            ("bad", "incidents", Incidents(1)),
            ("people", "identity-anchors", TestLists.Pem(s_one)));
        Assert.Equal(0, await _lists.FollowAsync(s_pinned));
        Assert.Equal("", _lists.Complaints);
        Assert.Contains("people (a.example): for identities", _lists.Output, StringComparison.Ordinal);

        var loaded = InstalledTrust.Load(_lists.Folder)!;
        Assert.Equal(
            [(News, TrustPurpose.Signer), (Partners, TrustPurpose.Signer), (Clocks, TrustPurpose.TimeStamp), (Official, TrustPurpose.Signer), ("a.example/c2pa-tsa", TrustPurpose.TimeStamp)],
            loaded.SelectMany(list => list.Lists.Select(trusted => (list.Entry.Id, trusted.Purpose))));
        // What a server calls the list of C2PA is not trusted on C2PA's decision.
        Assert.All(loaded.SelectMany(list => list.Lists), list => Assert.Equal(TrustModel.Own, list.Model));
        Assert.Equal("c2pa-signers (a.example)", loaded.Single(list => list.Entry.Id == Official).Lists[0].Name);
        Assert.Single(loaded, list => list.Incidents is not null);
        Assert.All(loaded, list => Assert.Equal(s_operator.Sha256, list.Entry.SignerSha256));
        Assert.Equal((1L, Server, ListForm.Server), (_lists.Entry(Host)!.Number, _lists.Entry(Host)!.Source, _lists.Entry(Host)!.Form));
        // The index names lists and is none: a new one of the same lists is not another trust.
        string before = TrustChoice.Installed(loaded).Fingerprint;
        Publish(2, s_operator, ("news", "any", TestLists.Newsroom("Example News", 5, s_one)));
        Assert.Equal(1, await _lists.UpdateAsync());
        Assert.Equal(before, TrustChoice.Installed(InstalledTrust.Load(_lists.Folder)).Fingerprint);

        // Read from its own words, where the packed form cannot be: the same.
        foreach (var list in loaded.Where(list => list.Entry.Form != ListForm.Server))
        {
            var again = InstalledTrust.Load(_lists.Folder, list.Entry with { Files = [.. list.Entry.Files.Where(file => file.Role != InstalledTrust.PackedRole)] });
            Assert.Equal(list.Lists.Select(one => (one.Name, one.Purpose, one.Model, one.Anchors.Count)), again.Lists.Select(one => (one.Name, one.Purpose, one.Model, one.Anchors.Count)));
        }
    }

    [Fact]
    public async Task A_signer_is_pinned_by_its_certificate_by_its_digest_or_by_an_answer()
    {
        Publish(1, s_operator, ("news", "any", TestLists.Newsroom("Example News", 5, s_one)));
        Assert.Equal(1, await _lists.FollowAsync(new() { Server = Server }));
        Assert.Contains($"--signer-sha256 {s_operator.Sha256}", _lists.Complaints, StringComparison.Ordinal);
        Assert.Equal(1, await _lists.FollowAsync(new() { Server = Server, SignerSha256 = s_stranger.Sha256 }));
        Assert.Equal(1, await _lists.FollowAsync(new() { Server = Server, Unsigned = true }));
        Assert.Equal(1, await _lists.FollowAsync(new() { Server = Server, Signer = _lists.Save("two.pem", TestLists.Pem(s_one, s_two)) }));
        _lists.Answer = false;
        Assert.Equal(1, await _lists.FollowAsync(new() { Server = Server }));
        Assert.Null(_lists.Folder.ReadIndex());

        _lists.Answer = true;
        foreach (var options in new FollowOptions[]
                 {
                     new() { Server = Server }, new() { Server = Server, Yes = true }, new() { Server = Server + "/", SignerSha256 = s_operator.Sha256.ToUpperInvariant() },
                     new() { Server = Server, Signer = _lists.Save("operator.pem", Encoding.ASCII.GetBytes(s_certificate.Pem)) },
                 })
        {
            Assert.Equal(0, await _lists.FollowAsync(options));
            Assert.Equal(s_operator.Sha256, _lists.Entry(Host)!.SignerSha256);
            Assert.Equal(0, await _lists.RemoveAsync(Host));
            Assert.Empty(_lists.Folder.ReadIndex()!);
            _lists.Answer = options.SignerSha256 is null ? null : true;
        }
    }

    [Fact]
    public async Task What_nobody_signed_is_followed_only_over_a_plain_word()
    {
        Publish(1, null, ("news", "any", TestLists.Newsroom("Example News", 5, s_one)));
        Assert.Equal(1, await _lists.FollowAsync(new() { Server = Server, Yes = true }));
        Assert.Contains("https://a.example signs nothing. Whoever runs it, or can answer in its name, decides whom you trust", _lists.Output, StringComparison.Ordinal);
        Assert.Equal(1, await _lists.FollowAsync(s_pinned));
        _lists.Answer = false;
        Assert.Equal(1, await _lists.FollowAsync(new() { Server = Server }));
        Assert.Null(_lists.Folder.ReadIndex());

        _lists.Answer = null;
        Assert.Equal(0, await _lists.FollowAsync(new() { Server = Server, Unsigned = true }));
        Assert.Null(_lists.Entry(Host)!.SignerSha256);
        Assert.Equal(["One"], _lists.Anchors(News));
        // Nobody vouches that a list is meant to be gone.
        Publish(2, null, ("partners", "anchors", TestLists.Pem(s_two)));
        Assert.Equal(1, await _lists.UpdateAsync());
        Assert.Contains("names it no more. It stays.", _lists.Complaints, StringComparison.Ordinal);
        Assert.Equal(["One"], _lists.Anchors(News));
        Assert.Equal(["Two"], _lists.Anchors(Partners));
        // A pin later is a new decision.
        Assert.Equal(1, await _lists.FollowAsync(s_pinned));
        Assert.Contains("followed already", _lists.Complaints, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_brings_what_is_new_and_takes_out_what_is_gone()
    {
        var news = ("news", "any", TestLists.Newsroom("Example News", 5, s_one));
        Publish(1, s_operator, news, ("partners", "anchors", TestLists.Pem(s_two)));
        PublishOfficial();
        Assert.Equal(0, await _lists.FollowAsync(s_pinned));
        Publish(2, s_operator, news, ("clocks", "time-stamp-anchors", TestLists.Pem(s_time)));
        PublishOfficial();
        _lists.Now = _lists.Now.AddDays(1);
        Assert.Equal(0, await _lists.UpdateAsync());
        Assert.Contains("partners (a.example): removed", _lists.Output, StringComparison.Ordinal);
        Assert.Contains("news (a.example): nothing newer", _lists.Output, StringComparison.Ordinal);
        Assert.Null(_lists.Entry(Partners));
        Assert.Equal(["Time"], _lists.Anchors(Clocks));
        Assert.Equal((2L, _lists.Now, _lists.Now), (_lists.Entry(Host)!.Number, _lists.Entry(Host)!.Checked, _lists.Entry(News)!.Checked));
    }

    [Theory]
    [InlineData(2, 1, false)]
    [InlineData(3, 1, true)]
    public async Task More_than_half_of_a_servers_lists_gone_is_asked_about(int before, int left, bool isAsked)
    {
        var lists = Enumerable.Range(1, before).Select(n => ($"list-{n}", "anchors", TestLists.Pem(TestAuthority.Root($"Root {n}")))).ToArray();
        Publish(1, s_operator, lists);
        PublishOfficial();
        await _lists.FollowAsync(s_pinned);
        Publish(2, s_operator, lists[..left]);
        PublishOfficial();
        Assert.Equal(isAsked ? 1 : 0, await _lists.UpdateAsync());
        Assert.Equal(isAsked ? before : left, _lists.Folder.ReadIndex()!.Count(list => list.IsHandedOn));
        Assert.Equal(0, await _lists.UpdateAsync(acceptsShrink: true));
        Assert.Equal(left, _lists.Folder.ReadIndex()!.Count(list => list.IsHandedOn));
    }

    [Theory]
    [InlineData("older")]
    [InlineData("stranger")]
    [InlineData("unsigned")]
    [InlineData("signature gone")]
    [InlineData("other bytes")]
    [InlineData("stale")]
    [InlineData("ahead")]
    [InlineData("broken")]
    public async Task An_index_that_is_not_as_it_must_be_changes_nothing(string fault)
    {
        var news = ("news", "any", TestLists.Newsroom("Example News", 5, s_one));
        var newer = ("news", "any", TestLists.Newsroom("Example News", 6, s_one, s_two));
        Publish(7, s_operator, news);
        PublishOfficial();
        Assert.Equal(0, await _lists.FollowAsync(s_pinned));
        string before = TrustIndex.Write(_lists.Folder.ReadIndex()!);

        PublishOfficial();
        switch (fault)
        {
            case "older":
                Publish(6, s_operator, newer);
                break;
            case "stranger":
                Publish(8, s_stranger, newer);
                break;
            case "unsigned":
                Publish(8, null, newer);
                break;
            case "signature gone":
                Publish(8, s_operator, newer);
                _lists.Web.Says(ServedIndex.Path + ".p7s", "404 Not Found");
                break;
            case "other bytes":
                byte[] index = Publish(8, s_operator, newer);
                _lists.Web.Gives(ServedIndex.Path, [.. index, (byte)' ']);
                break;
            case "stale":
                Publish(8, s_operator, _lists.Now.AddDays(-14).AddSeconds(-1), newer);
                break;
            case "ahead":
                Publish(8, s_operator, _lists.Now.AddDays(1).AddSeconds(1), newer);
                break;
            default:
                _lists.Web.Gives(ServedIndex.Path, "[]"u8.ToArray()).Gives(ServedIndex.Path + ".p7s", s_operator.Sign("[]"u8.ToArray()));
                break;
        }
        Assert.Equal(1, await _lists.UpdateAsync());
        Assert.Contains("What was installed stays as it was.", _lists.Complaints, StringComparison.Ordinal);
        Assert.Equal(before, TrustIndex.Write(_lists.Folder.ReadIndex()!.Where(list => list.Id.StartsWith(Host, StringComparison.Ordinal)).ToList()));

        Publish(8, s_operator, _lists.Now.AddDays(fault == "ahead" ? 1 : -14), newer);
        Assert.Equal(0, await _lists.UpdateAsync());
        Assert.Equal(["One", "Two"], _lists.Anchors(News).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("other bytes")]
    [InlineData("stranger")]
    [InlineData("not signed")]
    [InlineData("elsewhere")]
    [InlineData("older")]
    [InlineData("none")]
    public async Task A_list_that_is_not_as_it_must_be_keeps_its_last_good_issue_and_no_other_from_coming(string fault)
    {
        Publish(1, s_operator, ("news", "any", TestLists.Newsroom("Example News", 5, s_one)), ("partners", "anchors", TestLists.Pem(s_two)));
        PublishOfficial();
        Assert.Equal(0, await _lists.FollowAsync(s_pinned));

        byte[] newer = fault switch { "older" => TestLists.Newsroom("Example News", 4, s_two), "none" => "{}"u8.ToArray(), _ => TestLists.Newsroom("Example News", 6, s_two) };
        byte[] partners = TestLists.Pem(s_two, s_time);
        var entries = new List<ServedList> { Entry("news", "any", newer, true), Entry("partners", "anchors", partners, true) };
        Give("news", newer, s_operator);
        Give("partners", partners, s_operator);
        if (fault == "other bytes")
            _lists.Web.Gives($"{ServedIndex.Path}/news", [.. newer, (byte)' ']);
        else if (fault == "stranger")
            _lists.Web.Gives($"{ServedIndex.Path}/news.p7s", s_stranger.Sign(newer));
        else if (fault == "not signed")
            entries[0] = entries[0] with { Signature = null };
        else if (fault == "elsewhere")
            entries[0] = entries[0] with { Url = $"https://b.example{ServedIndex.Path}/news" };
        PublishIndex(new(_lists.Now, 2, ServedIndex.Path + ".p7s", entries), s_operator);

        Assert.Equal(1, await _lists.UpdateAsync());
        Assert.Contains("news (a.example): not used. What was installed stays as it was.", _lists.Complaints, StringComparison.Ordinal);
        Assert.Equal(["One"], _lists.Anchors(News));
        Assert.Equal(5, _lists.Entry(News)!.Number);
        Assert.Equal(["Two", "Time"], _lists.Anchors(Partners));
        Assert.Equal(2, _lists.Entry(Host)!.Number);
    }

    [Fact]
    public async Task A_servers_list_goes_with_the_server_alone_and_damage_is_mended()
    {
        Publish(1, s_operator, ("news", "any", TestLists.Newsroom("Example News", 5, s_one)));
        PublishOfficial();
        await _lists.FollowAsync(s_pinned);
        Assert.Equal(1, await _lists.RemoveAsync(News));
        Assert.Contains("Remove a.example with all its lists", _lists.Complaints, StringComparison.Ordinal);

        var main = _lists.Entry(News)!.Main;
        await File.WriteAllTextAsync(_lists.PathOf($"trust/files/{main.Sha256}"), "damaged", TestContext.Current.CancellationToken);
        Assert.Throws<DamagedStoreException>(() => InstalledTrust.Load(_lists.Folder, _lists.Entry(News)!));
        Assert.Equal(0, await _lists.UpdateAsync());
        Assert.Equal(["One"], _lists.Anchors(News));

        Assert.Equal(0, await _lists.RemoveAsync(Host));
        Assert.DoesNotContain(_lists.Folder.ReadIndex()!, list => list.Id.StartsWith(Host, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("anchors", "time-stamp-anchors", TrustPurpose.TimeStamp)]
    [InlineData("time-stamp-anchors", "anchors", TrustPurpose.Signer)]
    [InlineData("any", "time-stamp-anchors", TrustPurpose.TimeStamp)]
    [InlineData("any", "anchors", TrustPurpose.Signer)]
    [InlineData("anchors", "identity-anchors", null)]
    [InlineData("time-stamp-anchors", "identity-anchors", null)]
    [InlineData("identity-anchors", "anchors", TrustPurpose.Signer)]
    public async Task A_list_is_for_what_the_newest_index_says_though_its_bytes_are_the_same(string before, string after, TrustPurpose? purpose)
    {
        byte[] pem = TestLists.Pem(s_one);
        Publish(1, s_operator, ("partners", before, pem));
        PublishOfficial();
        Assert.Equal(0, await _lists.FollowAsync(s_pinned));
        Publish(2, s_operator, ("partners", after, pem));
        PublishOfficial();
        Assert.Equal(0, await _lists.UpdateAsync());
        Assert.Equal("", _lists.Complaints);
        bool isChanged = (before, after) != ("any", "anchors");
        Assert.Equal(!isChanged, _lists.Output.Contains("partners (a.example): nothing newer", StringComparison.Ordinal));
        Assert.Equal(purpose is { } one ? [one] : [], Purposes());
        // What agrees is not fetched again.
        _lists.Web.Says($"{ServedIndex.Path}/partners", "404 Not Found");
        PublishIndex(new(_lists.Now, 3, ServedIndex.Path + ".p7s", [Entry("partners", after, pem, true)]), s_operator);
        Assert.Equal(0, await _lists.UpdateAsync());
        Assert.Equal(purpose is { } same ? [same] : [], Purposes());

        IEnumerable<TrustPurpose> Purposes() => InstalledTrust.Load(_lists.Folder)!.Where(list => list.Entry.IsHandedOn).SelectMany(list => list.Lists).Select(list => list.Purpose);
    }

    [Fact]
    public async Task No_list_is_taken_out_because_a_server_that_signs_nothing_says_it_is_for_identities()
    {
        Publish(1, null, ("partners", "anchors", TestLists.Pem(s_two)));
        PublishOfficial();
        Assert.Equal(0, await _lists.FollowAsync(new() { Server = Server, Unsigned = true }));
        Publish(2, null, ("partners", "identity-anchors", TestLists.Pem(s_two)));
        PublishOfficial();
        Assert.Equal(1, await _lists.UpdateAsync());
        Assert.Equal(["Two"], _lists.Anchors(Partners));
        Assert.Contains("It stays.", _lists.Complaints, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_calls_itself_like_a_server_or_its_list_takes_no_ones_place()
    {
        foreach (string name in new[] { Host, News })
        {
            byte[] list = TestLists.Newsroom(name, 9, s_two);
            string file = _lists.Save("list.json", list);
            _lists.Save("list.json.p7s", s_stranger.Sign(list));
            Assert.Equal(0, await _lists.ImportAsync(new() { Source = file, SignerSha256 = s_stranger.Sha256 }));
        }
        string[] own = [.. _lists.Folder.ReadIndex()!.Select(list => list.Id)];
        Assert.Equal(2, own.Length);

        // Their numbers and their signer are not the server's.
        Publish(1, s_operator, ("news", "any", TestLists.Newsroom("Example News", 5, s_one)));
        Assert.Equal(0, await _lists.FollowAsync(s_pinned));
        Assert.Equal("", _lists.Complaints);
        Assert.Equal([.. own, News, Host], _lists.Folder.ReadIndex()!.Select(list => list.Id));
        Assert.Equal(["One"], _lists.Anchors(News));
        Assert.Equal(ListForm.Server, _lists.Entry(Host)!.Form);
        // Whoever types a name means the id before what a list calls itself, and that where no id is so.
        Assert.Equal(0, await _lists.RemoveAsync(Host));
        Assert.Equal(own, _lists.Folder.ReadIndex()!.Select(list => list.Id));
        Assert.Equal(0, await _lists.RemoveAsync(Host));
        Assert.Equal(own[1..], _lists.Folder.ReadIndex()!.Select(list => list.Id));
    }

    [Theory]
    [InlineData("https://lists.example", "https://lists.example")]
    [InlineData("https://Lists.Example/", "https://lists.example")]
    [InlineData("https://lists.example:8443", "https://lists.example:8443")]
    [InlineData("http://lists.example", null)]
    [InlineData("https://lists.example/x", null)]
    [InlineData("https://lists.example/?x", null)]
    [InlineData("https://me@lists.example", null)]
    [InlineData("https://", null)]
    [InlineData("https://lists", null)]
    [InlineData("https://[2001:db8::1]", null)]
    [InlineData("https://[::ffff:1.2.3.4]", null)]
    [InlineData("lists.example", null)]
    public void An_address_is_https_and_a_host(string typed, string? address) => Assert.Equal(address, FollowedServer.AddressOf(typed));

    [Fact]
    public async Task Status_shows_the_server_and_its_lists_and_remove_takes_them_out()
    {
        Publish(7, s_operator, ("news", "any", TestLists.Newsroom("Example News", 5, s_one)), ("partners", "anchors", TestLists.Pem(s_two)));
        Assert.Equal(0, await _lists.FollowAsync(s_pinned));
        using var cli = new Cli.Cli();
        Task<House.Command> RunAsync(params string[] arguments) => cli.RunInAsync(new Dictionary<string, string?> { ["PROVENANCE_HOME"] = Path.GetDirectoryName(_lists.Folder.Path) }, arguments);

        var status = await RunAsync("trust", "status");
        Assert.Equal(0, status.ExitCode);
        Assert.Contains("\na.example (a.example)\n  Contents: 2 lists, shown under its name\n  Issue: issue 7 of 1 Jun 2026\n  Source: https://a.example\n", "\n" + status.Output, StringComparison.Ordinal);
        Assert.Equal(3, status.Output.Split($"pinned certificate SHA-256 {s_operator.Sha256}").Length - 1);
        Assert.Contains("목록 2개", (await RunAsync("trust", "status", "--lang", "ko")).Output, StringComparison.Ordinal);
        Assert.Equal(["signed", "pem", "server"], Newtonsoft.Json.Linq.JObject.Parse((await RunAsync("trust", "status", "--format", "json")).Output)["lists"]!.Select(list => (string?)list["form"]));

        // A signature that was changed on the disk is told, as of every list.
        var signature = _lists.Entry(Host)!.Files.Single(file => file.Role == "signature");
        await File.WriteAllTextAsync(_lists.PathOf($"trust/files/{signature.Sha256}"), "damaged", TestContext.Current.CancellationToken);
        Assert.Equal(3, (await RunAsync("trust", "status")).ExitCode);

        var removed = await RunAsync("trust", "remove", Host);
        Assert.Equal((0, "news (a.example): removed\npartners (a.example): removed\na.example: removed\n"), (removed.ExitCode, removed.Output));
    }

    [Theory]
    [InlineData("trust", "follow")]
    [InlineData("trust", "follow", "http://a.example")]
    [InlineData("trust", "follow", "https://a.example/lists")]
    [InlineData("trust", "follow", "https://a.example", "https://b.example")]
    [InlineData("trust", "follow", "https://a.example", "--signer-sha256", "abc")]
    [InlineData("trust", "follow", "https://a.example", "--signer", "a.pem", "--signer-sha256", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    public async Task What_is_not_understood_is_told_before_anybody_is_asked(params string[] arguments)
    {
        using var cli = new Cli.Cli();
        var run = await cli.RunAsync(arguments);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
    }

    private byte[] Publish(long sequence, TestListSigner? signer, params (string Id, string Role, byte[] Bytes)[] lists) => Publish(sequence, signer, _lists.Now, lists);

    private byte[] Publish(long sequence, TestListSigner? signer, DateTimeOffset issued, params (string Id, string Role, byte[] Bytes)[] lists)
    {
        foreach (var (id, _, bytes) in lists)
            Give(id, bytes, signer);
        return PublishIndex(new(issued, sequence, signer is null ? null : ServedIndex.Path + ".p7s", [.. lists.Select(list => Entry(list.Id, list.Role, list.Bytes, signer is not null))]), signer);
    }

    private byte[] PublishIndex(ServedIndex index, TestListSigner? signer)
    {
        byte[] bytes = index.Write();
        _lists.Web.Gives(ServedIndex.Path, bytes);
        if (signer is null)
            _lists.Web.Says(ServedIndex.Path + ".p7s", "404 Not Found");
        else
            _lists.Web.Gives(ServedIndex.Path + ".p7s", signer.Sign(bytes));
        return bytes;
    }

    private void Give(string id, byte[] bytes, TestListSigner? signer)
    {
        _lists.Web.Gives($"{ServedIndex.Path}/{id}", bytes);
        if (signer is not null)
            _lists.Web.Gives($"{ServedIndex.Path}/{id}.p7s", signer.Sign(bytes));
    }

    /// <summary>"update" asks for these too.</summary>
    private void PublishOfficial()
    {
        foreach (var (official, scheme) in Sources.Official.Zip([TestLists.Signers, TestLists.TimeStamps]))
            _lists.Web.Gives(new Uri(official.JsonUrl).AbsolutePath, TestLists.TrustedEntities(scheme, 1, "2026-05-01T00:00:00Z", s_time));
    }

    private ServedList Entry(string id, string role, byte[] bytes, bool isSigned) =>
        new(id, role, $"{ServedIndex.Path}/{id}", TrustFolder.Digest(bytes), _lists.Now, 0, null, isSigned ? $"{ServedIndex.Path}/{id}.p7s" : null);

    private static byte[] Incidents(int number) => Encoding.UTF8.GetBytes($$"""
        { "format": "provenance-list", "version": 1, "kind": "incidents", "name": "Bad", "sequenceNumber": {{number}}, "issued": "2026-05-01T00:00:00Z",
          "incidents": [ { "authoritySha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "reason": "test" } ] }
        """);
}
