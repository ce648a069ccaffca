using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Zip;

/// <summary>The members of an archive as a collection binds them, and what lies between them (C2PA 2.5 §A.6.2).</summary>
internal static class ZipCollection
{
    public static async ValueTask<CollectionLayout> ReadAsync(ReadWindow window, Limits limits)
    {
        var directory = await ZipDirectory.ReadAsync(window, limits).ConfigureAwait(false);
        var members = new List<CollectionMember>();
        var occupied = new List<ByteRange> { ByteRange.FromTo(directory.Range.Offset, window.Length) };
        foreach (var entry in directory.Entries.OrderBy(entry => entry.LocalHeader))
        {
            var member = await ZipMember.ReadAsync(window, entry, directory.Range.Offset).ConfigureAwait(false);
            occupied.Add(member.Range);
            // Folders need not be named.
            if (entry.IsEmptyFolder)
                await member.RequireAgreementAsync(window, entry).ConfigureAwait(false);
            if (!entry.IsStore)
                members.Add(new CollectionMember(entry.Names, member.Range, entry.IsEmptyFolder));
        }
        // Two files of the same bytes: some readers see one, some the other.
        var inOrder = occupied.OrderBy(range => range.Offset).ToList();
        for (int i = 1; i < inOrder.Count; i++)
        {
            if (inOrder[i].Offset < inOrder[i - 1].End)
                throw new MalformedDataException("ZIP", inOrder[i].Offset, "two files of the archive overlap");
        }
        var gaps = new List<CollectionGap>();
        foreach (var gap in ByteRange.Complement(occupied, window.Length))
            gaps.Add(new CollectionGap(gap, await IsHarmlessAsync(window, gap).ConfigureAwait(false)));
        return new CollectionLayout(members, DirectoriesOf(directory), gaps);
    }

    /// <summary>Every header without the CRC of the store's own (§A.6.2.2), then the end record; with ZIP64, of whose records the text says nothing, them too or not.</summary>
    private static IReadOnlyList<IReadOnlyList<ByteRange>> DirectoriesOf(ZipDirectory directory)
    {
        var headers = new List<ByteRange>();
        foreach (var entry in directory.Entries)
        {
            long crc = entry.Header.Offset + ZipEntry.CrcOffset;
            if (entry.IsStore)
                headers.AddRange([ByteRange.FromTo(entry.Header.Offset, crc), ByteRange.FromTo(crc + ZipEntry.CrcLength, entry.Header.End)]);
            else
                headers.Add(entry.Header);
        }
        IReadOnlyList<ByteRange> usual = [.. headers, directory.End];
        return directory.AllBehind == directory.End ? [usual] : [usual, [.. headers, directory.AllBehind]];
    }

    /// <summary>Zeros, or the directory of the archive before it was added to: whoever reads from the start takes neither for a file.</summary>
    private static async ValueTask<bool> IsHarmlessAsync(ReadWindow window, ByteRange gap)
    {
        try
        {
            if (await ZipDirectory.LengthOfOldAsync(window, gap).ConfigureAwait(false) == gap.Length)
                return true;
        }
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            return false;
        }
        for (long at = gap.Offset; at < gap.End;)
        {
            var bytes = await window.FromAsync(at, 1).ConfigureAwait(false);
            int count = (int)Math.Min(bytes.Length, gap.End - at);
            if (bytes.Span[..count].ContainsAnyExcept((byte)0))
                return false;
            at += count;
        }
        return true;
    }
}
