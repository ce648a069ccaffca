using System.Text;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Html;

/// <summary>
/// An HTML document. The manifest store is the Base64 in a script of its own type in the head, or elsewhere, where a link in the head says
/// (C2PA 2.5 §A.7.1). A data hash leaves out the script element from its first byte to its last.
/// </summary>
internal sealed class HtmlFormat : IAssetFormat
{
    private const string LinkRelation = "c2pa-manifest";

    private static readonly string[] s_firstTags = ["html", "head", "title", "meta", "link", "base", "script", "style", "body"];

    public string Name => "HTML";

    public IReadOnlyList<string> MediaTypes { get; } = ["text/html", "application/xhtml+xml"];

    public IReadOnlyList<string> Extensions { get; } = [".html", ".htm", ".xhtml"];

    public StorePlacement Placement { get; } = StorePlacement.Embedded("A.7", "a script in the head", "c2pa.hash.data");

    /// <summary>What stands behind white space, comments and an XML declaration decides.</summary>
    public bool Matches(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            head = head[3..];
        while (true)
        {
            head = head.TrimStart(" \t\r\n\f"u8);
            var mark = head.StartsWith("<!--"u8) ? "-->"u8 : head.StartsWith("<?xml"u8) ? "?>"u8 : default;
            if (mark.IsEmpty)
                break;
            int end = head.IndexOf(mark);
            if (end < 0)
                return false;
            head = head[(end + mark.Length)..];
        }
        if (head.Length >= 9 && Ascii.EqualsIgnoreCase(head[..9], "<!doctype"u8))
        {
            var type = head[9..].TrimStart(" \t\r\n\f"u8);
            return type.Length >= 4 && Ascii.EqualsIgnoreCase(type[..4], "html"u8);
        }
        return head.Length > 1 && head[0] == '<' && char.IsAsciiLetter((char)head[1]) && HtmlTag.Read(head, 1) is { } tag && s_firstTags.Contains(tag.Name);
    }

    public async ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var walk = new AssetWalk(source, limits, cancellation);
        try
        {
            await WalkAsync(walk, limits).ConfigureAwait(false);
        }
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            if (e.Structure == HtmlHead.StoreStructure)
                walk.StoreFault(e);
            await walk.DamagedAsync(e).ConfigureAwait(false);
        }
        walk.RegionsAroundStores(RegionKind.Media, "HTML");
        return walk.ToMap(this, MediaTypes[0]);
    }

    private static async ValueTask WalkAsync(AssetWalk walk, Limits limits)
    {
        var head = new HtmlHead(walk.Window);
        int scripts = 0, elements = 0;
        var links = new List<(ByteRange Range, string? Url)>();
        while (await head.NextAsync().ConfigureAwait(false) is { } element)
        {
            if (++elements > limits.ContainerParts)
                throw new LimitExceededException("HTML head", element.Range.Offset, nameof(Limits.ContainerParts), limits.ContainerParts);
            if (element.Tag.IsStore)
            {
                scripts++;
                AddStore(walk, element);
            }
            else if (element.Tag.Name == "link" && IsLink(element.Tag["rel"]))
            {
                links.Add((element.Range, element.Tag["href"]));
            }
        }
        if (scripts > 0 && links.Count > 0)
            walk.StoreFault(new("HTML head", links[0].Range.Offset, "a script and a link for a manifest store where one of them may be (§A.7.1)"));
        else if (links.Count > 1)
            walk.Note(links[1].Range.Offset, $"{links.Count} links to a manifest store, so none counts (§A.7.1)");
        else if (links.Count == 1)
            AddLink(walk, links[0].Range, links[0].Url);
    }

    /// <summary>
    /// The element's tags are left out of the hash with the store. Attributes that show or run something have no business there: they could
    /// be added after signing (attack A05).
    /// </summary>
    private static void AddStore(AssetWalk walk, HtmlElement element)
    {
        walk.Store(new([element.Range], [element.Content]) { Encoding = StoreEncoding.Base64 });
        string? harmful = element.Tag.Attributes.FirstOrDefault(name => name is "style" or "src" || name.StartsWith("on", StringComparison.Ordinal));
        if (harmful is not null)
            walk.StoreFault(new("HTML script", element.Range.Offset, $"the element of the manifest store has an attribute {DisplayName(harmful)}, which is in no hash (§A.7.1.3)"));
        else if (element.Tag.Attributes.Any(name => name != "type"))
            walk.Note(element.Range.Offset, "the element of the manifest store has attributes besides type, which are in no hash");
    }

    private static void AddLink(AssetWalk walk, ByteRange range, string? reference)
    {
        // "&" is usual in a URL and must be written as a reference; any other character can stand for itself.
        string? url = reference?.Trim(' ', '\t', '\r', '\n', '\f').Replace("&amp;", "&", StringComparison.Ordinal);
        if (url is { Length: > 0 and <= 4096 } && url.All(c => c is > ' ' and <= '~'))
            walk.ManifestUrl = url;
        else
            walk.Note(range.Offset, "a link to a manifest store without a URL");
    }

    private static bool IsLink(string? relations) =>
        relations?.Split(' ', '\t', '\r', '\n', '\f').Any(relation => relation.Equals(LinkRelation, StringComparison.OrdinalIgnoreCase)) == true;

    private static string DisplayName(string name) => name.Length <= 32 && name.All(char.IsAsciiLetterOrDigit) ? name : "of event";

    public ValueTask<IReadOnlyList<NamedBox>?> ListBoxesAsync(AssetSource source, AssetMap map, Limits limits, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<NamedBox>?>(null);
}
