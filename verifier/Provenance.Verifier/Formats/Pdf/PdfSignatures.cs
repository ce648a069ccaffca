using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Pdf;

/// <summary>
/// The values of a document's own signatures (ISO 32000-2 §12.8.1): the string Contents of a signature dictionary, which is written after the
/// manifest was signed and so may be left out of its hash (C2PA 2.5 §A.4.2.2).
/// <code>
/// catalogue /AcroForm /Fields [ … ] → field /Kids [ … ] → field /V → &lt;&lt; /ByteRange [ … ] /Contents &lt;30…&gt; >>
/// </code>
/// </summary>
internal static class PdfSignatures
{
    /// <summary>Fields looked at.</summary>
    private const int Fields = 4096;

    /// <summary>Where the strings stand, their delimiters included, in file order.</summary>
    /// <exception cref="MalformedDataException">The form cannot be read.</exception>
    public static async ValueTask<IReadOnlyList<ByteRange>> FindAsync(PdfView view)
    {
        var found = new List<ByteRange>();
        var catalogue = await view.ResolveAsync(view.Trailer("Root")).ConfigureAwait(false);
        var form = await view.ResolveAsync(catalogue["AcroForm"]).ConfigureAwait(false);
        var pending = new Queue<PdfValue>((await view.ResolveAsync(form["Fields"]).ConfigureAwait(false)).Items);
        var seen = new HashSet<long>();
        while (pending.TryDequeue(out var reference) && seen.Count < Fields)
        {
            if (!seen.Add(reference.Number) || await view.LoadAsync(reference).ConfigureAwait(false) is not { } field)
                continue;
            foreach (var kid in (await view.ResolveAsync(field.Value["Kids"]).ConfigureAwait(false)).Items.Take(Fields - seen.Count))
                pending.Enqueue(kid);
            // The value is an object of its own as a rule.
            var value = field.Value["V"];
            var signature = value.Kind == PdfKind.Dictionary ? field with { Value = value } : await view.LoadAsync(value).ConfigureAwait(false);
            if (signature is { IsPacked: false, Value: var dictionary } && dictionary["ByteRange"].Kind == PdfKind.Array && dictionary["Contents"].Range is { } contents)
                found.Add(contents);
        }
        return ByteRange.Merge(found);
    }
}
