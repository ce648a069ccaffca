using System.Globalization;
using Provenance.TestKit;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;
using Provenance.Verifier.Trust;
using Xunit;

namespace Provenance.Tests.Hostile;

/// <summary>A report follows from the bytes and the policy alone (attacks.md R6), and what says nothing changes nothing.</summary>
public sealed class DeterminismTests
{
    public static TheoryData<string> Subjects => [.. Subject.All.Select(subject => subject.Name)];

    [Theory]
    [MemberData(nameof(Subjects))]
    public async Task The_same_bytes_give_the_same_reports_again_and_on_several_threads(string name)
    {
        var subject = Subject.Named(name);
        string expected = await AllReportsAsync(subject);
        for (int again = 0; again < 3; again++)
            Assert.Equal(expected, await AllReportsAsync(subject));
        foreach (string actual in await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => AllReportsAsync(subject)))))
            Assert.Equal(expected, actual);
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public async Task A_culture_changes_nothing(string name)
    {
        var subject = Subject.Named(name);
        string expected = await AllReportsAsync(subject);
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = "‚";
        culture.NumberFormat.NumberGroupSeparator = "'";
        culture.NumberFormat.NegativeSign = "~";
        culture.DateTimeFormat.DateSeparator = "|";
        culture.DateTimeFormat.TimeSeparator = ";";
        culture.DateTimeFormat.ShortDatePattern = "yyyy|dd|MM";
        var usual = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = culture;
            Assert.Equal(expected, await AllReportsAsync(subject));
        }
        finally
        {
            CultureInfo.CurrentCulture = usual;
        }
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public async Task The_order_of_lists_and_anchors_changes_no_verdict(string name)
    {
        var subject = Subject.Named(name);
        var expected = Verdict(await subject.VerifyAsync(subject.Bytes));
        string[] anchors = [Subject.AnchorPem, .. Enumerable.Range(0, 5).Select(i => TestAuthority.Root($"Nobody {i}").AnchorPem), TestAuthority.Root("Hostile Root", TestKey.P384("a namesake")).AnchorPem];
        for (int seed = 0; seed < 5; seed++)
        {
            var random = new Random(seed);
            string Shuffled() => string.Concat(anchors.OrderBy(_ => random.Next()));
            TrustList[] lists =
            [
                TrustList.FromPem("a", TrustPurpose.Signer, Shuffled()),
                TrustList.FromPem("b", TrustPurpose.TimeStamp, Shuffled()),
                TrustList.FromPem("c", TrustPurpose.Signer, anchors[1]),
                TrustList.FromPem("d", TrustPurpose.TimeStamp, anchors[2]),
            ];
            random.Shuffle(lists);
            var policy = VerificationPolicy.WithTrust(Subject.Trusting.Time, lists);

            Assert.Equal(expected, Verdict(await Verifier.Verifier.VerifyAsync(AssetSource.FromMemory(subject.Bytes), subject.Companions, policy)));
        }
    }

    /// <summary>Attack H05: neither its faults nor what it claims to remove touch the manifests that count.</summary>
    [Theory]
    [InlineData("sound")]
    [InlineData("broken")]
    [InlineData("removing")]
    [InlineData("speaking of the active one")]
    public async Task A_manifest_that_nothing_refers_to_changes_no_verdict(string kind)
    {
        ManifestBuilder Made() => Subject.Manifest("made").Created().With(Assertion.Json("org.example.note", "{}")).TimeStampedBy(Subject.Stamper);
        var alone = Made().Embed(Bomb.Picture);
        var stranger = Subject.Manifest("stranger").Created();
        var other = (kind switch
        {
            "removing" => stranger.Redacts(alone.ActiveLabel, "org.example.note", RedactionManner.LeftInPlace),
            "speaking of the active one" => stranger.With(StandardAssertions.TimeStamp(alone, Subject.Stamper.At("2025-01-01T00:00:00Z")), StandardAssertions.CertificateStatus([1, 2, 3])),
            _ => stranger,
        }).Sidecar(Bomb.Picture);
        if (kind == "broken")
            other = other with { Store = other.Store.FlipBit(other.ClaimPart.Start + 3) };

        var expected = await Verifier.Verifier.VerifyAsync(AssetSource.FromMemory(alone.Bytes), Subject.Trusting);
        var actual = await Verifier.Verifier.VerifyAsync(AssetSource.FromMemory(Made().CarryingAlong(other).Embed(Bomb.Picture).Bytes), Subject.Trusting);

        Assert.Equal(ValidationState.Trusted, expected.State);
        Assert.Equal(Verdict(expected), Verdict(actual));
    }

    private static (Label, ValidationState?, string, VerifiedSigner?, DateTimeOffset?) Verdict(VerificationReport report) =>
        (report.Label, report.State, string.Join(' ', report.Findings.Select(finding => finding.Code.Text)), report.Signer is { } signer ? signer with { ListName = "" } : null, report.SignedAt);

    private static async Task<string> AllReportsAsync(Subject subject)
    {
        var report = await subject.VerifyAsync(subject.Bytes);
        using var text = new StringWriter();
        ReportJson.Write(text, report, "name.jpg");
        C2paToolJson.Write(text, report);
        CrJson.Write(text, report);
        return text.ToString();
    }
}
