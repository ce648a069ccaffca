using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Bmff;

/// <summary>What is told about a film inside its moov box: udta and meta of the film and of its tracks (ISO 14496-12 §8.10.1, QuickTime).</summary>
internal static class FilmTags
{
    /// <summary>The boxes, in file order; those before a fault where there is one.</summary>
    public static async ValueTask<IReadOnlyList<AssetRegion>> FindAsync(ReadWindow window, ByteRange moov, Limits limits)
    {
        var found = new List<AssetRegion>();
        var budget = new BoxBudget(limits);
        try
        {
            // The box itself is the one child of its range.
            var roots = BoxSequence.Children(window, budget, moov);
            if (await roots.NextAsync().ConfigureAwait(false) is not { Type: "moov" } film)
                return found;
            var boxes = BoxSequence.Children(window, budget, film.Content);
            while (await boxes.NextAsync().ConfigureAwait(false) is { } box)
            {
                if (box.Type == "trak")
                {
                    var parts = BoxSequence.Children(window, budget, box.Content);
                    while (await parts.NextAsync().ConfigureAwait(false) is { } part)
                        Add(found, part, "moov/trak");
                }
                else
                {
                    Add(found, box, "moov");
                }
            }
        }
        catch (LimitExceededException)
        {
            // Told less finely.
        }
        return found;
    }

    private static void Add(List<AssetRegion> found, BmffBox box, string where)
    {
        if (box.Type is "udta" or "meta")
            found.Add(new(box.Range, RegionKind.OtherMetadata, $"{where}/{box.Type}"));
    }
}
