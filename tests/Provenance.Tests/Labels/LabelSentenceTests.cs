using Provenance.Verifier;
using Provenance.Verifier.Labels;
using Xunit;

namespace Provenance.Tests.Labels;

public sealed class LabelSentenceTests
{
    private static readonly VerifiedSigner Signer = new("Pixel Camera", "Google LLC", "list", null);
    private static readonly DateTimeOffset LateAbroad = new(2026, 11, 21, 23, 30, 0, TimeSpan.FromHours(-5));

    [Fact]
    public void What_was_proven_fills_the_sentence_in_UTC()
    {
        Assert.Equal("Unchanged since Pixel Camera (Google LLC) signed it on 22 Nov 2026.", LabelSentence.Fill(Words.English, "label.intact-known", Signer, LateAbroad));
        Assert.Equal("2026년 11월 22일 서명 이후 변경되지 않음 · 발급: Pixel Camera (Google LLC).", LabelSentence.Fill(Words.Korean, "label.intact-known", Signer, LateAbroad));
    }

    [Fact]
    public void Without_a_proven_time_no_date_is_told() =>
        Assert.Equal("Unchanged since it was signed. No trust list vouches for the issuer.", LabelSentence.Fill(Words.English, "label.intact-unknown-issuer", null, null));

    [Fact]
    public void A_sentence_that_tells_no_date_is_the_same_with_a_proven_time() =>
        Assert.Equal(Words.English.Say("label.broken"), LabelSentence.Fill(Words.English, "label.broken", null, LateAbroad));

    [Theory]
    [InlineData("Adobe Inc.", "Adobe Inc.", "Adobe Inc.")]
    [InlineData("cai-prod", "Adobe Inc.", "cai-prod (Adobe Inc.)")]
    [InlineData("Example News Signing", "example news", "Example News Signing")]
    [InlineData("Name\nverified", null, "Name verified")]
    public void A_signer_is_named_with_its_organisation_where_that_says_more(string name, string? organization, string shown) =>
        Assert.Equal(shown, new VerifiedSigner(name, organization, "list", null).DisplayName);
}
