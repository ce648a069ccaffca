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
    private const int Pages = 2, Page = 3, Content = 4, Font = 5, Names = 6, Specification = 7, Store = 8, Metadata = 9, Packed = 10, Sections = 11;

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
        var writer = new PdfWriter();
        writer.Raw("%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n");
        writer.Object(Pages, $"<< /Type /Pages /Kids [{Page} 0 R] /Count 1 >>");
        writer.Object(Page, $"<< /Type /Page /Parent {Pages} 0 R /MediaBox [0 0 300 100] /Contents {Content} 0 R /Resources << /Font << /F1 {Font} 0 R >> >> >>");
        writer.Stream(Content, "", Encoding.ASCII.GetBytes($"BT /F1 18 Tf 20 40 Td ({Text}) Tj ET"));
        writer.Object(Font, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
        if (Xmp is not null) writer.Stream(Metadata, "/Type /Metadata /Subtype /XML", Encoding.UTF8.GetBytes(Xmp));
        foreach ((int number, string value) in MoreObjects) writer.Object(number, value);

        if (Layout == PdfLayout.Update) End(writer.Object(1, Catalogue(null)));
        Extent extent = store is null ? default : writer.Stream(Store, "/Type /EmbeddedFile /Subtype /application#2Fc2pa", store);
        (int, string)[] last = store is null
            ? [(1, Catalogue(null))]
            :
            [
                (Specification, $"<< /Type /Filespec /F (manifest.c2pa) /UF (manifest.c2pa) /AFRelationship /C2PA_Manifest /EF << /F {Store} 0 R >> >>"),
                (Names, $"<< /EmbeddedFiles << /Names [(manifest.c2pa) {Specification} 0 R] >> >>"),
                (1, Catalogue(Specification)),
            ];
        if (Layout == PdfLayout.Streams) writer.Packed(Packed, last);
        else if (Layout != PdfLayout.Update || store is not null)
            foreach ((int number, string value) in last) writer.Object(number, value);
        if (Layout != PdfLayout.Update || store is not null) End(writer);
        return ([.. Prefix, .. writer.ToArray()], extent with { Start = extent.Start + Prefix.Length });
    }

    private string Catalogue(int? specification) =>
        $"<< /Type /Catalog /Pages {Pages} 0 R{(specification is null ? "" : $" /AF [{specification} 0 R] /Names {Names} 0 R")}{(Xmp is null ? "" : $" /Metadata {Metadata} 0 R")} {CatalogueEntries} >>";

    private void End(PdfWriter writer)
    {
        const string Root = "/Root 1 0 R";
        int size = Math.Max(Sections, MoreObjects.Select(o => o.Number).DefaultIfEmpty().Max()) + 1;
        if (Layout == PdfLayout.Streams) writer.XrefStream(Sections, Root, size);
        else writer.Table(Root, size);
    }
}
