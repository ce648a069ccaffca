using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Formats;

namespace Provenance.Verifier.Bindings;

/// <summary>One file of a collection.</summary>
internal sealed record CollectionEntry(string Uri, ReadOnlyMemory<byte> Hash);

/// <summary>
/// The collection data hash (C2PA 2.5 §16.3.4, §14.12.5): a digest for each file of an archive or a folder, and one for an archive's directory.
/// <code>{ uris: [{ uri, hash, ?size, ?dc:format }], ?alg, ?zip_central_directory_hash }</code>
/// The reference writes uris as a map from uri to the rest, and reads nothing else; both are read here.
/// </summary>
internal sealed record CollectionHash(IReadOnlyList<CollectionEntry> Entries, string? Algorithm, ReadOnlyMemory<byte>? DirectoryHash) : HardBinding
{
    private const string Structure = "collection hash";

    /// <exception cref="MalformedDataException">uris, a uri or a hash is missing, or a uri is there twice.</exception>
    public static CollectionHash Read(CborValue value, Limits limits)
    {
        var entries = value["uris"] switch
        {
            { Kind: CborKind.Array } list => list.Items.Select(item => ReadEntry(item["uri"], item)).ToList(),
            { Kind: CborKind.Map } map => [.. map.Entries.Select(entry => ReadEntry(entry.Key, entry.Value))],
            _ => throw new MalformedDataException(Structure, value.Offset, "uris names the files (§14.12.5.1)"),
        };
        if (entries.Count == 0)
            throw new MalformedDataException(Structure, value.Offset, "uris names at least one file (§16.3.4)");
        if (entries.Count > limits.ContainerParts)
            throw new LimitExceededException(Structure, value.Offset, nameof(Limits.ContainerParts), limits.ContainerParts);
        if (entries.DistinctBy(entry => entry.Uri, StringComparer.Ordinal).Count() != entries.Count)
            throw new MalformedDataException(Structure, value.Offset, "each file is named once");
        return new(entries, value["alg"]?.Text is { Length: > 0 } alg ? alg : null, value["zip_central_directory_hash"]?.Bytes);
    }

    private static CollectionEntry ReadEntry(CborValue? uri, CborValue item) =>
        uri?.Text is { } text && item["hash"]?.Bytes is { IsEmpty: false } hash ? new(text, hash) : throw new MalformedDataException(Structure, item.Offset, "a file has a uri and a hash");

    /// <summary>Checks every file that is named, and in an archive that there is no other.</summary>
    /// <inheritdoc/>
    public override async ValueTask<BindingResult> CheckAsync(BoundAsset asset, string? claimAlgorithm, bool throughUpdates, CancellationToken cancellation)
    {
        if (HashAlgorithms.FromC2pa(Algorithm ?? claimAlgorithm) is not { } algorithm)
            return new(BindingOutcome.AlgorithmUnsupported, $"collection hash: sha256, sha384 or sha512 expected, '{Algorithm ?? claimAlgorithm}' found");
        // Records are named by URIs of their own, not by paths.
        if (asset.Map.Format is IRecordFormat records)
            return await RecordsHash.CheckAsync(asset, records, Entries.ToDictionary(entry => entry.Uri, entry => entry.Hash, StringComparer.Ordinal), algorithm, cancellation).ConfigureAwait(false);
        var paths = new List<(string Path, CollectionEntry Entry)>();
        foreach (var entry in Entries)
        {
            if (CollectionPath.Decode(entry.Uri) is not { } path)
                return new(BindingOutcome.InvalidUri, $"collection hash: '{entry.Uri}' is no path inside the collection (§14.12.5.1)");
            paths.Add((path, entry));
        }
        if (asset.Map.Format is ICollectionFormat archive)
            return await CheckArchiveAsync(asset, await archive.ReadCollectionAsync(asset.Source, asset.Limits, cancellation).ConfigureAwait(false), paths, algorithm, cancellation).ConfigureAwait(false);
        // A store inside another file, or beside one, would say nothing of that file.
        if (!asset.IsStoreAlone)
            return new(BindingOutcome.NotApplicable, $"collection hash: a {asset.Map.Format.Name} file is no collection");
        return asset.Folder is { } folder
            ? await CheckFolderAsync(asset, folder, paths, algorithm, cancellation).ConfigureAwait(false)
            : new(BindingOutcome.ContentAbsent, "the files that this manifest store speaks of are not here");
    }

    private async ValueTask<BindingResult> CheckArchiveAsync(
        BoundAsset asset, CollectionLayout layout, List<(string Path, CollectionEntry Entry)> paths, HashAlgorithm algorithm, CancellationToken cancellation)
    {
        if (DirectoryHash is not { } directoryHash)
            return BindingResult.Malformed("collection hash: zip_central_directory_hash is missing (§14.12.5.2)");
        var members = new Dictionary<string, CollectionMember>(StringComparer.Ordinal);
        foreach (var member in layout.Members)
        {
            foreach (string name in member.Names)
            {
                if (!members.TryAdd(WithoutSolidus(name), member))
                    return BindingResult.Mismatch($"collection hash: two files of the archive are called '{name}'");
            }
        }
        var found = new HashSet<CollectionMember>(ReferenceEqualityComparer.Instance);
        var bound = new List<(CollectionMember Member, CollectionEntry Entry)>();
        foreach (var (path, entry) in paths)
        {
            // As written first: a percent sign may be part of a name.
            if (!members.TryGetValue(WithoutSolidus(entry.Uri), out var member) && !members.TryGetValue(WithoutSolidus(path), out member))
                return new(BindingOutcome.FileCount, $"collection hash: '{entry.Uri}' is not in the archive");
            if (!found.Add(member))
                return BindingResult.Malformed($"collection hash: '{entry.Uri}' is named twice");
            bound.Add((member, entry));
        }
        // The directory's hash binds a file that is not named by its checksum alone, which anybody can meet.
        if (layout.Members.FirstOrDefault(member => !member.IsEmptyFolder && !found.Contains(member)) is { } unnamed)
            return BindingResult.Mismatch($"collection hash: '{unnamed.Names[0]}' is in the archive and not named");
        if (layout.Gaps.FirstOrDefault(gap => !gap.IsHarmless) is { } gap)
            return BindingResult.Mismatch($"collection hash: the bytes {gap.Range} belong to no file of the archive");
        if (await FindDirectoryAsync(asset, layout, directoryHash, algorithm, cancellation).ConfigureAwait(false) is not { } directory)
            return BindingResult.Mismatch("collection hash: the central directory does not match");
        foreach (var (member, entry) in bound)
        {
            byte[] actual = await asset.HashAsync(algorithm, [member.Range], cancellation).ConfigureAwait(false);
            if (!actual.AsSpan().SequenceEqual(entry.Hash.Span))
                return BindingResult.Mismatch($"collection hash: '{entry.Uri}' does not match");
        }
        var covered = bound.Select(file => file.Member.Range).Concat(directory).Concat(asset.StoreExtent).Concat(asset.LengthFields);
        return new(BindingOutcome.Match, $"collection hash: all {bound.Count} files and the central directory match") { Uncovered = ByteRange.Complement(covered, asset.Source.Length) };
    }

    /// <summary>The way of reading the archive's list that matches; null where none does.</summary>
    private static async ValueTask<IReadOnlyList<ByteRange>?> FindDirectoryAsync(BoundAsset asset, CollectionLayout layout, ReadOnlyMemory<byte> expected, HashAlgorithm algorithm, CancellationToken cancellation)
    {
        foreach (var directory in layout.Directories)
        {
            byte[] actual = await asset.HashAsync(algorithm, directory, cancellation).ConfigureAwait(false);
            if (actual.AsSpan().SequenceEqual(expected.Span))
                return directory;
        }
        return null;
    }

    private static async ValueTask<BindingResult> CheckFolderAsync(
        BoundAsset asset, IAssetFolder folder, List<(string Path, CollectionEntry Entry)> paths, HashAlgorithm algorithm, CancellationToken cancellation)
    {
        foreach (var (path, entry) in paths)
        {
            if (await folder.OpenAsync(path, cancellation).ConfigureAwait(false) is not { } file)
                return new(BindingOutcome.FileCount, $"collection hash: '{entry.Uri}' is not in the folder");
            await using (file.ConfigureAwait(false))
            {
                byte[] actual = await asset.HashAsync(algorithm, file, [DigestPart.Of(new ByteRange(0, file.Length))], cancellation).ConfigureAwait(false);
                if (!actual.AsSpan().SequenceEqual(entry.Hash.Span))
                    return BindingResult.Mismatch($"collection hash: '{entry.Uri}' does not match");
            }
        }
        return new(BindingOutcome.Match, $"collection hash: all {paths.Count} files that are named match; others in the folder were not looked at");
    }

    /// <summary>A folder is named with or without the solidus it has in an archive.</summary>
    private static string WithoutSolidus(string path) => path.EndsWith('/') ? path[..^1] : path;
}
