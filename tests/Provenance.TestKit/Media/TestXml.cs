using System.Text;

namespace Provenance.TestKit;

/// <summary>
/// An SVG drawing or a TTML subtitle file made here, and its way to carry a store as Base64 in <c>c2pa:manifest</c> (C2PA A.3.3, A.3.4).
/// The bytes of the store lie in the file as text, so <see cref="Embedding.Pieces"/> is empty.
/// </summary>
public sealed record TestXml : TestAsset
{
    private const string Namespace = "http://c2pa.org/manifest";

    private TestXml(bool isTtml) => IsTtml = isTtml;

    /// <summary>Subtitles instead of a drawing.</summary>
    public bool IsTtml { get; }

    public override string Format => IsTtml ? "TTML" : "SVG";

    public override string MediaType => IsTtml ? "application/ttml+xml" : "image/svg+xml";

    public override string Extension => IsTtml ? "ttml" : "svg";

    /// <summary>What stands before the root element.</summary>
    public string Prolog { get; init; } = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    /// <summary>Declarations and attributes of the root element besides its own.</summary>
    public string RootAttributes { get; init; } = $" xmlns:c2pa=\"{Namespace}\"";

    /// <summary>What stands in the metadata before the store.</summary>
    public string Metadata { get; init; } = "";

    /// <summary>The start tag's name and attributes, and the end tag's name.</summary>
    public (string Start, string End) Element { get; init; } = ("c2pa:manifest", "c2pa:manifest");

    /// <summary>What stands between the tags before and behind the Base64.</summary>
    public (string Before, string Behind) White { get; init; } = ("", "");

    /// <summary>What stands in the document behind the metadata.</summary>
    public string Content { get; init; } = "";

    public static TestXml Svg() => new(false)
    {
        Content = "<rect width=\"64\" height=\"64\" fill=\"#2f6f9f\"/><circle cx=\"32\" cy=\"32\" r=\"20\" fill=\"#f2d34e\"/><text x=\"6\" y=\"60\">a > b</text>",
    };

    public static TestXml Ttml() => new(true) { Content = "<tt:p begin=\"00:00:01.000\" end=\"00:00:04.000\">Example subtitle text.</tt:p>" };

    public override byte[] Bytes => Write(null).Bytes;

    public override Embedding Embed(byte[] store)
    {
        (byte[] bytes, Extent extent) = Write(store);
        return new(this, bytes, extent, []);
    }

    /// <summary>A letter of the drawing's colour, or of the subtitle.</summary>
    public override int MediaByte(byte[] file) => file.AsSpan().LastIndexOf(Encoding.UTF8.GetBytes(Content)) + Content.Length / 2;

    public override IReadOnlyList<long> Edges(byte[] file) => [.. Enumerable.Range(0, file.Length).Where(i => i > 0 && file[i - 1] == '>').Select(i => (long)i)];

    private (byte[] Bytes, Extent Extent) Write(byte[]? store)
    {
        string start = IsTtml
            ? $"{Prolog}<tt:tt xml:lang=\"en\" xmlns:tt=\"http://www.w3.org/ns/ttml\"{RootAttributes}>\n  <tt:head>\n    <tt:metadata>{Metadata}"
            : $"{Prolog}<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"64\" height=\"64\"{RootAttributes}>\n  <metadata>{Metadata}";
        string end = IsTtml ? $"</tt:metadata>\n  </tt:head>\n  <tt:body>\n    <tt:div>{Content}</tt:div>\n  </tt:body>\n</tt:tt>\n" : $"</metadata>\n  {Content}\n</svg>\n";
        if (store is null) return (Encoding.UTF8.GetBytes(start + end), default);

        string open = $"<{Element.Start}>{White.Before}", text = Convert.ToBase64String(store), close = $"{White.Behind}</{Element.End}>";
        int at = Encoding.UTF8.GetByteCount(start);
        Extent extent = IsTtml ? new(at, open.Length + text.Length + close.Length) : new(at + open.Length, text.Length);
        return (Encoding.UTF8.GetBytes(start + open + text + close + end), extent);
    }
}
