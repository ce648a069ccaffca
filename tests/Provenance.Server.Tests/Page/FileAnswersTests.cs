using System.Net;
using System.Net.Http.Headers;
using Xunit;

namespace Provenance.Server.Tests.Page;

/// <summary>What is sent for a file: its bytes and type, how long it may be kept, tags and ranges.</summary>
public sealed class FileAnswersTests(RunningServer server)
{
    private const string Index = "/index.html";

    [Theory]
    [InlineData("/", Index, "text/html; charset=utf-8")]
    [InlineData(Index, Index, "text/html; charset=utf-8")]
    [InlineData(StandInPage.Script, StandInPage.Script, "text/javascript; charset=utf-8")]
    [InlineData(StandInPage.Engine, StandInPage.Engine, "application/wasm")]
    [InlineData("/browser/System.Private.CoreLib.dll", "/browser/System.Private.CoreLib.dll", "application/octet-stream")]
    [InlineData("/browser/lists.bin", "/browser/lists.bin", "application/octet-stream")]
    [InlineData("/words.json", "/words.json", "application/json")]
    [InlineData("/alone.gz", "/alone.gz", "application/octet-stream")]
    [InlineData("/words.json?v=1", "/words.json", "application/json")]
    public async Task A_file_is_sent_as_it_lies_in_the_folder_with_its_type(string address, string file, string type)
    {
        using var answer = await server.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType!.ToString());
        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.Equal(server.Page.Read(file), await BytesOf(answer));
    }

    [Theory]
    [InlineData("/")]
    [InlineData(StandInPage.Script)]
    [InlineData("/nothing")]
    public async Task HEAD_has_the_headers_of_GET_and_no_body(string address)
    {
        using var get = await server.GetAsync(address);
        using var head = await server.AskAsync(HttpMethod.Head, address);
        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Equal(Lines(get), Lines(head));
        Assert.Empty(await BytesOf(head));

        static string[] Lines(HttpResponseMessage answer) =>
            [.. answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Date" or "X-Request-ID")).Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order(StringComparer.Ordinal)];
    }

    [Theory]
    [InlineData(StandInPage.Script, "public, max-age=31536000, immutable")]
    [InlineData("/", "no-cache")]
    [InlineData("/assets/box-manifest.js", "no-cache")]
    [InlineData(StandInPage.Engine, "no-cache")]
    [InlineData("/nothing", "no-store")]
    public async Task Only_names_made_of_a_digest_are_kept_without_asking(string address, string expected)
    {
        using var answer = await server.GetAsync(address);
        Assert.Equal(CacheControlHeaderValue.Parse(expected), answer.Headers.CacheControl);
    }

    [Fact]
    public async Task A_tag_that_still_holds_is_answered_without_the_file()
    {
        string tag = await TagOf(Index);
        using var same = await server.GetAsync(Index, ("If-None-Match", tag));
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Empty(await BytesOf(same));
        Assert.Equal(tag, same.Headers.ETag!.ToString());
        Assert.Equal("no-cache", same.Headers.CacheControl!.ToString());

        using var weak = await server.GetAsync(Index, ("If-None-Match", $"\"other\", W/{tag}"));
        Assert.Equal(HttpStatusCode.NotModified, weak.StatusCode);

        using var other = await server.GetAsync(Index, ("If-None-Match", await TagOf("/words.json")));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(server.Page.Read(Index), await BytesOf(other));
    }

    [Fact]
    public async Task A_file_that_must_be_another_one_is_not_sent()
    {
        using var same = await server.GetAsync(Index, ("If-Match", await TagOf(Index)));
        Assert.Equal(HttpStatusCode.OK, same.StatusCode);
        using var other = await server.GetAsync(Index, ("If-Match", "\"other\""));
        Assert.Equal(HttpStatusCode.PreconditionFailed, other.StatusCode);
        Assert.Empty(await BytesOf(other));
    }

    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=2-5", 2, 4)]
    [InlineData("bytes=10-", 10, null)]
    [InlineData("bytes=-3", -3, 3)]
    [InlineData("bytes=0-999999", 0, null)]
    public async Task A_range_is_sent_alone(string range, int start, int? count)
    {
        var file = server.Page.Read(Index);
        int from = start < 0 ? file.Length + start : start;
        int length = count ?? file.Length - from;
        using var answer = await server.GetAsync(Index, ("Range", range));
        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal($"bytes {from}-{from + length - 1}/{file.Length}", answer.Content.Headers.ContentRange!.ToString());
        Assert.Equal(file[from..(from + length)], await BytesOf(answer));
    }

    [Fact]
    public async Task A_range_begins_at_the_last_byte_at_the_latest()
    {
        var file = server.Page.Read(Index);
        using var last = await server.GetAsync(Index, ("Range", $"bytes={file.Length - 1}-"));
        Assert.Equal(HttpStatusCode.PartialContent, last.StatusCode);
        Assert.Equal(file[^1..], await BytesOf(last));
        using var beyond = await server.GetAsync(Index, ("Range", $"bytes={file.Length}-"));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
        Assert.Equal($"bytes */{file.Length}", beyond.Content.Headers.ContentRange!.ToString());
        Assert.Empty(await BytesOf(beyond));
    }

    [Fact]
    public async Task Ranges_are_offered()
    {
        using var answer = await server.GetAsync(Index);
        Assert.Equal(["bytes"], answer.Headers.AcceptRanges);
    }

    [Theory]
    [InlineData("bytes=0-1,4-5")]
    [InlineData("bytes=5-2")]
    [InlineData("bytes=a-b")]
    [InlineData("lines=0-1")]
    [InlineData("bytes=0-99999999999999999999")]
    public async Task What_is_no_single_range_of_bytes_gets_the_whole_file(string range)
    {
        using var answer = await server.GetAsync(Index, ("Range", range));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(server.Page.Read(Index), await BytesOf(answer));
    }

    [Fact]
    public async Task A_range_of_another_state_of_the_file_gets_the_whole_file()
    {
        using var same = await server.GetAsync(Index, ("Range", "bytes=0-1"), ("If-Range", await TagOf(Index)));
        Assert.Equal(HttpStatusCode.PartialContent, same.StatusCode);
        using var other = await server.GetAsync(Index, ("Range", "bytes=0-1"), ("If-Range", "\"other\""));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    private async Task<string> TagOf(string address)
    {
        using var answer = await server.GetAsync(address);
        return answer.Headers.ETag!.ToString();
    }

    private static Task<byte[]> BytesOf(HttpResponseMessage answer) => answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
}
