using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Pdf;

/// <summary>A manifest store of the document: where its bytes lie, and the revision that wrote it.</summary>
/// <param name="Data">The data of its stream.</param>
/// <param name="Filters">What they are packed with; none as a rule.</param>
/// <param name="Revision">0 for the newest.</param>
internal sealed record PdfStore(ByteRange Data, IReadOnlyList<string> Filters, int Revision);

/// <summary>
/// Finds the document's manifest stores (C2PA 2.5 §A.4.2): file specifications of the relationship C2PA_Manifest that the catalogue lists,
/// in each revision.
/// <code>
/// trailer /Root → catalogue /AF [ … ] → file specification /AFRelationship /C2PA_Manifest /EF &lt;&lt; /F … >> → stream
/// </code>
/// Those that an object inside the document lists speak of that object (§A.4.3) and not of the document.
/// </summary>
internal sealed class PdfStores(PdfDocument document)
{
    /// <summary>Associated files of one catalogue, or of one object.</summary>
    private const int AssociatedFiles = 1024;

    private readonly List<PdfStore> _found = [];

    public PdfDocument Document => document;

    /// <summary>The stores, those of the oldest revision first.</summary>
    public IReadOnlyList<PdfStore> Found => _found;

    /// <summary>A catalogue lists a store that cannot be read.</summary>
    public MalformedDataException? Fault { get; private set; }

    /// <summary>Looks where the standard says.</summary>
    /// <exception cref="MalformedDataException">The way to a catalogue, or to what it lists, is broken.</exception>
    public async ValueTask FindListedAsync()
    {
        for (int revision = document.Revisions - 1; revision >= 0; revision--)
        {
            var view = document.View(revision);
            var catalogue = await view.ResolveAsync(view.Trailer("Root")).ConfigureAwait(false);
            if (catalogue.Kind != PdfKind.Dictionary && revision == 0)
                throw new MalformedDataException("PDF", 0, "the trailer leads to no catalogue (§7.7.2)");
            foreach (var file in await ListAsync(view, catalogue["AF"]).ConfigureAwait(false))
                await AddAsync(view, file).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Looks through all objects of the newest revision: against §A.4.2.1 some catalogue may not list a store that an attachment or the tree
    /// of embedded files has.
    /// </summary>
    /// <exception cref="MalformedDataException">An object cannot be read.</exception>
    public async ValueTask FindUnlistedAsync()
    {
        var view = document.View(0);
        var specifications = new List<PdfValue>();
        var ofObjects = new HashSet<long>();
        MalformedDataException? broken = null;
        foreach (long number in document.Numbers(view.File.Limits))
        {
            var reference = new PdfValue(PdfKind.Reference) { Number = number };
            try
            {
                var value = await view.ResolveAsync(reference).ConfigureAwait(false);
                if (value["AFRelationship"].Is("C2PA_Manifest"))
                    specifications.Add(reference);
                foreach (var listed in PdfDocument.DictionariesIn(value).Select(dictionary => dictionary["AF"]).Where(list => list.Kind != PdfKind.Null))
                    ofObjects.UnionWith((await ListAsync(view, listed).ConfigureAwait(false)).Select(file => file.Number));
            }
            catch (MalformedDataException e) when (e is not LimitExceededException)
            {
                broken = e;
            }
        }
        // What cannot be read might be the object that one of them speaks of.
        if (broken is not null && specifications.Count > 0)
            throw broken;
        foreach (var specification in specifications.Where(reference => !ofObjects.Contains(reference.Number)))
            await AddAsync(view, specification).ConfigureAwait(false);
    }

    /// <summary>The elements of AF; one file specification instead of an array of them is easily understood.</summary>
    private static async ValueTask<IReadOnlyList<PdfValue>> ListAsync(PdfView view, PdfValue list)
    {
        var value = await view.ResolveAsync(list).ConfigureAwait(false);
        if (value.Items.Count > AssociatedFiles)
            throw new LimitExceededException("PDF", 0, "associated files", AssociatedFiles);
        return value.Kind == PdfKind.Array ? value.Items : value.Kind == PdfKind.Dictionary ? [list] : [];
    }

    private async ValueTask AddAsync(PdfView view, PdfValue file)
    {
        var specification = await view.ResolveAsync(file).ConfigureAwait(false);
        if (!specification["AFRelationship"].Is("C2PA_Manifest"))
            return;
        try
        {
            var embedded = await view.ResolveAsync(specification["EF"]).ConfigureAwait(false);
            var reference = embedded["F"] is { Kind: PdfKind.Reference } usual ? usual : embedded["UF"];
            if (await view.LoadAsync(reference).ConfigureAwait(false) is not { Data: not null } stream)
                throw new MalformedDataException("PDF C2PA_Manifest", 0, "the file specification leads to no embedded file (C2PA 2.5 §A.4.1)");
            var data = await view.File.DataAsync(stream, view).ConfigureAwait(false);
            if (_found.Exists(store => store.Data == data))
                return;
            if (_found.Exists(store => store.Data.Overlaps(data)))
                throw new MalformedDataException("PDF C2PA_Manifest", data.Offset, "two manifest stores overlap");
            _found.Add(new PdfStore(data, await PdfFile.FiltersAsync(stream, view).ConfigureAwait(false), document.RevisionOf(stream.Section)));
        }
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            Fault ??= e;
        }
    }
}
