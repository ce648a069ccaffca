using System.Security.Cryptography;
using Provenance.Presentation;
using Provenance.TestKit;
using Provenance.Tests.Rules;
using Provenance.Tests.Rules.Cases;
using Provenance.Verifier;
using Provenance.Verifier.Identity;
using Provenance.Verifier.Labels;
using Xunit;

namespace Provenance.Tests.Hostile;

/// <summary>Files that want a report to say more than was proven: somebody's word on something else, a time nobody vouches for.</summary>
public sealed class StatementForgeryTests
{
    /// <summary>
    /// Somebody vouched for one picture, and a forger puts that very assertion into the manifest of another. A second manifest, made by the
    /// forger as a source, lists the first one's binding with the hash that was vouched for, though it is no assertion of its own.
    /// </summary>
    [Fact]
    public async Task Nobody_vouches_for_a_picture_by_what_another_manifest_says_of_its_binding()
    {
        var genuine = World.Sound("genuine").With(IdentityRecipe.By(IdentityCases.Author)).Embed(World.Jpeg.WithComment("another"));
        byte[] hash = TestHash.Of(HashAlgorithmName.SHA256, genuine.ActiveManifest.Child("c2pa.assertions").Child("c2pa.hash.data").HashedBytes());
        var forgery = World.Sound("forgery");
        var helper = World.Source("helper", how: m => m.Claim(claim => claim["created_assertions"] = ((IEnumerable<object>)claim["created_assertions"]!).Append(
            new CborFields { { "url", $"self#jumbf=/c2pa/{forgery.Label}/c2pa.assertions/c2pa.hash.data" }, { "hash", hash } }).ToArray()));
        byte[] stolen = genuine.ActiveManifest.Child("c2pa.assertions").Child("cawg.identity").Children[^1].Payload;
        var report = await VerifyAsync(forgery.With(Assertion.CborBytes("cawg.identity", stolen)).Placed(helper, "helper").Embed(World.Jpeg));

        var identity = Assert.Single(report.Identities);
        Assert.Equal((IdentityState.Failed, null), (identity.State, identity.Signer));
        Assert.DoesNotContain(identity.References, reference => reference.IsListed);
    }

    /// <summary>What somebody vouches for in a source's manifest is told as being about the source.</summary>
    [Fact]
    public async Task Vouching_for_what_was_done_to_a_source_is_not_told_of_this_file()
    {
        var source = World.Source();
        var identity = IdentityRecipe.By(IdentityCases.Author, r => r.PayloadChange = (c, f) =>
            f["referenced_assertions"] = new object[] { c.HashedUri("c2pa.hash.data"), c.HashedUri(source.ActiveLabel, "c2pa.assertions/c2pa.actions.v2") });
        var report = await VerifyAsync(World.Sound().Placed(source, "source").With(identity).Embed(World.Jpeg));

        Assert.Equal(IdentityState.Trusted, Assert.Single(report.Identities).State);
        Assert.EndsWith("vouches for: the content, what it was made from", Texts(report, PageTopic.Identity)[0]);
    }

    [Theory]
    [InlineData(false, "the signer of the file says so; nobody vouches for it in their own name")]
    [InlineData(true, "the signer of the file passed it on and does not say so; nobody vouches for it in their own name")]
    public async Task Terms_that_were_passed_on_are_not_told_as_the_signers(bool gathered, string told)
    {
        var terms = Assertion.Cbor("cawg.training-mining", new CborFields { { "entries", new CborFields { { "cawg.ai_training", new CborFields { { "use", "allowed" } } } } } });
        var report = await VerifyAsync(World.Sound().With(gathered ? terms.Gathered() : terms).Embed(World.Jpeg));

        Assert.Equal(Label.IntactKnown, report.Label);
        Assert.Equal(told, Texts(report, PageTopic.Identity)[^1]);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, null)]
    public async Task That_nothing_else_was_done_only_the_signer_can_say(bool gathered, bool? expected)
    {
        var builder = World.Sound();
        var more = Assertion.Cbor("c2pa.actions.v2__1", new CborFields { { "actions", new object[] { new CborFields { { "action", "c2pa.color_adjustments" } } } }, { "allActionsIncluded", true } });
        var report = await VerifyAsync(builder.With(gathered ? more.Gathered() : more).Embed(World.Jpeg));

        Assert.Equal(Label.IntactKnown, report.Label);
        Assert.Equal(expected, report.History.Timeline[^1].AllActionsIncluded);
    }

    /// <summary>In the older time model a stamp of nobody's may be the signer's own: its time is told as claimed everywhere.</summary>
    [Fact]
    public async Task A_time_that_no_list_vouches_for_is_not_told_as_proven_of_a_source()
    {
        var source = World.OldSource(how: m => m.TimeStampedBy(World.UnlistedTsa));
        var report = await VerifyAsync(World.Old().Opened(source).Embed(World.Jpeg).InOlderTimeModel());

        Assert.Equal((Label.IntactKnown, false), (report.Label, report.Manifests[1].Time.IsListed));
        Assert.NotNull(report.Manifests[1].Time.Proven);
        string history = string.Join('\n', Nodes(ReportPage.Of(report, Words.English, null), PageTopic.History));
        Assert.Contains("; claimed time ", history);
    }

    [Fact]
    public async Task A_time_that_no_list_vouches_for_is_not_in_the_sentence()
    {
        async Task<VerificationReport> SignedAsync(TestTimeStampAuthority authority) => await World.Old().TimeStampedBy(authority).Embed(World.Jpeg).InOlderTimeModel().VerifyAsync();
        var (listed, unlisted) = (await SignedAsync(World.Tsa), await SignedAsync(World.UnlistedTsa));

        Assert.Matches(" signed it on .*2026", listed.SentenceIn(Words.English));
        Assert.Equal((Label.IntactKnown, null), (unlisted.Label, unlisted.SignedAt));
        Assert.DoesNotContain("2026", unlisted.SentenceIn(Words.English));
    }

    private static List<string> Texts(VerificationReport report, PageTopic topic) =>
        [.. ReportPage.Of(report, Words.English, null).Sections.Where(section => section.Topic == topic).SelectMany(section => section.Rows).Select(row => row.Text)];

    private static IEnumerable<string> Nodes(ReportPage page, PageTopic topic) =>
        page.Sections.Where(section => section.Topic == topic).SelectMany(section => section.Nodes).Select(node => node.Text);

    /// <summary>
    /// An update removed a note from its parent, whose manifest it names by the signature box alone. A forger rewrites the parent's claim for
    /// another picture, keeps its signature, and has the forged claim list a source of which it "recorded" that this very signature fails.
    /// </summary>
    [Fact]
    public async Task A_manifest_cannot_excuse_its_own_failures()
    {
        const string note = "org.example.note";
        var parent = World.Source("parent", how: m => m.With(Assertion.Json(note, "{}")));
        var helper = World.Source("helper");
        string signature = $"self#jumbf=/c2pa/{parent.ActiveLabel}/c2pa.signature";
        var source = Ingredient.Component(helper) with { RecordedFailures = [("claimSignature.mismatch", signature)] };
        ManifestBuilder Update() => World.Silent("update").Update().Opened(parent).Redacts(parent.ActiveLabel, note);
        Assert.Equal(Label.IntactKnown, (await VerifyAsync(Update().Embed(World.Jpeg))).Label);

        var other = TestJpeg.Of(TestPicture.Gradient(), coarseness: 2);
        var forged = World.Sound("parent").SignedBy(World.Stranger.Issue("Forger")).From(source).ActionOn("c2pa.placed", i => i.Source == helper).Embed(other);
        var box = forged.ActiveManifest;
        box.Children[box.Children.FindIndex(child => child.Label == "c2pa.signature")] = parent.ActiveManifest.Child("c2pa.signature");
        var report = await VerifyAsync(Update().CarryingAlong(helper).Store(store => store.Children[store.Children.FindIndex(child => child.Label == parent.ActiveLabel)] = box).Embed(other));

        Assert.Equal(Label.Broken, report.Label);
    }

    private static async Task<VerificationReport> VerifyAsync(CaseFile file) => await (file with { Lists = [World.Signers, World.TimeStampers, IdentityCases.People] }).VerifyAsync();
}
