using System.Collections.Frozen;

namespace Provenance.Server.Page;

/// <summary>What a file is called to browsers, which are told to believe it (nosniff) and to compile only what is application/wasm.</summary>
internal static class MediaTypes
{
    /// <summary>For everything a browser should hand to the page as it is: assemblies (.dll, .dat), packed trust lists (.bin), unknown names.</summary>
    public const string Bytes = "application/octet-stream";

    private static readonly FrozenDictionary<string, string> ByExtension = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".mjs"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".json"] = "application/json",
        [".map"] = "application/json",
        [".wasm"] = "application/wasm",
        [".webmanifest"] = "application/manifest+json",
        [".txt"] = "text/plain; charset=utf-8",
        [".pem"] = "application/x-pem-file",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".webp"] = "image/webp",
        [".avif"] = "image/avif",
        [".gif"] = "image/gif",
        [".ico"] = "image/x-icon",
        [".mp4"] = "video/mp4",
        [".mp3"] = "audio/mpeg",
        [".wav"] = "audio/wav",
        [".pdf"] = "application/pdf",
        [".woff2"] = "font/woff2",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The media type of a file's name.</summary>
    public static string Of(string name) => ByExtension.GetValueOrDefault(Path.GetExtension(name), Bytes);
}
