using Provenance.Verifier;
using Provenance.Verifier.Labels;
using Xunit;

namespace Provenance.Tests.Labels;

public sealed class LabelSentenceTests
{
    private static readonly VerifiedSigner Signer = new("Pixel Camera", "Google LLC", "list", null);
    private static readonly DateTimeOffset LateAbroad = new(2026, 11, 21, 23, 30, 0, TimeSpan.FromHours(-5));

    [Fact]
    public void What_was_proven_fills_the_sentence_in_UTC() =>
        Assert.Equal("Unchanged since Pixel Camera (Google LLC) signed it on 22 Nov 2026.", LabelSentence.Fill("Unchanged since {issuer} signed it{date}.", Signer, LateAbroad));

    [Fact]
    public void Without_a_proven_time_no_date_is_told() =>
        Assert.Equal("Unchanged since it was signed. No trust list vouches for the issuer.", LabelSentence.Fill("Unchanged since it was signed{date}. No trust list vouches for the issuer.", null, null));

    [Fact]
    public void Every_sentence_of_the_table_is_filled()
    {
        foreach (var presence in Enum.GetValues<CredentialPresence>())
        {
            foreach (var integrity in Enum.GetValues<IntegrityFact>())
            {
                foreach (var signer in Enum.GetValues<SignerFact>())
                {
                    var row = LabelTable.For(new LabelFacts(presence, integrity, signer, ValidityFact.InForce, RevocationFact.NotRevoked, SourcesFact.Sound));
                    Assert.DoesNotContain("{", LabelSentence.Fill(row.Sentence, Signer, LateAbroad), StringComparison.Ordinal);
                }
            }
        }
    }

    [Theory]
    [InlineData("Adobe Inc.", "Adobe Inc.", "Adobe Inc.")]
    [InlineData("cai-prod", "Adobe Inc.", "cai-prod (Adobe Inc.)")]
    [InlineData("Example News Signing", "example news", "Example News Signing")]
    [InlineData("Name\nverified", null, "Name verified")]
    public void A_signer_is_named_with_its_organisation_where_that_says_more(string name, string? organization, string shown) =>
        Assert.Equal(shown, new VerifiedSigner(name, organization, "list", null).DisplayName);
}
