using System.Text;

namespace Provenance.TestKit;

/// <summary>Where the block of a structured text stands.</summary>
public enum BlockPlace
{
    Start,
    End,
    Middle,
    FrontMatter,
}

/// <summary>Source code, Markdown and the like, with a store in a block between delimiters (C2PA A.9).</summary>
public sealed record TestStructuredText : TestAsset
{
    public BlockPlace Place { get; init; }

    public string LineEnd { get; init; } = "\n";

    public string Open { get; init; } = "# ";

    public string Close { get; init; } = "";

    /// <summary>The lines around the block.</summary>
    public IReadOnlyList<string> Lines { get; init; } = ["print('caf\u00E9')", "print('two')", "print('three')"];

    /// <summary>A last block without a line end behind it.</summary>
    public bool EndsBare { get; init; }

    public override string Format => "Text";

    public override string MediaType => "text/plain";

    public override string Extension => "txt";

    public static TestStructuredText Small() => new();

    public static TestStructuredText AtEnd() => new() { Place = BlockPlace.End, LineEnd = "\r\n", Open = "// " };

    public static TestStructuredText InMiddle() => new() { Place = BlockPlace.Middle, Open = "/*! ", Close = " */" };

    public static TestStructuredText InFrontMatter() => new() { Place = BlockPlace.FrontMatter, Lines = ["---", "title: A page", "---", "# Heading", "Some text."] };

    public override byte[] Bytes => Encoding.UTF8.GetBytes(string.Concat(Lines.Select(line => line + LineEnd)));

    public override Embedding Embed(byte[] store) => EmbedReference("data:application/c2pa;base64," + Convert.ToBase64String(store));

    public Embedding EmbedReference(string reference)
    {
        string begin = "-----BEGIN C2PA MANIFEST-----", end = "-----END C2PA MANIFEST-----";
        int index = Place switch { BlockPlace.Start => 0, BlockPlace.End => Lines.Count, _ => 1 };
        string block = Place == BlockPlace.FrontMatter ? begin + LineEnd + reference + LineEnd + end : $"{Open}{begin} {reference} {end}{Close}";
        byte[] before = Encoding.UTF8.GetBytes(string.Concat(Lines.Take(index).Select(line => line + LineEnd)));
        byte[] line = Encoding.UTF8.GetBytes(block + (EndsBare ? "" : LineEnd));
        byte[] behind = Encoding.UTF8.GetBytes(string.Concat(Lines.Skip(index).Select(text => text + LineEnd)));
        // At the end the line feed before the block is left out too.
        int newline = Place == BlockPlace.End ? 1 : 0;
        return new(this, [.. before, .. line, .. behind], new(before.Length - newline, line.Length + newline), []);
    }

    public override int MediaByte(byte[] file) => file.AsSpan().LastIndexOf(Encoding.UTF8.GetBytes(Lines[^1])) + 1;
}
