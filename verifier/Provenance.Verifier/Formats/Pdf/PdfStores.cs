using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Pdf;

/// <summary>A manifest store of the document: where its bytes lie, and the revision that wrote it.</summary>
internal sealed record PdfStore(ByteRange Data, IReadOnlyList<string> Filters, int Revision);

/// <summary>
/// Finds the document's manifest stores (C2PA 2.5 §A.4.2): file specifications of the relationship C2PA_Manifest that the catalogue lists,
/// in each revision. Those that an object inside the document lists speak of that object (§A.4.3) and are no business of ours.
/// <code>
/// trailer /Root → catalogue /AF [ … ] → file specification /AFRelationship /C2PA_Manifest /EF &lt;&lt; /F … >> → stream
/// </code>
/// </summary>
internal sealed class PdfStores(PdfDocument document)
{
    /// <summary>Associated files of one catalogue.</summary>
    private const int AssociatedFiles = 1024;

    private readonly List<PdfStore> _found = [];

    /// <summary>The stores of all revisions, the oldest first.</summary>
    /// <exception cref="MalformedDataException">The way to a store is broken.</exception>
    public async ValueTask<IReadOnlyList<PdfStore>> FindAsync()
    {
        for (int revision = document.Revisions - 1; revision >= 0; revision--)
        {
            var view = document.View(revision);
            var catalogue = await view.ResolveAsync(view.Trailer("Root")).ConfigureAwait(false);
            var listed = await view.ResolveAsync(catalogue["AF"]).ConfigureAwait(false);
            // One file specification instead of an array of them is not what §7.11.3 says, and easily understood.
            IReadOnlyList<PdfValue> files = listed.Kind == PdfKind.Array ? listed.Items : listed.Kind == PdfKind.Dictionary ? [catalogue["AF"]] : [];
            if (files.Count > AssociatedFiles)
                throw new LimitExceededException("PDF catalogue", 0, "associated files", AssociatedFiles);
            foreach (var file in files)
                await AddAsync(view, file).ConfigureAwait(false);
        }
        return _found;
    }

    private async ValueTask AddAsync(PdfView view, PdfValue file)
    {
        var specification = await view.ResolveAsync(file).ConfigureAwait(false);
        if (!specification["AFRelationship"].Is("C2PA_Manifest"))
            return;
        var embedded = await view.ResolveAsync(specification["EF"]).ConfigureAwait(false);
        var reference = embedded["F"] is { Kind: PdfKind.Reference } usual ? usual : embedded["UF"];
        if (await view.LoadAsync(reference).ConfigureAwait(false) is not { Data: not null } stream)
            throw new MalformedDataException("PDF C2PA manifest", 0, "its file specification leads to no embedded file (§A.4.1)");
        var data = await view.File.DataAsync(stream, view).ConfigureAwait(false);
        if (!_found.Exists(store => store.Data == data))
            _found.Add(new PdfStore(data, PdfFile.FiltersOf(stream.Value), document.RevisionOf(stream.Section)));
    }
}
