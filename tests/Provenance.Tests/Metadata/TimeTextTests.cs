using Provenance.Verifier.Reports;
using Xunit;

namespace Provenance.Tests.Metadata;

public sealed class TimeTextTests
{
    [Theory]
    [InlineData("2024:05:01 10:20:30", "2024-05-01T10:20:30", null)]
    [InlineData("2024:05:01 10:20:30+09:00", "2024-05-01T10:20:30", 540)]
    [InlineData("2024-05-01T10:20:30Z", "2024-05-01T10:20:30", 0)]
    [InlineData("2024-05-01T10:20:30.123456-03:30", "2024-05-01T10:20:30", -210)]
    [InlineData("2022-10-25T11:27:32,78-05:00", "2022-10-25T11:27:32", -300)]
    [InlineData("2024-05-01T10:20:30+0900", "2024-05-01T10:20:30", 540)]
    [InlineData("2024-05-01T10:20", "2024-05-01T10:20:00", null)]
    [InlineData("2024-05-01", "2024-05-01T00:00:00", null)]
    [InlineData(" 2024:05:01 10:20:30\0", "2024-05-01T10:20:30", null)]
    [InlineData("2024-02-29", "2024-02-29T00:00:00", null)]
    [InlineData("2024-05-01T23:59:59+14:00", "2024-05-01T23:59:59", 840)]
    public void A_time_is_read(string text, string local, int? minutes)
    {
        var time = MetadataTimeText.Parse(text)!;

        Assert.Equal(local, time.Local.ToString("s", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(minutes, (int?)time.Offset?.TotalMinutes);
        Assert.Equal(minutes is null, time.Exact is null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2024")]
    [InlineData("2024-05")]
    [InlineData("2023-02-29")]
    [InlineData("2024-13-01")]
    [InlineData("2024-00-01")]
    [InlineData("0000-01-01")]
    [InlineData("2024-05-01T24:00:00")]
    [InlineData("2024-05-01T10:60")]
    [InlineData("2024-05-01T10:20:60")]
    [InlineData("2024-05-01T10:20:30.")]
    [InlineData("2024-05-01T10:20:30+14:01")]
    [InlineData("2024-05-01T10:20:30+09:60")]
    [InlineData("2024-05-01T10:20:30+9")]
    [InlineData("2024-05-01T10:20:30 PM")]
    [InlineData("+024-05-01")]
    [InlineData("２０２４-05-01")]
    public void Anything_else_is_none(string text) => Assert.Null(MetadataTimeText.Parse(text));

    [Theory]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    public void The_ends_of_time_do_no_harm(string text) => Assert.True(MetadataTimeText.Parse(text) is null or { Exact: not null });
}
