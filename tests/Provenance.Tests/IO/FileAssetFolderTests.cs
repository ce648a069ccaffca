using Provenance.Verifier.IO;
using Xunit;

namespace Provenance.Tests.IO;

public sealed class FileAssetFolderTests : IDisposable
{
    private readonly string _outer = Directory.CreateTempSubdirectory("provenance-folder-").FullName;

    private readonly string _root;

    public FileAssetFolderTests()
    {
        _root = Path.Join(_outer, "root");
        Directory.CreateDirectory(Path.Join(_root, "sub"));
        File.WriteAllBytes(Path.Join(_root, "a.txt"), [1]);
        File.WriteAllBytes(Path.Join(_root, "sub", "b.txt"), [1, 2]);
        File.WriteAllBytes(Path.Join(_root, "empty"), []);
        File.WriteAllBytes(Path.Join(_outer, "secret.txt"), [1, 2, 3]);
    }

    public void Dispose() => Directory.Delete(_outer, recursive: true);

    private async Task<long?> LengthAsync(string path)
    {
        await using var source = await new FileAssetFolder(_root).OpenAsync(path, TestContext.Current.CancellationToken);
        return source?.Length;
    }

    [Theory]
    [InlineData("a.txt", 1)]
    [InlineData("sub/b.txt", 2)]
    [InlineData("empty", 0)]
    public async Task A_file_below_the_folder_is_opened(string path, long length) => Assert.Equal(length, await LengthAsync(path));

    [Theory]
    [InlineData("c.txt")]
    [InlineData("sub")]
    [InlineData("sub/")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../secret.txt")]
    [InlineData("sub/../a.txt")]
    [InlineData("sub/../../secret.txt")]
    [InlineData("./a.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("//a.txt")]
    [InlineData("sub//b.txt")]
    [InlineData("..\\secret.txt")]
    [InlineData("sub\\b.txt")]
    [InlineData("C:a.txt")]
    [InlineData("a.txt:stream")]
    [InlineData("a.txt\0")]
    [InlineData("NUL")]
    [InlineData("nul.txt")]
    [InlineData("sub/com1.log")]
    [InlineData("LPT9")]
    [InlineData("a.txt ")]
    [InlineData("a.txt.")]
    public async Task Nothing_else_is(string path) => Assert.Null(await LengthAsync(path));

    [Fact]
    public async Task Links_are_not_followed()
    {
        File.CreateSymbolicLink(Path.Join(_root, "out"), Path.Join(_outer, "secret.txt"));
        File.CreateSymbolicLink(Path.Join(_root, "in"), Path.Join(_root, "a.txt"));
        Directory.CreateSymbolicLink(Path.Join(_root, "up"), _outer);
        File.CreateSymbolicLink(Path.Join(_root, "lost"), Path.Join(_root, "nowhere"));
        foreach (string path in (string[])["out", "in", "up/secret.txt", "up/root/a.txt", "lost"])
            Assert.Null(await LengthAsync(path));
        // The folder itself may be reached through one.
        await using var source = await new FileAssetFolder(Path.Join(_root, "up", "root")).OpenAsync("a.txt", TestContext.Current.CancellationToken);
        Assert.Equal(1, source?.Length);
    }

    [Fact]
    public async Task A_device_is_not_opened()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "no devices here");
        await using var source = await new FileAssetFolder("/dev").OpenAsync("zero", TestContext.Current.CancellationToken);
        Assert.True(source is null or { Length: 0 });
    }
}
