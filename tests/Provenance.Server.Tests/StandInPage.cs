using System.IO.Compression;
using System.Text;

namespace Provenance.Server.Tests;

/// <summary>A folder laid out as the built page is, with files of every kind; beside it lies what nobody may read.</summary>
public sealed class StandInPage : IDisposable
{
    public const string Secret = "OUTSIDE";
    public const string Script = "/assets/index-BX2c_0aQ.js";
    public const string Engine = "/browser/dotnet.native.wasm";

    private readonly string _root = Directory.CreateTempSubdirectory("provenance-page-").FullName;

    public StandInPage()
    {
        Folder = Path.Combine(_root, "page");
        Save("/index.html", "<!doctype html><title>The page</title>");
        Save(Script, string.Concat(Enumerable.Repeat("console.log('page');\n", 100)));
        Pack(Script, "br", stream => new BrotliStream(stream, CompressionLevel.Optimal));
        Pack(Script, "gz", stream => new GZipStream(stream, CompressionLevel.Optimal));
        Save(Engine, "\0asm" + new string('x', 4000));
        Pack(Engine, "br", stream => new BrotliStream(stream, CompressionLevel.Optimal));
        Save("/browser/System.Private.CoreLib.dll", "MZ");
        Save("/browser/lists.bin", "lists");
        Save("/words.json", "{}");
        Save("/assets/box-manifest.js", "a word, not a digest");
        Save("/alone.gz", "no file of which this were a packed copy");
        Save("/.hidden", Secret);
        File.WriteAllText(Path.Combine(_root, "outside.txt"), Secret);
    }

    public string Folder { get; }

    public string Save(string address, string text) => Save(address, Encoding.UTF8.GetBytes(text));

    public string Save(string address, byte[] content)
    {
        string path = PathOf(address);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public byte[] Read(string address) => File.ReadAllBytes(PathOf(address));

    /// <summary>Links that lead out of the folder: to a file, and to the folder above.</summary>
    public void LinkOutside()
    {
        File.CreateSymbolicLink(PathOf("/link.txt"), Path.Combine(_root, "outside.txt"));
        Directory.CreateSymbolicLink(PathOf("/link"), _root);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string PathOf(string address) => Path.Combine(Folder, address[1..]);

    private void Pack(string address, string extension, Func<Stream, Stream> packer)
    {
        using var packed = new MemoryStream();
        using (var writer = packer(packed))
            writer.Write(Read(address));
        Save($"{address}.{extension}", packed.ToArray());
    }
}
