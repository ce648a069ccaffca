using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Provenance.Server.Tests.Verification;

/// <summary>Forms, good and bad (attack J06).</summary>
public sealed class FormTests(VerifyingServer server)
{
    private const string Boundary = "b";

    private static readonly byte[] s_picture = SignedPictures.OfAbout(20_000);

    [Fact]
    public async Task A_store_beside_the_file_is_used_in_either_order()
    {
        byte[] bare = await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "tests", "samples", "none.jpg"), TestContext.Current.CancellationToken);
        foreach (bool isFirst in (bool[])[true, false])
        {
            using var form = new MultipartFormDataContent();
            var (store, file) = (new ByteArrayContent([1, 2, 3]), new ByteArrayContent(bare));
            form.Add(isFirst ? store : file, isFirst ? "manifest" : "file");
            form.Add(isFirst ? file : store, isFirst ? "file" : "manifest");
            var report = JObject.Parse(await OkAsync(form));
            Assert.Equal(("detached", "unreadable"), ((string?)report["origin"], (string?)report["label"]));
        }
    }

    [Fact]
    public async Task The_name_of_a_part_leads_nowhere()
    {
        string target = Path.Combine(Path.GetTempPath(), $"provenance-traversal-{Guid.NewGuid():N}.jpg");
        foreach (string name in (string[])[target, "../../../../../../../../" + target, "..\\..\\x.jpg", "/dev/full", "CON", new string('n', 4000) + ".jpg"])
        {
            string said = await OkAsync(Raw($"Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n", s_picture));
            Assert.Equal("intact-unknown-issuer", ((string?)JObject.Parse(said)["label"])![..21]);
            Assert.DoesNotContain("traversal", said, StringComparison.Ordinal);
        }
        Assert.False(File.Exists(target));
    }

    [Theory]
    [InlineData("two files", 400)]
    [InlineData("two stores", 400)]
    [InlineData("none", 400)]
    [InlineData("only a store", 400)]
    [InlineData("another part", 400)]
    [InlineData("ten thousand parts", 400)]
    [InlineData("a megabyte of head", 400)]
    [InlineData("many heads", 400)]
    [InlineData("a form in a part", 400)]
    [InlineData("no disposition", 400)]
    [InlineData("another disposition", 400)]
    [InlineData("no end", 400)]
    [InlineData("nothing at all", 400)]
    public async Task What_is_no_such_form_is_refused(string form, int status)
    {
        const string File = "Content-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n", Store = "Content-Disposition: form-data; name=\"manifest\"\r\n";
        using var content = form switch
        {
            "two files" => Form([(File, s_picture), (File, s_picture)]),
            "two stores" => Form([(Store, s_picture), (Store, s_picture), (File, s_picture)]),
            "none" => Form([]),
            "only a store" => Raw(Store, s_picture),
            "another part" => Raw("Content-Disposition: form-data; name=\"picture\"\r\n", s_picture),
            "ten thousand parts" => Form([(File, s_picture), .. Enumerable.Range(0, 10_000).Select(i => ($"Content-Disposition: form-data; name=\"p{i}\"\r\n", (byte[])[1]))]),
            "a megabyte of head" => Raw(File + $"X-Long: {new string('x', 1 << 20)}\r\n", s_picture),
            "many heads" => Raw(File + string.Concat(Enumerable.Range(0, 100).Select(i => $"X-{i}: 1\r\n")), s_picture),
            "a form in a part" => Raw(File + "Content-Type: multipart/mixed; boundary=c\r\n", "--c\r\n\r\na\r\n--c--\r\n"u8.ToArray()),
            "no disposition" => Raw("Content-Type: image/jpeg\r\n", s_picture),
            "another disposition" => Raw("Content-Disposition: attachment; name=\"file\"\r\n", s_picture),
            "no end" => Raw(Encoding.Latin1.GetBytes($"--{Boundary}\r\n{File}\r\nabc")),
            _ => Form([]),
        };
        using var answer = await server.Client.PostAsync("/api/v1/verify", content, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)answer.StatusCode);
        await IsProblemAsync(answer, "bad-request");
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=0123456789012345678901234567890123456789012345678901234567890123456789", 400, "The form")] // 70: read, and found not to be one
    [InlineData("multipart/form-data; boundary=01234567890123456789012345678901234567890123456789012345678901234567890", 400, "The boundary")]
    [InlineData("multipart/form-data", 400, "The boundary")]
    [InlineData("multipart/form-data; boundary=\"\"", 400, "The boundary")]
    [InlineData("multipart/mixed; boundary=b", 415, "Of bodies in parts")]
    [InlineData("multipart/form-data; boundary=b; boundary=c; =;", 415, "Of bodies in parts")]
    public async Task A_boundary_has_one_to_seventy_characters(string mediaType, int status, string detail)
    {
        using var content = new ByteArrayContent("abc"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        using var answer = await server.Client.PostAsync("/api/v1/verify", content, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.StartsWith(detail, (string?)JObject.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json")]
    [InlineData("text/html; charset=utf-7")]
    [InlineData(null)]
    public async Task What_a_body_says_that_it_is_changes_nothing(string? mediaType)
    {
        using var answer = await server.SendAsync(s_picture, mediaType: mediaType);
        Assert.Equal("image/jpeg", (string?)JObject.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))["mediaType"]);
    }

    [Theory]
    [InlineData("?format=xml", "format is one of: json, c2patool, crjson, html.")]
    [InlineData("?format=json&format=html", "The query has format twice.")]
    [InlineData("?lang=fr", "lang is one of: en, ko.")]
    [InlineData("?digest=yes", "digest is one of: true, false.")]
    [InlineData("?fromat=html", "The query may have format, lang, digest, and nothing else.")]
    public async Task A_slip_in_the_query_is_told(string query, string detail)
    {
        using var answer = await server.SendAsync(s_picture, query);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(detail, (string?)JObject.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))["detail"]);
    }

    private async Task<string> OkAsync(HttpContent content)
    {
        using var answer = await server.Client.PostAsync("/api/v1/verify", content, TestContext.Current.CancellationToken);
        string said = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, said);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        return said;
    }

    internal static async Task IsProblemAsync(HttpResponseMessage answer, string name)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal($"/api#{name}", (string?)JObject.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))["type"]);
    }

    private static ByteArrayContent Raw(string head, byte[] body) => Form([(head, body)]);

    private static ByteArrayContent Form(IEnumerable<(string Head, byte[] Body)> parts) =>
        Raw([.. parts.SelectMany(part => (byte[])[.. Encoding.UTF8.GetBytes($"--{Boundary}\r\n{part.Head}\r\n"), .. part.Body, .. "\r\n"u8]), .. Encoding.Latin1.GetBytes($"--{Boundary}--\r\n")]);

    private static ByteArrayContent Raw(byte[] form)
    {
        var content = new ByteArrayContent(form);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/form-data; boundary={Boundary}");
        return content;
    }
}
