using Provenance.Verifier.Bindings;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Checks;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Identity;
using Provenance.Verifier.Jumbf;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Status;

namespace Provenance.Verifier;

/// <summary>The front door: what does the credential of this asset prove?</summary>
public static class Verifier
{
    /// <inheritdoc cref="VerifyAsync(AssetSource, AssetCompanions, VerificationPolicy, CancellationToken)"/>
    public static ValueTask<VerificationReport> VerifyAsync(AssetSource source, VerificationPolicy policy, CancellationToken cancellation = default) =>
        VerifyAsync(source, AssetCompanions.None, policy, cancellation);

    /// <summary>
    /// Reads the asset's Content Credentials, checks them against its bytes and the policy, and reports what was proven. Nothing is
    /// fetched. A file that is malformed, over a limit or of no known format gives a report that says so; errors of reading the source,
    /// and cancellation, travel untouched.
    /// </summary>
    /// <param name="source">The asset; not disposed.</param>
    /// <param name="companions">What belongs to the asset and is not in it.</param>
    /// <param name="policy">Whom is trusted, as of when, within which limits.</param>
    /// <param name="cancellation">Honoured while reading and hashing.</param>
    public static async ValueTask<VerificationReport> VerifyAsync(AssetSource source, AssetCompanions companions, VerificationPolicy policy, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(companions);
        ArgumentNullException.ThrowIfNull(policy);
        var report = await ReadAsync(source, companions, policy, cancellation).ConfigureAwait(false);
        if (policy.WithDigest)
            report.Digest = await policy.Crypto.HashAsync(HashAlgorithm.Sha256, source, [DigestPart.Of(new ByteRange(0, source.Length))], null, cancellation).ConfigureAwait(false);
        return report;
    }

    private static async ValueTask<VerificationReport> ReadAsync(AssetSource source, AssetCompanions companions, VerificationPolicy policy, CancellationToken cancellation)
    {
        AssetMap map;
        try
        {
            var head = await source.ReadAsync(new ByteRange(0, Math.Min(AssetFormats.HeadLength, source.Length)), cancellation).ConfigureAwait(false);
            // A store beside a file can bind bytes of any kind.
            var format = AssetFormats.Find(head.Span) ?? (companions is { Manifest: null, Inaccessible: null } ? null : OtherFormat.Instance)
                ?? throw new MalformedDataException("asset", 0, source.Length == 0 ? "the file is empty" : "the first bytes are of no format this verifier knows");
            map = await format.MapAsync(source, policy.Limits, cancellation).ConfigureAwait(false);
        }
        catch (MalformedDataException fault)
        {
            return new(policy, LabelFacts.NothingChecked(CredentialPresence.Unreadable)) { Length = source.Length, Error = ReportError.From(fault) };
        }

        var located = Locate(map, companions);
        if (located.Fault is not null)
            return Unreadable(policy, map, source, located);
        if (located.Origin is ManifestOrigin.None or ManifestOrigin.Remote)
            return Elsewhere(policy, map, source, located, companions.Inaccessible);
        try
        {
            // Stores that count as one share the limit of one.
            if (located.Stores.Count > 1 && located.Stores.Sum(store => store.PayloadLength) > policy.Limits.StoreBytes)
                throw new LimitExceededException("manifest store", 0, nameof(Limits.StoreBytes), policy.Limits.StoreBytes);
            var stores = new List<ReadOnlyMemory<byte>>();
            foreach (var embedded in located.Stores)
                stores.Add(await StoreBytes.ReadAsync(source, embedded, policy.Limits, cancellation).ConfigureAwait(false));
            if (stores.Count == 0)
                stores.Add(companions.Manifest!.Bytes.Length <= policy.Limits.StoreBytes ? companions.Manifest.Bytes
                    : throw new LimitExceededException("manifest store", 0, nameof(Limits.StoreBytes), policy.Limits.StoreBytes));
            var asset = new BoundAsset(source, map, located.Stores, policy.Crypto, policy.Limits, policy.Progress) { Fragments = companions.Fragments, Folder = companions.Folder };
            return await CheckAsync(asset, policy, located, ManifestStore.Parse(stores, policy.Limits), cancellation).ConfigureAwait(false);
        }
        catch (MalformedDataException fault)
        {
            return Unreadable(policy, map, source, located with { Fault = fault });
        }
    }

    private sealed record Location(ManifestOrigin Origin)
    {
        /// <summary>The embedded stores that are read, as one.</summary>
        public IReadOnlyList<StoreLocation> Stores { get; init; } = [];

        /// <summary>Where the asset says a store is.</summary>
        public string? Remote { get; init; }

        /// <summary>Where a store that is not in the asset was found.</summary>
        public string? FoundAt { get; init; }

        /// <summary>Why what is there cannot be read.</summary>
        public MalformedDataException? Fault { get; init; }

        /// <summary>Why the XMP packet's pointer cannot be used.</summary>
        public string? XmpFault { get; init; }
    }

    /// <summary>Which store counts (§14.5): an embedded one, else one given beside the asset; else a pointer elsewhere is reported.</summary>
    private static Location Locate(AssetMap map, AssetCompanions companions)
    {
        if (map.StoreFault is { } fault)
            return new(ManifestOrigin.Embedded) { Fault = fault };
        if (map.Stores.Count > 1 && !map.StoresAreOne)
        {
            // §14.5 treats this as no manifest at all; we say why, so that a second store cannot make the first one vanish.
            return new(ManifestOrigin.Embedded)
            {
                Fault = new MalformedDataException(map.Format.Name, map.Stores[1].Extent[0].Offset, $"{map.Stores.Count} manifest stores where one may be (§14.5)"),
            };
        }
        if (map.Stores.Count > 0)
            return new(ManifestOrigin.Embedded) { Stores = map.Stores };
        var pointer = map.ManifestUrl is { } url ? new XmpProvenance(url, null) : map.Xmp is { } xmp ? XmpProvenance.Find(xmp.Span) : default;
        var origin = companions switch
        {
            { Manifest.Url: not null } => ManifestOrigin.Fetched,
            { Manifest.FoundAs: not null } => ManifestOrigin.Beside,
            { Manifest: not null } => ManifestOrigin.Detached,
            { Inaccessible: not null } => ManifestOrigin.Remote,
            _ => pointer.Reference is null ? ManifestOrigin.None : ManifestOrigin.Remote,
        };
        return new(origin) { Remote = pointer.Reference, XmpFault = pointer.Reason, FoundAt = companions.Manifest?.Url ?? companions.Manifest?.FoundAs };
    }

    /// <summary>The report where there is no store to read. One that could not be fetched is a fault of the way to it, not of the file (§14.5.3.1).</summary>
    private static VerificationReport Elsewhere(VerificationPolicy policy, AssetMap map, AssetSource source, Location located, InaccessibleManifest? inaccessible)
    {
        var findings = new Findings();
        if (inaccessible is not null)
            findings.Add(StatusCodes.ManifestInaccessible, JumbfUri.StoreUri, inaccessible.Reason);
        var presence = inaccessible is not null ? CredentialPresence.Inaccessible : located.Origin == ManifestOrigin.Remote ? CredentialPresence.Elsewhere : CredentialPresence.Absent;
        return new(policy, LabelFacts.NothingChecked(presence))
        {
            Map = map,
            MediaType = map.MediaType,
            Length = source.Length,
            Origin = located.Origin,
            RemoteManifest = inaccessible?.Url ?? located.Remote,
            Notes = located.XmpFault is { } fault ? [.. map.Notes, new FormatNote(0, fault)] : map.Notes,
            StoreFindings = findings.All,
        };
    }

    private static async ValueTask<VerificationReport> CheckAsync(
        BoundAsset asset, VerificationPolicy policy, Location located, ManifestStore store, CancellationToken cancellation)
    {
        var (source, map) = (asset.Source, asset.Map);
        if (store.Active is not { } active)
        {
            var unreadable = store.Unreadable.Count > 0 ? store.Unreadable[^1] : null;
            var findings = new Findings();
            findings.Add(unreadable is null ? StatusCodes.ClaimMissing : StatusCodes.ManifestCompressedInvalid, JumbfUri.StoreUri, unreadable?.Fault.Message ?? "the store holds no manifest");
            return new(policy, LabelFacts.NothingChecked(CredentialPresence.Malformed))
            {
                Map = map,
                MediaType = map.MediaType,
                Length = source.Length,
                Origin = located.Origin,
                ManifestLocation = located.FoundAt,
                RemoteManifest = located.Remote,
                Error = unreadable is null ? new ReportError("manifest store", 0, "the store holds no manifest", null) : ReportError.From(unreadable.Fault),
                Notes = map.Notes,
                StoreFindings = findings.All,
                Store = store,
            };
        }
        var run = new VerificationRun(store, policy);
        var result = await StoreVerification.RunAsync(run, active, asset, cancellation).ConfigureAwait(false);
        var input = Verdict.InputFor(result, policy.Unvouched);
        var facts = Verdict.From(input);
        // Behind the verdict on the manifest, which does not rest on it.
        var identities = await IdentityVerification.RunAsync(run, result, facts, cancellation).ConfigureAwait(false);
        if (result.ContentAbsent is not null)
            facts = facts with { Presence = CredentialPresence.Alone };
        return new(policy, facts)
        {
            Map = map,
            MediaType = map.MediaType,
            Length = source.Length,
            Origin = located.Origin,
            ManifestLocation = located.FoundAt,
            RemoteManifest = located.Remote,
            Notes = map.Notes,
            Store = store,
            Result = result,
            Statements = result.ContentAbsent is null ? null : Verdict.From(input with { HasBinding = ManifestTypeCheck.NamesContent(result.ContentChain[^1]) }),
            // What speaks of a parent that an update rests on counts as this file's own, and is told where it was found.
            IngredientFailures = [.. input.Sources, .. input.Active.Where(finding => finding.IsFailure).Except(result.Active.Findings.All)],
            RecordedIngredientFailures = input.Recorded,
            Signer = VerifiedSigner.Of(result.Active, facts),
            Identities = identities,
            Uncovered = result.Binding is { } binding ? await DescribeAsync(binding.Uncovered, asset, cancellation).ConfigureAwait(false) : null,
        };
    }

    private static StatusCode CodeFor(MalformedDataException fault, AssetMap map) =>
        fault is EncryptedDataException ? StatusCodes.ManifestInaccessibleEncrypted
        : map.LacksCheckpoint ? StatusCodes.AppendOnlyTextNoSentinel
        : StatusCodes.ManifestInaccessibleMalformed;

    private static VerificationReport Unreadable(VerificationPolicy policy, AssetMap map, AssetSource source, Location located)
    {
        var fault = located.Fault!;
        // A limit of ours says nothing about the file: no code, no state, and never "none".
        var findings = new Findings();
        if (fault is not LimitExceededException)
            findings.Add(CodeFor(fault, map), JumbfUri.StoreUri, fault.Message);
        return new(policy, LabelFacts.NothingChecked(fault is LimitExceededException ? CredentialPresence.Unreadable : CredentialPresence.Malformed))
        {
            Map = map,
            MediaType = map.MediaType,
            Length = source.Length,
            Origin = located.Origin,
            ManifestLocation = located.FoundAt,
            RemoteManifest = located.Remote,
            Error = ReportError.From(fault),
            Notes = map.Notes,
            StoreFindings = findings.All,
        };
    }

    /// <summary>Says of each uncovered range what the container's walk found there.</summary>
    private static async ValueTask<IReadOnlyList<UncoveredRange>> DescribeAsync(IReadOnlyList<ByteRange> ranges, BoundAsset asset, CancellationToken cancellation)
    {
        if (ranges.Count == 0)
            return [];
        var described = new List<UncoveredRange>();
        var regions = await FinestAsync(ranges, asset, cancellation).ConfigureAwait(false);
        foreach (var range in ranges)
        {
            long told = range.Offset;
            for (int next = ByteRange.FirstEndingBehind(regions, region => region.Range, range.Offset); next < regions.Count && regions[next].Range.Overlaps(range); next++)
            {
                var region = regions[next];
                described.Add(new(ByteRange.FromTo(Math.Max(range.Offset, region.Range.Offset), Math.Min(range.End, region.Range.End)), region.Kind, region.Name));
                told = described[^1].Range.End;
            }
            // Behind what was walked.
            if (told < range.End && ByteRange.FromTo(told, range.End) is var rest)
                described.Add(new(rest, await asset.IsBehindLastBoxAsync(rest, cancellation).ConfigureAwait(false) ? RegionKind.Trailing : RegionKind.Unknown, ""));
        }
        return described;
    }

    /// <summary>The regions, with what the format can tell about those that uncovered ranges lie in.</summary>
    private static async ValueTask<IReadOnlyList<AssetRegion>> FinestAsync(IReadOnlyList<ByteRange> ranges, BoundAsset asset, CancellationToken cancellation)
    {
        var regions = asset.Map.FineRegions;
        if (asset.Map.Format is not IInnerRegions format)
            return regions;
        var inner = new List<AssetRegion>();
        AssetRegion? last = null;
        foreach (var range in ranges)
        {
            int at = ByteRange.FirstEndingBehind(asset.Map.Regions, region => region.Range, range.Offset);
            for (; at < asset.Map.Regions.Count && asset.Map.Regions[at].Range.Overlaps(range); at++)
            {
                if (asset.Map.Regions[at] is var region && !ReferenceEquals(region, last))
                    inner.AddRange(await format.InsideAsync(asset.Source, last = region, asset.Limits, cancellation).ConfigureAwait(false));
            }
        }
        return inner.Count == 0 ? regions : FineRegions.Split(regions, inner);
    }
}
