using System.IO.Compression;
using System.Net;
using Xunit;

namespace Provenance.Server.Tests.Page;

/// <summary>Files that were packed when the page was built are sent so to those who can unpack them.</summary>
public sealed class PackedFormsTests(RunningServer server)
{
    [Theory]
    [InlineData("br")]
    [InlineData("gzip, deflate, br, zstd")]
    [InlineData("BR")]
    [InlineData("gzip;q=1.0, br;q=0.001")]
    public async Task Brotli_goes_to_who_accepts_it(string accepted)
    {
        using var answer = await server.GetAsync(StandInPage.Script, ("Accept-Encoding", accepted));
        Assert.Equal(["br"], answer.Content.Headers.ContentEncoding);
        Assert.Equal("text/javascript; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        await using var plain = new BrotliStream(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), CompressionMode.Decompress);
        Assert.Equal(server.Page.Read(StandInPage.Script), await ReadAsync(plain));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br;q=0, gzip")]
    public async Task Gzip_goes_to_who_accepts_only_that(string accepted)
    {
        using var answer = await server.GetAsync(StandInPage.Script, ("Accept-Encoding", accepted));
        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        await using var plain = new GZipStream(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), CompressionMode.Decompress);
        Assert.Equal(server.Page.Read(StandInPage.Script), await ReadAsync(plain));
    }

    [Theory]
    [InlineData(StandInPage.Script, null)]
    [InlineData(StandInPage.Script, "identity")]
    [InlineData(StandInPage.Script, "br;q=0, gzip;q=0")]
    [InlineData(StandInPage.Script, "deflate, zstd")]
    [InlineData(StandInPage.Script, "brotli,,;;q=x")]
    [InlineData(StandInPage.Engine, "gzip")]
    public async Task The_file_itself_goes_to_everybody_else(string address, string? accepted)
    {
        using var answer = await server.GetAsync(address, accepted is null ? [] : [("Accept-Encoding", accepted)]);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.Equal(server.Page.Read(address), await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["Accept-Encoding"], answer.Headers.Vary);
    }

    [Fact]
    public async Task A_file_without_packed_copies_is_the_same_for_everybody()
    {
        using var answer = await server.GetAsync("/words.json", ("Accept-Encoding", "br, gzip"));
        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.Empty(answer.Headers.Vary);
    }

    [Fact]
    public async Task Each_form_has_its_own_tag()
    {
        var tags = new List<string>();
        foreach (string accepted in (string[])["br", "gzip", "identity"])
        {
            using var answer = await server.GetAsync(StandInPage.Script, ("Accept-Encoding", accepted));
            tags.Add(answer.Headers.ETag!.ToString());
            using var again = await server.GetAsync(StandInPage.Script, ("Accept-Encoding", accepted), ("If-None-Match", tags[^1]));
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Equal(["Accept-Encoding"], again.Headers.Vary);
        }
        Assert.Equal(3, tags.Distinct().Count());
        using var other = await server.GetAsync(StandInPage.Script, ("Accept-Encoding", "br"), ("If-None-Match", tags[2]));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task A_range_is_a_range_of_the_file_itself()
    {
        using var answer = await server.GetAsync(StandInPage.Script, ("Accept-Encoding", "br"), ("Range", "bytes=0-10"));
        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.Equal("console.log", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(StandInPage.Script + ".br")]
    [InlineData(StandInPage.Script + ".gz")]
    public async Task A_packed_copy_has_no_address_of_its_own(string address)
    {
        using var answer = await server.GetAsync(address);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        return bytes.ToArray();
    }
}
