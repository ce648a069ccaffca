using System.Text;
using Provenance.Server.Fingerprints;
using Provenance.Server.Resolution;
using Provenance.Server.Settings;
using Provenance.Server.Tests.Fingerprints;
using Xunit;

namespace Provenance.Server.Tests.Resolution;

public sealed class KnownAlgorithmsTests
{
    private static readonly KnownAlgorithms Known = new(new ResolutionSettings { FurtherWatermarks = ["org.example.mark"] });
    private static readonly PdqHash Hash = Hashes.Any(new Random(1));

    [Fact]
    public void A_hash_has_one_form_however_it_was_written()
    {
        Assert.Equal(Hash.ToBytes(), OfText(Hash.ToString()));
        Assert.Equal(Hash.ToBytes(), OfText(Hash.ToBase64()));
        Assert.Equal(Hash.ToBytes(), OfBytes(Hash.ToBytes()));
        Assert.Null(OfText(Hash.ToString().ToUpperInvariant()));
        Assert.Null(OfBytes(Encoding.UTF8.GetBytes(Hash.ToString())));
        Assert.Null(OfBytes(Hash.ToBytes()[1..]));

        static byte[]? OfText(string text) => Known.InOneForm(SoftBindingAlgorithm.Pdq, Encoding.UTF8.GetBytes(text), isText: true)?.ToArray();
    }

    [Theory]
    [InlineData(31, false)]
    [InlineData(32, true)]
    [InlineData(224, true)]
    [InlineData(225, false)]
    public void The_hash_of_a_blank_picture_is_none(int ones, bool expected) => Assert.Equal(expected, OfBytes(default(PdqHash).Turned(new Random(1), ones).ToBytes()) is not null);

    [Fact]
    public void Other_values_stay_as_they_are_and_unknown_algorithms_have_none()
    {
        Assert.Equal([1, 2], Known.InOneForm("com.adobe.trustmark.P", new byte[] { 1, 2 }, isText: false)?.ToArray());
        Assert.Equal([1, 2], Known.InOneForm("org.example.mark", new byte[] { 1, 2 }, isText: true)?.ToArray());
        Assert.Null(Known.InOneForm("org.example.other", new byte[] { 1, 2 }, isText: false));
    }

    [Theory]
    [InlineData("com.adobe.trustmark.P", true)]
    [InlineData("org.example.mark", true)]
    [InlineData("io.iscc.v0", false)]
    [InlineData(SoftBindingAlgorithm.Pdq, false)]
    [InlineData("org.example.other", false)]
    public void Watermarks_are_those_of_the_list_and_of_the_settings(string name, bool expected) => Assert.Equal(expected, Known.IsWatermark(name));

    [Fact]
    public void The_list_has_its_29_watermarks_and_3_fingerprints_and_ours()
    {
        Assert.Equal((29, 4), (SoftBindingAlgorithm.Usual.Count(algorithm => algorithm.Kind == SoftBindingKind.Watermark), SoftBindingAlgorithm.Usual.Count(algorithm => algorithm.Kind == SoftBindingKind.Fingerprint)));
        Assert.Equal(33, SoftBindingAlgorithm.Usual.Select(algorithm => algorithm.Name).Distinct().Count());
    }

    [Fact]
    public void An_identifier_in_the_settings_has_1_to_100_visible_characters()
    {
        foreach (var (name, isFine) in new[] { ("a", true), (new string('a', 100), true), (new string('a', 101), false), ("", false), ("a b", false), ("ä", false) })
            Assert.Equal(isFine, !new ResolutionSettings { FurtherFingerprints = [name] }.Complaints().Any());
    }

    [Fact]
    public void An_index_takes_its_own_changes_and_every_withdrawal()
    {
        var entries = new PdqEntries();
        entries.Apply([new(1, SoftBindingAlgorithm.Pdq, Hash.ToBytes()), new(2, "io.iscc.v0", Hash.ToBytes()), new(3, SoftBindingAlgorithm.Pdq, [1]), new(4, SoftBindingAlgorithm.Pdq, new byte[32])], 4);
        Assert.Equal([1], entries.Index.All().Select(entry => entry.EntryId));
        Assert.Equal(0, entries.LastWithdrawal);
        entries.Apply([new(1, null, null), new(2, null, null)], 6);
        Assert.Equal((0, 6L, 6L), (entries.Index.Count, entries.LastSequence, entries.LastWithdrawal));
    }

    private static byte[]? OfBytes(byte[] bytes) => Known.InOneForm(SoftBindingAlgorithm.Pdq, bytes, isText: false)?.ToArray();
}
