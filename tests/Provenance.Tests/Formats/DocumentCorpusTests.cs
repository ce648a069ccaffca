using Provenance.Verifier.Bytes;
using Xunit;

namespace Provenance.Tests.Formats;

/// <summary>Documents of the corpus: stores are found where their own hashes say.</summary>
public sealed class DocumentCorpusTests
{
    [Fact]
    public async Task Stores_of_PDF_lie_where_their_exclusions_say()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        int found = 0;
        foreach (var file in CorpusFile.All(".pdf").Where(file => file.Success.Contains("assertion.dataHash.match")))
        {
            var map = await file.MapAsync();
            byte[] bytes = await File.ReadAllBytesAsync(file.FullPath, TestContext.Current.CancellationToken);
            var store = Assert.Single(map.Stores);
            Assert.Equal(store.Extent, CorpusFile.DataHashes(Sample.Cut(bytes, store.Payload)).Last());
            found++;
        }
        Assert.True(found >= 4, $"{found} files");
    }

    [Theory]
    [InlineData("made-signed/OOXML-stored-signed.docx", 17388, 12320)]
    [InlineData("made-signed/mini-signed.odt", 456, 11318)]
    [InlineData("public-testfiles/monotype-20240712-monotype_sans.ttf", 22884, 24548)]
    public async Task Stores_lie_where_python_finds_them(string path, long offset, long length)
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var map = await CorpusFile.One(path).MapAsync();
        Assert.Equal([new ByteRange(offset, length)], Assert.Single(map.Stores).Payload);
    }

    [Fact]
    public async Task Documents_without_credentials_have_none()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        foreach (var file in CorpusFile.All(".pdf", ".docx", ".odt", ".otf", ".ttf", ".zip").Where(file => file.Path.StartsWith("no-credentials/", StringComparison.Ordinal)))
        {
            var map = await file.MapAsync();
            Assert.Empty(map.Stores);
            Assert.Null(map.StoreFault);
        }
    }
}
