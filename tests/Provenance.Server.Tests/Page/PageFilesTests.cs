using Provenance.Server.Page;
using Xunit;

namespace Provenance.Server.Tests.Page;

/// <summary>What is taken for the page.</summary>
public sealed class PageFilesTests : IDisposable
{
    private readonly StandInPage _page = new();

    public void Dispose() => _page.Dispose();

    [Theory]
    [InlineData("/assets/index-BX2c_0aQ.js", true)]
    [InlineData("/assets/index-B-2c-0aQ.js", true)]
    [InlineData("/assets/fonts/text-DwZ9-k_1.woff2", true)]
    [InlineData("/assets/index-BX2c_0aQ.js.map", true)]
    [InlineData("/assets/index-BX2c_0a.js", false)] // seven characters
    [InlineData("/assets/index-BX2c_0aQ", false)] // no extension
    [InlineData("/assets/box-manifest.js", false)] // a word
    [InlineData("/index-BX2c_0aQ.js", false)] // not where the build puts such names
    [InlineData("/browser/assets/index-BX2c_0aQ.js", false)]
    public void Names_made_of_a_digest_are_known_by_their_look(string address, bool expected)
    {
        _page.Save(address, "x");
        Assert.True(PageFiles.Read(_page.Folder).TryGet(address, out var file));
        Assert.Equal(expected, file.IsNamedByContent);
    }

    [Fact]
    public void A_tag_stays_when_the_same_bytes_are_built_again_and_changes_with_them()
    {
        string before = Tag();
        _page.Save("/index.html", _page.Read("/index.html"));
        Assert.Equal(before, Tag());
        _page.Save("/index.html", "another page");
        Assert.NotEqual(before, Tag());

        string Tag() => PageFiles.Read(_page.Folder).TryGet("/", out var file) ? file.Plain.Tag.ToString() : "";
    }

    [Fact]
    public void What_was_read_stays_when_the_folder_changes()
    {
        var page = PageFiles.Read(_page.Folder);
        var before = _page.Read("/index.html");
        _page.Save("/index.html", "half of a new page");
        Assert.True(page.TryGet("/", out var file));
        Assert.Equal(before, file.Plain.Content);
    }

    [Fact]
    public void A_folder_without_index_is_no_page()
    {
        File.Delete(Path.Combine(_page.Folder, "index.html"));
        Assert.Contains("no index.html", Assert.Throws<PageMissingException>(() => PageFiles.Read(_page.Folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_too_many_files_is_no_page()
    {
        int files = Directory.GetFiles(_page.Folder, "*", SearchOption.AllDirectories).Length - 1; // .hidden is not looked at
        for (; files < PageFiles.MaxFiles; files++)
            _page.Save($"/many/{files}", []);
        PageFiles.Read(_page.Folder);
        _page.Save("/many/another", []);
        Assert.Throws<PageMissingException>(() => PageFiles.Read(_page.Folder));
    }

    [Fact]
    public void A_folder_of_too_many_bytes_is_no_page()
    {
        long bytes = new DirectoryInfo(_page.Folder).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Name != ".hidden").Sum(file => file.Length);
        string hollow = _page.Save("/hollow", []);
        SetLength(PageFiles.MaxBytes - bytes);
        PageFiles.Read(_page.Folder);
        SetLength(PageFiles.MaxBytes - bytes + 1);
        Assert.Throws<PageMissingException>(() => PageFiles.Read(_page.Folder));

        void SetLength(long length)
        {
            using var file = File.OpenWrite(hollow);
            file.SetLength(length);
        }
    }
}
