using System.Text;

namespace Provenance.TestKit;

/// <summary>How a <see cref="TestPdf"/> is laid out.</summary>
public enum PdfLayout
{
    /// <summary>One body, a cross-reference table.</summary>
    Table,

    /// <summary>Catalogue and file specification in an object stream, a cross-reference stream.</summary>
    Streams,

    /// <summary>The store comes in an update behind a document that is finished without it.</summary>
    Update,
}

/// <summary>A PDF of one page with a line of text, and its way to carry a store as an embedded file (C2PA A.4).</summary>
public sealed record TestPdf : TestAsset
{
    private const int Pages = 2, Page = 3, Content = 4, Font = 5, Metadata = 9;

    // What each saving writes anew.
    private int Names => 6 + Generation;

    private int Specification => 7 + Generation;

    private int Store => 8 + Generation;

    private int Packed => 10 + Generation;

    private int Sections => 11 + Generation;

    private int StoreLength => 12 + Generation;

    private int Generation => Earlier is null ? 0 : 100;

    public override string Format => "PDF";

    public override string MediaType => "application/pdf";

    public override string Extension => "pdf";

    public PdfLayout Layout { get; init; }

    /// <summary>The line on the page.</summary>
    public string Text { get; init; } = "Provenance of a page";

    /// <summary>An XMP packet for the catalogue.</summary>
    public string? Xmp { get; init; }

    /// <summary>Bytes before the header; offsets are counted from the header.</summary>
    public byte[] Prefix { get; init; } = [];

    /// <summary>More entries for the catalogue, and more objects from number 20 on.</summary>
    public string CatalogueEntries { get; init; } = "";

    public IReadOnlyList<(int Number, string Value)> MoreObjects { get; init; } = [];

    /// <summary>A finished file, with a store or without, that this one is an update of.</summary>
    public byte[]? Earlier { get; init; }

    /// <summary>How often the store is listed, each time as another object.</summary>
    public int Stores { get; init; } = 1;

    /// <summary>The catalogue lists the store; else only the tree of embedded files does.</summary>
    public bool IsListed { get; init; } = true;

    /// <summary>The page lists the store: it speaks of the page.</summary>
    public bool IsOfPage { get; init; }

    /// <summary>The length of the store's stream is an object of its own.</summary>
    public bool IndirectLength { get; init; }

    /// <summary>More entries of the trailer and of the store's stream.</summary>
    public string TrailerEntries { get; init; } = "";

    public string StreamEntries { get; init; } = "/Type /EmbeddedFile /Subtype /application#2Fc2pa";

    /// <summary>What "startxref" is wrong by.</summary>
    public int StartOffset { get; init; }

    public static TestPdf Small() => new();

    public static TestPdf WithStreams() => new() { Layout = PdfLayout.Streams };

    public static TestPdf WithUpdate() => new() { Layout = PdfLayout.Update };

    public override byte[] Bytes => Write(null).Bytes;

    public override Embedding Embed(byte[] store)
    {
        (byte[] bytes, Extent extent) = Write(store);
        return new(this, bytes, extent, [new(0, extent.Start, store.Length)]);
    }

    /// <summary>A letter on the page.</summary>
    public override int MediaByte(byte[] file) => file.AsSpan().IndexOf(Encoding.ASCII.GetBytes($"({Text})")) + 2;

    /// <summary>Behind each object and section.</summary>
    public override IReadOnlyList<long> Edges(byte[] file)
    {
        List<long> edges = [];
        foreach (byte[] mark in (byte[][])[[.. "endobj\n"u8], [.. "%%EOF\n"u8], [.. "trailer\n"u8]])
            for (int at = 0, next; (next = file.AsSpan(at).IndexOf(mark)) >= 0;)
                edges.Add(at += next + mark.Length);
        return edges;
    }

    private (byte[] Bytes, Extent Extent) Write(byte[]? store)
    {
        var writer = Earlier is null ? new PdfWriter { StartOffset = StartOffset } : PdfWriter.Behind(Earlier);
        if (Earlier is null) WriteBody(writer);
        if (Layout == PdfLayout.Update) End(writer.Object(1, Catalogue(false)));
        Extent extent = store is null ? default : WriteStore(writer, store);
        List<(int, string)> last = [(1, Catalogue(store is not null))];
        if (store is not null)
        {
            last.Insert(0, (Names, $"<< /EmbeddedFiles << /Names [(manifest.c2pa) {Specification} 0 R] >> >>"));
            for (int i = 0; i < Stores; i++)
                last.Insert(0, (Specification + 20 * i, $"<< /Type /Filespec /F (manifest.c2pa) /UF (manifest.c2pa) /AFRelationship /C2PA_Manifest /EF << /F {Store + 20 * i} 0 R >> >>"));
        }
        if (Layout == PdfLayout.Streams) writer.Packed(Packed, [.. last]);
        else if (Layout != PdfLayout.Update || store is not null)
            foreach ((int number, string value) in last) writer.Object(number, value);
        if (Layout != PdfLayout.Update || store is not null) End(writer);
        return ([.. Prefix, .. writer.ToArray()], extent with { Start = extent.Start + Prefix.Length });
    }

    private void WriteBody(PdfWriter writer)
    {
        string ofPage = IsOfPage ? $" /AF [{Specification} 0 R]" : "";
        writer.Raw("%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n");
        writer.Object(Pages, $"<< /Type /Pages /Kids [{Page} 0 R] /Count 1 >>");
        writer.Object(Page, $"<< /Type /Page /Parent {Pages} 0 R /MediaBox [0 0 300 100] /Contents {Content} 0 R /Resources << /Font << /F1 {Font} 0 R >> >>{ofPage} >>");
        writer.Stream(Content, "", Encoding.ASCII.GetBytes($"BT /F1 18 Tf 20 40 Td ({Text}) Tj ET"));
        writer.Object(Font, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
        if (Xmp is not null) writer.Stream(Metadata, "/Type /Metadata /Subtype /XML", Encoding.UTF8.GetBytes(Xmp));
        foreach ((int number, string value) in MoreObjects) writer.Object(number, value);
    }

    private Extent WriteStore(PdfWriter writer, byte[] store)
    {
        Extent extent = writer.Stream(Store, StreamEntries, store, IndirectLength ? $"{StoreLength} 0 R" : null);
        if (IndirectLength) writer.Object(StoreLength, $"{store.Length}");
        for (int i = 1; i < Stores; i++) writer.Stream(Store + 20 * i, StreamEntries, store);
        return extent;
    }

    private string Catalogue(bool hasStore)
    {
        string list = string.Concat(Enumerable.Range(0, Stores).Select(i => $" {Specification + 20 * i} 0 R"));
        string files = !hasStore ? "" : $"{(IsListed && !IsOfPage ? $" /AF [{list} ]" : "")} /Names {Names} 0 R";
        return $"<< /Type /Catalog /Pages {Pages} 0 R{files}{(Xmp is null ? "" : $" /Metadata {Metadata} 0 R")} {CatalogueEntries} >>";
    }

    private void End(PdfWriter writer)
    {
        string trailer = $"/Root 1 0 R {TrailerEntries}";
        if (Layout == PdfLayout.Streams) writer.XrefStream(Sections, trailer, 200);
        else writer.Table(trailer, 200);
    }
}
