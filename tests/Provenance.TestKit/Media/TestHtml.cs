using System.Text;

namespace Provenance.TestKit;

/// <summary>A web page with a store in a script of its head (C2PA A.7).</summary>
public sealed record TestHtml : TestAsset
{
    /// <summary>Up to where the script stands.</summary>
    public string Before { get; init; } = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>A page</title>\n";

    public string Behind { get; init; } = "\n</head>\n<body>\n<p>Some content, caf\u00E9.</p>\n</body>\n</html>\n";

    public string StartTag { get; init; } = "<script type=\"application/c2pa\">";

    public override string Format => "HTML";

    public override string MediaType => "text/html";

    public override string Extension => "html";

    public static TestHtml Small() => new();

    public override byte[] Bytes => Encoding.UTF8.GetBytes(Before + Behind);

    public override Embedding Embed(byte[] store)
    {
        byte[] before = Encoding.UTF8.GetBytes(Before);
        byte[] script = Encoding.UTF8.GetBytes($"{StartTag}\n{Convert.ToBase64String(store)}\n</script>");
        return new(this, [.. before, .. script, .. Encoding.UTF8.GetBytes(Behind)], new(before.Length, script.Length), []);
    }

    public override int MediaByte(byte[] file) => file.AsSpan().LastIndexOf("content"u8);
}
