using System.Text;
using Provenance.Verifier.Manifests.Assertions;
using Xunit;

namespace Provenance.Tests.Manifests.Assertions;

public sealed class EmbeddedFileAssertionTests
{
    private static readonly byte[] s_jpeg = [0xFF, 0xD8, 0xFF, 0xE0];

    [Theory]
    [InlineData("c2pa.thumbnail.claim", nameof(EmbeddedRole.ClaimThumbnail))]
    [InlineData("c2pa.thumbnail.claim.jpeg", nameof(EmbeddedRole.ClaimThumbnail))]
    [InlineData("c2pa.thumbnail.ingredient", nameof(EmbeddedRole.IngredientThumbnail))]
    [InlineData("c2pa.thumbnail.ingredient_1.jpeg", nameof(EmbeddedRole.IngredientThumbnail))]
    [InlineData("c2pa.thumbnail.ingredient__1.jpeg", nameof(EmbeddedRole.IngredientThumbnail))]
    [InlineData("c2pa.icon__2", nameof(EmbeddedRole.Icon))]
    [InlineData("c2pa.embedded-data", nameof(EmbeddedRole.Data))]
    public void Its_label_says_what_a_file_is_for(string label, string role)
    {
        var file = Assert.IsType<EmbeddedFileAssertion>(Made.Read(Made.File(label, "image/jpeg", s_jpeg)));
        Assert.Equal(role, file.Role.ToString());
        Assert.Equal(s_jpeg, file.Data.ToArray());
        Assert.True(file.IsAsStated);
        Assert.Empty(file.Notes);
    }

    [Fact]
    public void A_file_of_another_type_than_stated_is_noted()
    {
        var file = Assert.IsType<EmbeddedFileAssertion>(Made.Read(Made.File("c2pa.icon", "image/png", Encoding.ASCII.GetBytes("<svg xmlns=''/>"))));
        Assert.Equal("image/svg+xml", file.DetectedMediaType);
        Assert.False(file.IsAsStated);
        Assert.Equal("the file is said to be 'image/png', its first bytes are those of 'image/svg+xml'", Assert.Single(file.Notes));
    }

    [Fact]
    public void Of_a_file_that_shows_no_type_nothing_is_said()
    {
        var file = Assert.IsType<EmbeddedFileAssertion>(Made.Read(Made.File("c2pa.embedded-data", "text/plain", [1, 2, 3])));
        Assert.Null(file.DetectedMediaType);
        Assert.Null(file.IsAsStated);
        Assert.Empty(file.Notes);
    }

    [Theory]
    [InlineData("FFD8FF", "image/jpeg")]
    [InlineData("FFD8", null)]
    [InlineData("89504E470D0A1A0A", "image/png")]
    [InlineData("89504E470D0A1A", null)]
    [InlineData("474946383961", "image/gif")]
    [InlineData("524946460000000057454250", "image/webp")]
    [InlineData("5249464600000000574542", null)]
    [InlineData("524946460000000057415645", "audio/wav")]
    [InlineData("49492A00", "image/tiff")]
    [InlineData("4D4D002A", "image/tiff")]
    [InlineData("255044462D", "application/pdf")]
    [InlineData("FF0A", "image/jxl")]
    [InlineData("0000002066747970617669660000", "image/avif")]
    [InlineData("00000020667479706D6966310000", "image/heif")]
    [InlineData("0000002066747970786969780000", null)]
    [InlineData("EFBBBF203C3F786D6C3F3E3C7376673E", "image/svg+xml")]
    [InlineData("3C68746D6C3E", null)]
    [InlineData("", null)]
    public void The_first_bytes_show_the_type(string hex, string? mediaType) =>
        Assert.Equal(mediaType, MediaSignature.Find(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("image/jpg", "image/jpeg", true)]
    [InlineData("IMAGE/JPEG; q=1", "image/jpeg", true)]
    [InlineData("image/png", "image/jpeg", false)]
    public void One_type_has_several_spellings(string stated, string detected, bool same) =>
        Assert.Equal(same, MediaSignature.AreSame(stated, detected));
}
