using System.Net;
using System.Text;
using Provenance.Fetching;
using Provenance.Tests.Fetching;
using Provenance.Verifier.Identity;
using Provenance.Verifier.IO;
using Xunit;

namespace Provenance.Tests.Identity;

/// <summary>Where DID documents come from: a folder, and, asked, the network behind its guards.</summary>
public sealed class DidDocumentSourceTests : IAsyncDisposable
{
    private const string Document = """{"id":"did:web:a.example"}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("did-").FullName;
    private readonly TestWeb _web = new();

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        await _web.DisposeAsync();
    }

    private static async Task<string> FindAsync(IDidDocuments documents, string did, int longest = 1000)
    {
        var answer = await documents.FindAsync(did, longest, TestContext.Current.CancellationToken);
        return answer.Json is { } json ? Encoding.UTF8.GetString(json.Span) : answer.Why;
    }

    private void Write(string name, string text = Document) => File.WriteAllText(Path.Combine(_folder, name), text);

    [Theory]
    [InlineData("did:web:a.example", "did-a.example.json")]
    [InlineData("did:web:a.example", "a.example.json")]
    [InlineData("did:web:a.example:users:ana", "did-a.example_users_ana.json")]
    [InlineData("did:web:a.example%3A8443", "a.example%3A8443.json")]
    public async Task A_folder_keeps_documents_by_name(string did, string name)
    {
        Write(name);
        Assert.Equal(Document, await FindAsync(new FileDidDocuments(_folder), did));
    }

    [Theory]
    [InlineData("did:web:b.example")]
    [InlineData("did:web:..")]
    [InlineData("did:web:a.example:..:x")]
    [InlineData("did:key:a.example")]
    public async Task What_the_folder_does_not_keep_is_not_there(string did)
    {
        Write("did-a.example.json");
        Assert.DoesNotContain("{", await FindAsync(new FileDidDocuments(_folder), did));
    }

    [Fact]
    public async Task A_file_longer_than_allowed_is_not_read()
    {
        Write("did-a.example.json");
        Assert.Equal(Document, await FindAsync(new FileDidDocuments(_folder), "did:web:a.example", Document.Length));
        Assert.Contains("has more than", await FindAsync(new FileDidDocuments(_folder), "did:web:a.example", Document.Length - 1));
    }

    [Fact]
    public async Task A_document_is_fetched_from_where_its_identifier_says()
    {
        _web.Gives("/.well-known/did.json", Encoding.UTF8.GetBytes(Document)).Gives("/users/ana/did.json", "ana"u8.ToArray());
        var documents = new WebDidDocuments(_web.Client);
        Assert.Equal(Document, await FindAsync(documents, "did:web:a.example"));
        Assert.Equal("ana", await FindAsync(documents, "did:web:a.example:users:ana"));
        Assert.Equal(["a.example", "a.example"], _web.Resolved);
    }

    [Fact]
    public async Task What_is_at_hand_is_not_asked_for()
    {
        Write("did-a.example.json");
        Assert.Equal(Document, await FindAsync(new WebDidDocuments(_web.Client, new FileDidDocuments(_folder)), "did:web:a.example"));
        Assert.Empty(_web.Requests);
    }

    [Theory]
    [InlineData("did:web:127.0.0.1")]
    [InlineData("did:web:169.254.169.254:latest")]
    [InlineData("did:web:localhost")]
    [InlineData("did:web:a.example%3A8443")]
    [InlineData("did:web:a.example%2Fx")]
    [InlineData("did:web:inside.example")]
    [InlineData("did:web:absent.example:x")]
    public async Task A_host_that_may_not_be_asked_is_not(string did)
    {
        _web.Addresses["inside.example"] = [[IPAddress.Parse("10.0.0.1")]];
        _web.Gives("/.well-known/did.json", Encoding.UTF8.GetBytes(Document));
        Assert.DoesNotContain("{", await FindAsync(new WebDidDocuments(_web.Client), did));
        Assert.True(did.Contains("absent", StringComparison.Ordinal) || _web.Dialled.IsEmpty);
    }

    [Fact]
    public async Task An_answer_longer_than_allowed_is_not_read()
    {
        _web.Gives("/.well-known/did.json", Encoding.UTF8.GetBytes(Document));
        Assert.Equal(Document, await FindAsync(new WebDidDocuments(_web.Client), "did:web:a.example", Document.Length));
        Assert.Contains("more than", await FindAsync(new WebDidDocuments(_web.Client), "did:web:a.example", Document.Length - 1));
    }
}
