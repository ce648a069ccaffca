using System.Globalization;
using Provenance.Verifier.Checks;
using Xunit;

namespace Provenance.Tests.Checks;

public sealed class DateTextTests
{
    [Theory]
    [InlineData("2026-03-14T09:26:53Z", "2026-03-14T09:26:53Z")]
    [InlineData("2026-03-14t09:26:53z", "2026-03-14T09:26:53Z")]
    [InlineData("2026-03-14T10:26:53+01:00", "2026-03-14T09:26:53Z")]
    [InlineData("2026-03-14T09:26:53.1234567Z", "2026-03-14T09:26:53.1234567Z")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z")]
    public void A_date_with_a_zone_is_a_point_in_time(string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), DateText.Parse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-03-14")]
    [InlineData("2026-03-14T09:26:53")]
    [InlineData("2026-03-14 09:26:53Z")]
    [InlineData("2025-02-29T00:00:00Z")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-03-14T24:00:01Z")]
    [InlineData("14.03.2026 09:26:53 +01:00")]
    [InlineData("Sat, 14 Mar 2026 09:26:53 GMT")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    public void Anything_else_is_no_date_to_us(string? text) => Assert.Null(DateText.Parse(text));
}
