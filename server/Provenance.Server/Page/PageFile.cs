using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Net.Http.Headers;

namespace Provenance.Server.Page;

/// <summary>A file of the page, with the forms it can be sent in.</summary>
/// <param name="MediaType">The value of Content-Type.</param>
/// <param name="IsNamedByContent">Whether the build put a digest of the content into the name: the name then never gets other content.</param>
/// <param name="Plain">The file itself.</param>
/// <param name="Brotli">The same, packed when the page was built, or null.</param>
/// <param name="Gzip">The same, packed when the page was built, or null.</param>
internal sealed partial record PageFile(string MediaType, bool IsNamedByContent, PageFile.Form Plain, PageFile.Form? Brotli, PageFile.Form? Gzip)
{
    /// <summary>Bytes to send. The tag is made of them alone, so that it stays when a page is built again.</summary>
    public sealed record Form(byte[] Content, EntityTagHeaderValue Tag, string? Encoding);

    /// <summary>Whether what is sent depends on what the client can unpack.</summary>
    public bool HasPackedForms => Brotli is not null || Gzip is not null;

    public static PageFile From(string address, byte[] content, byte[]? brotli, byte[]? gzip) => new(
        MediaTypes.Of(address),
        HasDigest(address),
        FormOf(content, null)!,
        FormOf(brotli, "br"),
        FormOf(gzip, "gzip"));

    private static Form? FormOf(byte[]? content, string? encoding) => content is null
        ? null
        : new Form(content, new EntityTagHeaderValue($"\"{Base64Url.EncodeToString(SHA256.HashData(content).AsSpan(0, 16))}\""), encoding);

    /// <summary>
    /// Whether this is a name that Vite makes, as "/assets/index-BX2c_0aQ.js" is. A name of lower-case letters alone could be a word
    /// ("box-manifest.js"), whose content may change: one digest in a thousand is taken for a word, and only asked for more often.
    /// </summary>
    private static bool HasDigest(string address) =>
        NameFromBuild().Match(address) is { Success: true } name && name.Groups["digest"].ValueSpan.ContainsAnyInRange('0', 'Z');

    [GeneratedRegex(@"^/assets/(?:[^/]+/)*[^/]+-(?<digest>[A-Za-z0-9_-]{8})\.[^/]+$", RegexOptions.NonBacktracking)]
    private static partial Regex NameFromBuild();
}
