using Provenance.TestKit;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Trust;
using Xunit;

namespace Provenance.Tests.Rules;

/// <summary>A file to verify, and the policy to verify it with.</summary>
internal sealed record CaseFile(byte[] Bytes)
{
    /// <summary>The manifest store given beside the file.</summary>
    public byte[]? Detached { get; init; }

    /// <summary>The segments given beside an initialization segment.</summary>
    public IReadOnlyList<byte[]> Fragments { get; init; } = [];

    /// <summary>Where that store was fetched from, or could not be; null where nobody asked.</summary>
    public string? Fetched { get; init; }

    /// <summary>The folder the file lies in.</summary>
    public IAssetFolder? Folder { get; init; }

    /// <summary>The time to judge at.</summary>
    public DateTimeOffset Time { get; init; } = World.Now;

    /// <summary>None: issuers are not looked up.</summary>
    public IReadOnlyList<TrustList> Lists { get; init; } = [World.Signers, World.TimeStampers];

    public bool OlderTimeModel { get; init; }

    public Limits Limits { get; init; } = Limits.Default;

    /// <summary>What else the policy says; null for nothing.</summary>
    public Func<VerificationPolicy, VerificationPolicy>? Also { get; init; }

    /// <summary>Whether anybody who is told the anchors can verify it.</summary>
    public bool IsUsual => this == new CaseFile(Bytes) with { Lists = Lists } && Lists is [var first, var second] && first == World.Signers && second == World.TimeStampers;

    public VerificationPolicy Policy => (Also ?? (policy => policy))(Base);

    private VerificationPolicy Base => (Lists.Count == 0 ? VerificationPolicy.WithoutTrustAnchorsUnsafe(Time) : VerificationPolicy.WithTrust(Time, Lists))
        with
    { Limits = Limits, OlderTimeModel = OlderTimeModel };

    public AssetCompanions Companions => new()
    {
        Manifest = Detached is null ? null : new(Detached, Fetched),
        Inaccessible = Detached is null && Fetched is { } place ? new(place, "the host does not answer") : null,
        Fragments = [.. Fragments.Select((bytes, i) => new NamedSource($"segment {i + 1}", _ => ValueTask.FromResult(AssetSource.FromMemory(bytes))))],
        Folder = Folder,
    };

    public static implicit operator CaseFile(byte[] bytes) => new(bytes);

    public static implicit operator CaseFile(SignedAsset asset) => new(asset.Bytes);

    public static implicit operator CaseFile(SignedSegments film) => new CaseFile(film.Init.Bytes) with { Fragments = film.Segments };

    public ValueTask<VerificationReport> VerifyAsync() =>
        Provenance.Verifier.Verifier.VerifyAsync(AssetSource.FromMemory(Bytes), Companions, Policy, TestContext.Current.CancellationToken);
}

/// <summary>Reads well at the end of a case: <c>Signed(…).With(f => f.At("2030-01-01"))</c>.</summary>
internal static class CaseFiles
{
    public static CaseFile At(this CaseFile file, string time) => file with { Time = World.Utc(time) };

    public static CaseFile At(this SignedAsset asset, string time) => ((CaseFile)asset).At(time);

    public static CaseFile Trusting(this CaseFile file, params TrustList[] lists) => file with { Lists = lists };

    public static CaseFile Trusting(this SignedAsset asset, params TrustList[] lists) => ((CaseFile)asset).Trusting(lists);

    /// <summary>With the lists of the other cases, and what else the policy says.</summary>
    public static CaseFile Also(this SignedAsset asset, Func<VerificationPolicy, VerificationPolicy> change) => new CaseFile(asset.Bytes) with { Also = change };

    /// <summary>A sound stamp of an authority nobody lists is trusted for claims of version 1.</summary>
    public static CaseFile InOlderTimeModel(this SignedAsset asset) => new CaseFile(asset.Bytes) with { OlderTimeModel = true };

    /// <summary>The picture with another asset's store given beside it.</summary>
    public static CaseFile Beside(this byte[] bytes, SignedAsset detached) => new CaseFile(bytes) with { Detached = detached.Store };
}
