using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Pdf;

/// <summary>What is what in a document: its stores, its XMP, its own signatures; all else is content.</summary>
internal static class PdfRegions
{
    public static async ValueTask AddAsync(AssetWalk walk, PdfFile file, PdfStores stores)
    {
        var view = stores.Document.View(0);
        var parts = new List<AssetRegion>();
        foreach (var store in stores.Found)
            parts.Add(new(store.Data, RegionKind.ManifestStore, "C2PA_Manifest"));
        await AddStoresAsync(walk, stores, isEncrypted: view.Trailer("Encrypt").Kind != PdfKind.Null).ConfigureAwait(false);
        try
        {
            if (await FindXmpAsync(walk, file, view).ConfigureAwait(false) is { } xmp)
                parts.Add(new(xmp, RegionKind.Xmp, "Metadata"));
            foreach (var contents in walk.HasStore ? await PdfSignatures.FindAsync(view).ConfigureAwait(false) : [])
                parts.Add(new(contents, RegionKind.OtherMetadata, "signature Contents"));
        }
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            walk.Note(e.Offset, e.Message);
        }

        long at = 0;
        foreach (var part in parts.OrderBy(part => part.Range.Offset))
        {
            if (part.Range.Offset < at)
                continue;
            if (part.Range.Offset > at)
                walk.Region(ByteRange.FromTo(at, part.Range.Offset), RegionKind.Media, "objects");
            if (part.Range.Length > 0)
                walk.Region(part.Range, part.Kind, part.Name);
            at = part.Range.End;
        }
        if (at < file.Length)
            walk.Region(ByteRange.FromTo(at, file.Length), RegionKind.Media, "objects");
    }

    /// <summary>One store for each update section; several in one are none, and those of earlier sections remain (C2PA 2.5 §14.5.2.2).</summary>
    private static async ValueTask AddStoresAsync(AssetWalk walk, PdfStores stores, bool isEncrypted)
    {
        walk.StoreFault(stores.Fault);
        foreach (var section in stores.Found.GroupBy(store => store.Revision).Select(group => group.ToList()))
        {
            if (section.Count > 1)
            {
                var several = new MalformedDataException("PDF C2PA_Manifest", section[1].Data.Offset, $"{section.Count} manifest stores in one update section, where one may be (C2PA 2.5 §14.5.2.2)");
                walk.Note(several.Offset, several.Message);
                // None at all would be a file without credentials.
                if (stores.Found.Count == section.Count)
                    walk.StoreFault(several);
                continue;
            }
            var (data, filters) = (section[0].Data, section[0].Filters);
            if (isEncrypted && !await IsClearAsync(walk.Window, data).ConfigureAwait(false))
                walk.StoreFault(new EncryptedDataException("PDF C2PA_Manifest", data.Offset, "the embedded file is encrypted (C2PA 2.5 §A.4.1 wants an Identity crypt filter)"));
            else if (filters is not [])
                walk.StoreFault(new MalformedDataException("PDF C2PA_Manifest", data.Offset, $"the embedded file is packed ({string.Join(", ", filters)}); a manifest store that is hashed around lies as it is"));
            else
                walk.Store(new StoreLocation([data], [data]));
        }
    }

    /// <summary>The first box of a store, which encrypted bytes do not look like.</summary>
    private static async ValueTask<bool> IsClearAsync(ReadWindow window, ByteRange data)
    {
        var start = await window.AtAsync(data.Offset, (int)Math.Min(data.Length, 8)).ConfigureAwait(false);
        return start.Length == 8 && start.Span[4..].SequenceEqual("jumb"u8);
    }

    /// <summary>The packet of the document, which stands in the clear as a rule, so that it can be found by those who do not know PDF.</summary>
    private static async ValueTask<ByteRange?> FindXmpAsync(AssetWalk walk, PdfFile file, PdfView view)
    {
        var catalogue = await view.ResolveAsync(view.Trailer("Root")).ConfigureAwait(false);
        if (await view.LoadAsync(catalogue["Metadata"]).ConfigureAwait(false) is not { Data: not null } stream)
            return null;
        var data = await file.DataAsync(stream, view).ConfigureAwait(false);
        if (await PdfFile.FiltersAsync(stream, view).ConfigureAwait(false) is [])
            await walk.XmpAsync(data).ConfigureAwait(false);
        else
        {
            var packet = await file.UnpackAsync(stream, view).ConfigureAwait(false);
            walk.Xmp(data.Offset, packet);
            walk.Metadata(new MetadataLocation(MetadataBlockKind.Xmp, MetadataForm.Plain, [data]) { Unpacked = packet });
        }
        return data;
    }
}
