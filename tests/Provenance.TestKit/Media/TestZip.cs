using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Provenance.TestKit;

/// <summary>A file for an archive.</summary>
public sealed record ZipFile(string Name, byte[] Data)
{
    public bool Deflated { get; init; }

    /// <summary>CRC and sizes stand behind the data instead of before.</summary>
    public bool HasDescriptor { get; init; }

    public byte[] Extra { get; init; } = [];

    /// <summary>More bits of the general purpose flag.</summary>
    public ushort Flags { get; init; }

    public static ZipFile Text(string name, string text, bool deflated = false) => new(name, Encoding.UTF8.GetBytes(text)) { Deflated = deflated };
}

/// <summary>An archive as it was written: where each member lies, and what the collection hash takes of the directory.</summary>
public sealed record ZipLayout(byte[] Bytes, IReadOnlyList<(string Name, Extent Extent)> Members, Extent Store, Extent StoreData, IReadOnlyList<Extent> Directory);

/// <summary>A ZIP archive made here (APPNOTE 6.3.10), such as an office document, and its way to carry a store as a file (C2PA A.6).</summary>
public sealed record TestZip : TestAsset
{
    private const string StoreName = "META-INF/content_credential.c2pa";

    public override string Format => "ZIP";

    public override string MediaType => Type;

    public override string Extension => Suffix;

    public required string Type { get; init; }

    public required string Suffix { get; init; }

    public required IReadOnlyList<ZipFile> Files { get; init; }

    /// <summary>The store's own entry: to be encrypted, deflated, flagged.</summary>
    public ZipFile StoreEntry { get; init; } = new(StoreName, []);

    /// <summary>Puts the folder META-INF/ before the store.</summary>
    public bool WithStoreFolder { get; init; }

    public byte[] Comment { get; init; } = [];

    /// <summary>Writes the ZIP64 records and fields although nobody needs them.</summary>
    public bool Zip64 { get; init; }

    /// <summary>Bytes between the last file and the store.</summary>
    public byte[] Gap { get; init; } = [];

    /// <summary>The directory as it was before the store was added stands before it.</summary>
    public bool LeavesOldDirectory { get; init; }

    /// <summary>A line in a member that is stored as it is.</summary>
    public const string Line = "Provenance in a document";

    public static TestZip Plain() => new() { Type = "application/zip", Suffix = "zip", Files = [ZipFile.Text("a.txt", Line), ZipFile.Text("b/c.txt", string.Concat(Enumerable.Repeat("much the same ", 40)), deflated: true)] };

    public static TestZip Docx() => new()
    {
        Type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Suffix = "docx",
        Files =
        [
            ZipFile.Text("[Content_Types].xml", ContentTypes("word/document.xml", "wordprocessingml.document.main"), deflated: true),
            ZipFile.Text("_rels/.rels", Relationships("word/document.xml"), deflated: true),
            ZipFile.Text("word/document.xml", $"""
                <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
                <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{Line}</w:t></w:r></w:p></w:body></w:document>
                """),
        ],
    };

    public static TestZip Xlsx() => new()
    {
        Type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Suffix = "xlsx",
        Files =
        [
            ZipFile.Text("[Content_Types].xml", ContentTypes("xl/workbook.xml", "spreadsheetml.sheet.main", ("xl/worksheets/sheet1.xml", "spreadsheetml.worksheet")), deflated: true),
            ZipFile.Text("_rels/.rels", Relationships("xl/workbook.xml"), deflated: true),
            ZipFile.Text("xl/workbook.xml", """
                <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
                <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>
                """, deflated: true) with { HasDescriptor = true },
            ZipFile.Text("xl/_rels/workbook.xml.rels", """
                <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
                <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>
                """, deflated: true),
            ZipFile.Text("xl/worksheets/sheet1.xml", $"""
                <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
                <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{Line}</t></is></c></row></sheetData></worksheet>
                """),
        ],
    };

    public static TestZip Odt() => new()
    {
        Type = "application/vnd.oasis.opendocument.text",
        Suffix = "odt",
        Files =
        [
            ZipFile.Text("mimetype", "application/vnd.oasis.opendocument.text"),
            ZipFile.Text("content.xml", $"""
                <?xml version="1.0" encoding="UTF-8"?>
                <office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"><office:body><office:text><text:p>{Line}</text:p></office:text></office:body></office:document-content>
                """),
            ZipFile.Text("META-INF/manifest.xml", """
                <?xml version="1.0" encoding="UTF-8"?>
                <manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>
                """, deflated: true),
        ],
    };

    public static TestZip Epub() => new()
    {
        Type = "application/epub+zip",
        Suffix = "epub",
        Files =
        [
            ZipFile.Text("mimetype", "application/epub+zip"),
            ZipFile.Text("META-INF/container.xml", """
                <?xml version="1.0"?>
                <container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
                """, deflated: true),
            ZipFile.Text("book.opf", """
                <?xml version="1.0"?>
                <package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:uuid:5e1c5b1e-0000-4000-8000-000000000000</dc:identifier><dc:title>A page</dc:title><dc:language>en</dc:language><meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata><manifest><item id="p" href="page.xhtml" media-type="application/xhtml+xml" properties="nav"/></manifest><spine><itemref idref="p"/></spine></package>
                """, deflated: true),
            ZipFile.Text("page.xhtml", $"""
                <?xml version="1.0"?>
                <html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>A page</title></head><body><p>{Line}</p><nav epub:type="toc"><ol><li><a href="page.xhtml">A page</a></li></ol></nav></body></html>
                """),
        ],
    };

    public override Assertion Binding() => HardBinding.Collection();

    public override byte[] Bytes => Write(null).Bytes;

    public override Embedding Embed(byte[] store)
    {
        ZipLayout layout = Write(store);
        return new(this, layout.Bytes, layout.Store, [new(0, layout.StoreData.Start, store.Length)]);
    }

    public override int MediaByte(byte[] file) => file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Line));

    public override IReadOnlyList<long> Edges(byte[] file)
    {
        List<long> edges = [];
        for (int at = 0, next; (next = file.AsSpan(at).IndexOf("PK"u8)) >= 0;)
        {
            edges.Add(at + next);
            at += next + 2;
        }
        return edges;
    }

    /// <summary>Writes the archive with or without a store, and says where what is.</summary>
    public ZipLayout Write(byte[]? store)
    {
        var output = new MemoryStream();
        List<(ZipFile File, long Offset, uint Crc, int Packed)> written = [];
        List<(string Name, Extent Extent)> members = [];
        Extent storeExtent = default, storeData = default;
        foreach (ZipFile file in Files) members.Add((file.Name, Add(output, file, written).Whole));
        if (store is not null)
        {
            if (LeavesOldDirectory) WriteEnd(output, written, [], zip64: false);
            output.Write(Gap);
            if (WithStoreFolder) members.Add(("META-INF/", Add(output, new("META-INF/", []), written).Whole));
            (storeExtent, storeData) = Add(output, StoreEntry with { Data = store }, written);
        }
        IReadOnlyList<Extent> directory = WriteEnd(output, written, Comment, Zip64);
        return new(output.ToArray(), members, storeExtent, storeData, directory);
    }

    private (Extent Whole, Extent Data) Add(MemoryStream output, ZipFile file, List<(ZipFile File, long Offset, uint Crc, int Packed)> written)
    {
        byte[] packed = file.Deflated ? Deflate(file.Data) : file.Data;
        long start = output.Length;
        uint crc = Crc(file.Data);
        byte[] name = Encoding.UTF8.GetBytes(file.Name);
        var header = new MemoryStream();
        header.Write("PK\x03\x04"u8);
        Short(header, 20);
        Short(header, (ushort)(file.Flags | (file.HasDescriptor ? 8 : 0)));
        Short(header, file.Deflated ? 8 : 0);
        Int(header, 0x5C210000);
        Int(header, file.HasDescriptor ? 0 : crc);
        Int(header, file.HasDescriptor ? 0 : (uint)packed.Length);
        Int(header, file.HasDescriptor ? 0 : (uint)file.Data.Length);
        Short(header, name.Length);
        Short(header, file.Extra.Length);
        header.Write(name);
        header.Write(file.Extra);
        output.Write(header.ToArray());
        var data = new Extent(output.Length, packed.Length);
        output.Write(packed);
        if (file.HasDescriptor)
        {
            output.Write("PK\x07\x08"u8);
            Int(output, crc);
            Int(output, (uint)packed.Length);
            Int(output, (uint)file.Data.Length);
        }
        written.Add((file, start, crc, packed.Length));
        return (new(start, output.Length - start), data);
    }

    private static IReadOnlyList<Extent> WriteEnd(MemoryStream output, List<(ZipFile File, long Offset, uint Crc, int Packed)> written, byte[] comment, bool zip64)
    {
        long start = output.Length;
        List<Extent> hashed = [];
        foreach (var (file, offset, crc, packed) in written)
        {
            byte[] name = Encoding.UTF8.GetBytes(file.Name);
            byte[] extra = zip64 ? [1, 0, 8, 0, .. BitConverter.GetBytes(offset), .. file.Extra] : file.Extra;
            long header = output.Length;
            output.Write("PK\x01\x02"u8);
            Short(output, 20);
            Short(output, 20);
            Short(output, (ushort)(file.Flags | (file.HasDescriptor ? 8 : 0)));
            Short(output, file.Deflated ? 8 : 0);
            Int(output, 0x5C210000);
            long crcAt = output.Length;
            Int(output, crc);
            Int(output, (uint)packed);
            Int(output, (uint)file.Data.Length);
            Short(output, name.Length);
            Short(output, extra.Length);
            Short(output, 0);
            Short(output, 0);
            Short(output, 0);
            Int(output, 0);
            Int(output, zip64 ? uint.MaxValue : (uint)offset);
            output.Write(name);
            output.Write(extra);
            // The CRC of the store is left out: it depends on what is hashed.
            if (file.Name == StoreName) hashed.AddRange([new(header, crcAt - header), new(crcAt + 4, output.Length - crcAt - 4)]);
            else hashed.Add(new(header, output.Length - header));
        }
        long size = output.Length - start;
        if (zip64)
        {
            long record = output.Length;
            output.Write("PK\x06\x06"u8);
            output.Write(BitConverter.GetBytes(44L));
            Short(output, 45);
            Short(output, 45);
            Int(output, 0);
            Int(output, 0);
            foreach (long value in (long[])[written.Count, written.Count, size, start]) output.Write(BitConverter.GetBytes(value));
            output.Write("PK\x06\x07"u8);
            Int(output, 0);
            output.Write(BitConverter.GetBytes(record));
            Int(output, 1);
        }
        long end = output.Length;
        output.Write("PK\x05\x06"u8);
        Int(output, 0);
        Short(output, zip64 ? 0xFFFF : written.Count);
        Short(output, zip64 ? 0xFFFF : written.Count);
        Int(output, zip64 ? uint.MaxValue : (uint)size);
        Int(output, zip64 ? uint.MaxValue : (uint)start);
        Short(output, comment.Length);
        output.Write(comment);
        return [.. hashed, new(end, output.Length - end)];
    }

    private static string ContentTypes(string main, string type, params (string Part, string Type)[] others)
    {
        const string prefix = "application/vnd.openxmlformats-officedocument.";
        string overrides = string.Concat(others.Prepend((main, type)).Select(o => $"""<Override PartName="/{o.Item1}" ContentType="{prefix}{o.Item2}+xml"/>"""));
        return $"""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="c2pa" ContentType="application/c2pa"/>{overrides}</Types>
            """;
    }

    private static string Relationships(string main) => $"""
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{main}"/></Relationships>
        """;

    private static byte[] Deflate(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(bytes);
        return packed.ToArray();
    }

    private static void Short(MemoryStream output, int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        output.Write(bytes);
    }

    private static void Int(MemoryStream output, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        output.Write(bytes);
    }

    private static uint Crc(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? 0xEDB88320 ^ crc >> 1 : crc >> 1;
        }
        return ~crc;
    }
}
