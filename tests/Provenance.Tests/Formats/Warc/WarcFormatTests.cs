using System.Text;
using Provenance.TestKit;
using Provenance.Tests.Rules;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Labels;
using Xunit;
using static Provenance.Tests.Formats.Sample;

namespace Provenance.Tests.Formats.Warc;

public sealed class WarcFormatTests
{
    [Fact]
    public async Task The_store_is_the_block_of_a_record_of_its_own()
    {
        byte[] file = TestWarc.Small().Embed(Store()).Bytes;
        Assert.Equal(Store(), Cut(file, Assert.Single((await MapAsync(file)).Stores).Payload));
        Assert.Equal(2, (await MapAsync([.. file, .. TestWarc.Record("urn:a", "c2pa-provenance", "application/c2pa", Store())])).Stores.Count);
        Assert.Empty((await MapAsync(TestWarc.Record("urn:a", "c2pa-provenance", "application/octet-stream", Store()))).Stores);
        Assert.Empty((await MapAsync(TestWarc.Record("urn:a", "resource", "application/c2pa", Store()))).Stores);
        Assert.NotNull((await MapAsync(TestWarc.Record("urn:a", "c2pa-provenance", "application/c2pa", Store(), "WARC-Target-URI: http://example.org/\r\n"))).StoreFault);
    }

    [Theory]
    [InlineData("WARC/1.0\r\nContent-Length: 1\r\n\r\na\r\n\r\n", true)]
    [InlineData("WARC/1.1\r\ncontent-length:1\r\nWARC-Type: resource\r\n goes on\r\n\r\na\r\n\r\n", true)]
    [InlineData("WARC/1.1\r\nContent-Length: 1\r\nX: 1\r\nX: 2\r\n\r\na\r\n\r\n", true)]
    [InlineData("WARC/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na\r\n\r\n", false)]
    [InlineData("WARC/1.1\r\nContent-Length: 1\r\nWARC-Type: a\r\nwarc-type: a\r\n\r\na\r\n\r\n", false)]
    [InlineData("WARC/1.1\r\nContent-Length: 2\r\n\r\na\r\n\r\n", false)]
    [InlineData("WARC/1.1\r\nContent-Length: 0\r\n\r\na\r\n\r\n", false)]
    [InlineData("WARC/1.1\r\nContent-Length: 9223372036854775807\r\n\r\na\r\n\r\n", false)]
    [InlineData("WARC/1.1\r\nContent-Length: -1\r\n\r\na\r\n\r\n", false)]
    [InlineData("WARC/1.1\r\nContent-Length: +1\r\n\r\na\r\n\r\n", false)]
    [InlineData("WARC/1.1\r\nX: 1\r\n\r\na\r\n\r\n", false)]
    [InlineData("WARC/1.1\r\nContent-Length: 1\r\nno colon\r\n\r\na\r\n\r\n", false)]
    [InlineData("WARC/1.1\r\nContent-Length: 1\r\n\r\na\r\n", false)]
    [InlineData("WARC/1.1\r\nContent-Length: 1\r\n\r\na\n\n", false)]
    [InlineData("WARC/1.1\nContent-Length: 1\n\na\r\n\r\n", false)]
    public async Task A_record_is_read_by_the_rules_of_its_standard(string record, bool isSound) =>
        Assert.Equal(isSound ? 0 : 1, (await MapAsync(Encoding.UTF8.GetBytes(record))).Notes.Count);

    [Fact]
    public async Task A_file_is_records_and_nothing_else()
    {
        byte[] file = TestWarc.Small().Bytes;
        Assert.Empty((await MapAsync(file)).Notes);
        Assert.Single((await MapAsync([.. file, 0])).Notes);
        Assert.Single((await MapAsync([.. file, .. file[1..]])).Notes);
    }

    [Fact]
    public async Task An_archive_has_as_many_records_as_the_limit_and_no_more()
    {
        byte[] file = TestWarc.Small().Bytes;
        await MapAsync(file, Limits.Default with { ContainerParts = 3 });
        await Assert.ThrowsAsync<LimitExceededException>(() => MapAsync(file, Limits.Default with { ContainerParts = 2 }));
    }

    [Theory]
    [InlineData("appended")]
    [InlineData("in front")]
    [InlineData("twice")]
    [InlineData("dropped")]
    [InlineData("renamed")]
    [InlineData("header")]
    public async Task Records_and_entries_are_the_same_one_for_one(string change)
    {
        var asset = World.Sound("archive").Embed(TestWarc.Small());
        byte[] file = asset.Bytes;
        int second = (int)asset.Carrier.Edges(file)[0], third = (int)asset.Carrier.Edges(file)[1];
        byte[] other = TestWarc.Record("urn:uuid:00000000-0000-4000-8000-00000000000a", "resource", "text/plain", "added"u8.ToArray());
        byte[] changed = change switch
        {
            "appended" => [.. file, .. other],
            "in front" => [.. other, .. file],
            "twice" => [.. file[..third], .. file[second..]],
            "dropped" => [.. file[..second], .. file[third..]],
            "renamed" => file.FlipBit(file.AsSpan().IndexOf("-000000000002>"u8) + 12),
            _ => file.FlipBit(file.AsSpan(second).IndexOf("http://example"u8) + second),
        };
        Assert.Equal(ValidationState.Trusted, (await new CaseFile(file).VerifyAsync()).State);
        var report = await new CaseFile(changed).VerifyAsync();
        Assert.Contains(report.Findings, finding => finding.Code.Text == "assertion.collectionHash.mismatch");
        Assert.Equal(ValidationState.Invalid, report.State);
    }

    [Fact]
    public async Task The_order_of_records_may_change()
    {
        // §14.12.5.3 binds a set of records.
        var asset = World.Sound("archive").Embed(TestWarc.Small());
        int second = (int)asset.Carrier.Edges(asset.Bytes)[0], third = (int)asset.Carrier.Edges(asset.Bytes)[1];
        byte[] swapped = [.. asset.Bytes[second..third], .. asset.Bytes[..second], .. asset.Bytes[third..]];
        Assert.Equal(ValidationState.Trusted, (await new CaseFile(swapped).VerifyAsync()).State);
    }
}
