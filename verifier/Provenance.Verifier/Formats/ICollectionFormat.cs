using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats;

/// <summary>One file in an archive.</summary>
/// <param name="Names">Its path, in every way its bytes may be read.</param>
/// <param name="Range">Its bytes as they are hashed: its header, its data as stored, what follows them.</param>
/// <param name="IsEmptyFolder">It is a folder and holds no bytes.</param>
internal sealed record CollectionMember(IReadOnlyList<string> Names, ByteRange Range, bool IsEmptyFolder);

/// <summary>The files of an archive, and its list of them.</summary>
/// <param name="Members">Every file but the manifest store, as the list has them.</param>
/// <param name="Directories">The list as it is hashed; more ways than one where the standard leaves it open.</param>
/// <param name="Gaps">What is neither a file nor the list nor the store, in file order.</param>
internal sealed record CollectionLayout(IReadOnlyList<CollectionMember> Members, IReadOnlyList<IReadOnlyList<ByteRange>> Directories, IReadOnlyList<CollectionGap> Gaps);

/// <summary>Bytes of an archive that belong to nothing in it.</summary>
/// <param name="Range">Where.</param>
/// <param name="IsHarmless">They are zeros or an older list of files: nobody takes them for content.</param>
internal sealed record CollectionGap(ByteRange Range, bool IsHarmless);

/// <summary>A format whose files are archives of files, bound one by one (C2PA 2.5 §A.6.2).</summary>
internal interface ICollectionFormat
{
    /// <summary>Walks the whole archive.</summary>
    /// <exception cref="MalformedDataException">It breaks its own rules, or its parts overlap.</exception>
    ValueTask<CollectionLayout> ReadCollectionAsync(AssetSource source, Limits limits, CancellationToken cancellation);
}
