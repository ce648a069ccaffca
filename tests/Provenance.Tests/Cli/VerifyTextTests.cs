using Provenance.TestKit;
using Xunit;

namespace Provenance.Tests.Cli;

/// <summary>What people read.</summary>
public sealed class VerifyTextTests : IDisposable
{
    private static readonly string[] NeverSaid = ["verified", "authentic", " real", "genuine", " safe", "fake", "trusted image"];

    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_picture_with_a_history_is_told_from_label_to_codes()
    {
        _cli.Save("good.jpg", File.ReadAllBytes(Cli.Sample("good.jpg")));

        var command = await _cli.RunAsync(["verify", .. Cli.SampleLists, "good.jpg"]);

        Assert.Equal(
            """
            good.jpg
              Unchanged since Example Newsroom Signing signed it on 14 Mar 2026.
              Issuer       Example Newsroom Signing, known through anchors.pem, under O=Example Trust Services,CN=Example Root CA
              Signed       14 Mar 2026 09:26 UTC, by the time stamp of Example Time Stamping
              Made with    Provenance TestKit 1.0, by its own word
              AI use       nothing declared, which rules nothing out
              History, by the word of each signer, from the origin to now
              ├── EX1_0042.jpg — its credential holds, issued by Example Camera EX-1, 14 Mar 2026 07:58 UTC
              │   └── created: captured with a digital device, 14 Mar 2026 07:58 UTC
              └── this file
                  ├── opened to be edited (EX1_0042.jpg), 14 Mar 2026 09:20 UTC
                  ├── cropped, with Example Editor 4.2, 14 Mar 2026 09:21 UTC
                  └── colours adjusted, with Example Editor 4.2, 14 Mar 2026 09:22 UTC
              Covered      every byte of the file besides the credential itself
              Revocation   not checked: the file holds no answer about it, and the certificate names nobody to ask
              Codes        signingCredential.ocsp.skipped


            """.ReplaceLineEndings("\n"), command.Output);
        Assert.Equal(0, command.ExitCode);
        Assert.Empty(command.Error);
    }

    [Fact]
    public async Task Of_a_picture_that_was_changed_nothing_of_the_credential_is_repeated()
    {
        var command = await _cli.RunAsync(["verify", .. Cli.SampleLists, Cli.Sample("changed.jpg")]);

        Assert.Contains("A website may have re-saved it", command.Output, StringComparison.Ordinal);
        Assert.Contains("assertion.dataHash.mismatch", command.Output, StringComparison.Ordinal);
        foreach (string claimed in (string[])["Example Newsroom", "TestKit", "cropped", "EX1_0042", "14 Mar"])
            Assert.DoesNotContain(claimed, command.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_without_a_credential_is_neither_better_nor_worse()
    {
        var command = await _cli.RunAsync("verify", Cli.Sample("none.jpg"));

        Assert.Contains("No Content Credentials. Most files have none; it says nothing either way.", command.Output, StringComparison.Ordinal);
        Assert.Equal(4, command.ExitCode);
    }

    [Fact]
    public async Task AI_is_told_as_the_issuers_declaration_with_its_tool()
    {
        var known = await _cli.RunAsync(["verify", .. Cli.SampleLists, Cli.Sample("ai.jpg")]);
        var source = Signed("ai-source").Created(DigitalSource.ArtificialIntelligence).Embed(TestJpeg.Small());
        _cli.Save("placed.jpg", Signed("ai-placed").Created().Placed(source, "dream.png").Embed(TestJpeg.Small()).Bytes);
        var placed = await _cli.RunAsync("verify", "placed.jpg");

        Assert.Contains("Issuer declares: AI-generated (Example Dream 2.0).", known.Output, StringComparison.Ordinal);
        Assert.Contains("The issuer of one of its sources declares that AI was used (", placed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_claimed_time_and_a_proven_one_are_told_apart()
    {
        var unlisted = await _cli.RunAsync("verify", "--trust-anchors", Cli.Sample("anchors.pem"), Cli.Sample("ai.jpg"));

        Assert.Contains("Unchanged since Example Image Generator (Example AI Lab) signed it.", unlisted.Output, StringComparison.Ordinal);
        Assert.Contains("Signed       time not proven; the file says 14 Mar 2026 09:26 UTC", unlisted.Output, StringComparison.Ordinal);
        Assert.Contains("Time stamp   not accepted:", unlisted.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_lists_the_issuer_was_not_looked_up()
    {
        var command = await _cli.RunAsync("verify", "--no-trust", Cli.Sample("good.jpg"));

        Assert.Contains("Issuer not looked up.", command.Output, StringComparison.Ordinal);
        Assert.Contains("Issuer       the certificate names Example Newsroom Signing: not looked up", command.Output, StringComparison.Ordinal);
        Assert.Equal(0, command.ExitCode);
    }

    [Fact]
    public async Task What_no_hash_covers_is_told_in_words()
    {
        var picture = TestJpeg.Small().WithExif();
        var asset = Signed("cover").Created().BoundBy(HardBinding.Data("c2pa.hash.data", context => [context.Asset.Extent, ExifExtentIn(context.Asset)])).Embed(picture);
        _cli.Save("exif.jpg", asset.Bytes);

        var command = await _cli.RunAsync("verify", "exif.jpg");

        Assert.Contains("Not covered  the camera data (EXIF): may have been changed by anybody since", command.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_fails_is_said_in_a_second_line_and_on_that_source()
    {
        var source = Signed("bad-source").Created().Embed(TestJpeg.Small());
        _cli.Save("made.jpg", Signed("made").Created().From(Ingredient.Component(source with { Store = Flipped(source) }).Titled("b.jpg")).ActionOn("c2pa.placed", i => i.Relationship == "componentOf").Embed(TestJpeg.Small()).Bytes);

        var command = await _cli.RunAsync("verify", "made.jpg");

        Assert.Contains("Unchanged since it was signed.", command.Output, StringComparison.Ordinal);
        Assert.Contains("One of the sources it was made from does not match its own credential.", command.Output, StringComparison.Ordinal);
        Assert.Contains("contains: b.jpg — does not match its own credential", command.Output, StringComparison.Ordinal);
        Assert.Equal(1, command.ExitCode);
    }

    [Theory]
    [InlineData("empty.jpg", "", "the file is empty")]
    [InlineData("other.jpg", "\0\u0001\u0002 no picture at all", "no format this verifier knows")]
    public async Task What_cannot_be_read_is_told_with_place_and_rule(string name, string content, string rule)
    {
        _cli.Save(name, content);

        var command = await _cli.RunAsync("verify", name);

        Assert.Contains("Where        asset, at byte 0 (0x0)", command.Output, StringComparison.Ordinal);
        Assert.Contains(rule, command.Output, StringComparison.Ordinal);
        Assert.Equal(3, command.ExitCode);
    }

    [Fact]
    public async Task Several_files_end_in_a_summary()
    {
        var command = await _cli.RunAsync("verify", Cli.Sample("none.jpg"), Cli.Sample("changed.jpg"), Cli.Sample("none.jpg"));

        Assert.EndsWith("3 files: 1 broken, 2 none\n", command.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_sentence_vouches_for_what_a_picture_shows()
    {
        string[] samples = [.. ((string[])["good.jpg", "ai.jpg", "changed.jpg", "none.jpg", "anchors.pem"]).Select(Cli.Sample)];

        string said = (await _cli.RunAsync(["verify", .. samples])).Output + (await _cli.RunAsync(["verify", .. Cli.SampleLists, .. samples])).Output;

        Assert.All(NeverSaid, word => Assert.DoesNotContain(word, said, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_name_that_disagrees_with_the_bytes_is_mentioned()
    {
        _cli.Save("none.png", File.ReadAllBytes(Cli.Sample("none.jpg")));

        Assert.Contains("Mind the name: the name ends in .png, the bytes are JPEG.", (await _cli.RunAsync("verify", "none.png")).Output, StringComparison.Ordinal);
    }

    private static ManifestBuilder Signed(string seed) => new ManifestBuilder("cli/" + seed)
        .SignedBy(TestAuthority.Root("Cli Root").Intermediate("Cli CA").Issue("Cli Signer"));

    /// <summary>The store with one byte of its first assertion changed.</summary>
    private static byte[] Flipped(SignedAsset asset)
    {
        byte[] store = [.. asset.Store];
        int at = store.AsSpan().IndexOf("digitalsourcetype"u8);
        store[at] ^= 1;
        return store;
    }

    private static Extent ExifExtentIn(Embedding asset)
    {
        int at = asset.Bytes.AsSpan().IndexOf("Exif\0\0"u8) - 4;
        return new Extent(at, 2 + (asset.Bytes[at + 2] << 8) + asset.Bytes[at + 3]);
    }
}
