namespace Provenance.Server.Resolution;

/// <summary>The registered manifest stores, and the soft bindings they are found by.</summary>
/// <remarks>Every member throws <see cref="Storage.StorageException"/> where the database does not do it.</remarks>
internal interface IManifestStore
{
    /// <summary>Keeps a store for good: when this returns <see cref="PublishOutcome.Published"/>, neither the end of the process nor of the machine loses it.</summary>
    Task<PublishResult> PublishAsync(NewManifest manifest, CancellationToken cancellation);

    /// <summary>The store whose active manifest has this identifier; null if there is none, or none any more.</summary>
    /// <param name="manifestId">The label of the active manifest, character by character.</param>
    /// <param name="activeManifestOnly">Whether to leave out every manifest but the active one.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    Task<RegisteredStore?> GetStoreAsync(string manifestId, bool activeManifestOnly, CancellationToken cancellation);

    /// <summary>What entries of an index stand for, in no order. Entries that are withdrawn by now are left out.</summary>
    Task<IReadOnlyList<FoundManifest>> FindAsync(IReadOnlyCollection<long> entries, CancellationToken cancellation);

    /// <summary>What was registered with exactly this value: first where the signer says so, then where only the publisher does, each latest first.</summary>
    /// <param name="algorithm">The algorithm's identifier.</param>
    /// <param name="value">The value's bytes.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    Task<IReadOnlyList<FoundManifest>> FindAsync(string algorithm, ReadOnlyMemory<byte> value, int most, CancellationToken cancellation);

    /// <summary>The changes after a number, in their order; no change of a lower number is ever told after one of a higher number.</summary>
    /// <param name="sequence">The last number that is known; 0 for none.</param>
    /// <param name="most">How many changes at most; only the last may be a withdrawal of more entries, all of which are told.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    Task<ChangeBatch> ChangesSinceAsync(long sequence, int most, CancellationToken cancellation);

    /// <summary>Ends a registration: the store and its bindings are deleted, and what is left is that it was withdrawn.</summary>
    /// <param name="manifestId">The label of the active manifest.</param>
    /// <param name="keyId">Whose registration it must be.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    Task<WithdrawOutcome> WithdrawAsync(string manifestId, string keyId, CancellationToken cancellation);

    /// <summary>Ends a registration for the operator, whoever made it, and keeps everybody from making it again, even if there is none.</summary>
    /// <param name="manifestId">The label of the active manifest.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    Task<BanOutcome> BanAsync(string manifestId, CancellationToken cancellation);
}

/// <summary>A manifest store that was checked, and by what it is to be found.</summary>
/// <param name="ManifestId">The label of its active manifest.</param>
/// <param name="Store">Its bytes.</param>
/// <param name="KeyId">Whose key it came with.</param>
/// <param name="Bindings">What finds it.</param>
internal sealed record NewManifest(string ManifestId, ReadOnlyMemory<byte> Store, string KeyId, IReadOnlyList<NewBinding> Bindings);

/// <summary>Who says that a value belongs to the content.</summary>
internal enum BindingSource
{
    /// <summary>The signer: it stands in the credential.</summary>
    Credential = 1,

    /// <summary>The publisher, beside the credential.</summary>
    Publisher = 2,
}

/// <summary>A value that finds a manifest.</summary>
/// <param name="Algorithm">The algorithm's identifier.</param>
/// <param name="Value">The value in its one form.</param>
/// <param name="Source">Whose word it is.</param>
/// <param name="Part">The part of the asset that it stands for, as JSON; null for all of it.</param>
internal sealed record NewBinding(string Algorithm, ReadOnlyMemory<byte> Value, BindingSource Source, string? Part = null);

internal enum PublishOutcome
{
    /// <summary>It was not there, and is now.</summary>
    Published,

    /// <summary>The same bytes were there already; nothing was changed.</summary>
    AlreadyThere,

    /// <summary>Other bytes are there under this identifier, and stay.</summary>
    Conflict,

    /// <summary>This key withdrew it, or the operator did: it stays so for this key, or for all.</summary>
    Withdrawn,
}

/// <summary>What came of publishing.</summary>
/// <param name="Outcome">That.</param>
/// <param name="Sequence">The number of the last change it made; 0 if it made none.</param>
internal sealed record PublishResult(PublishOutcome Outcome, long Sequence)
{
    /// <summary>What finds the store now that it is there; empty where it is not.</summary>
    public IReadOnlyList<NewBinding> Bindings { get; init; } = [];
}

internal enum WithdrawOutcome
{
    /// <summary>It was there, and is no more.</summary>
    Withdrawn,

    /// <summary>There is none, or it was withdrawn before.</summary>
    NotThere,

    /// <summary>Another key registered it.</summary>
    NotYours,
}

internal enum BanOutcome
{
    /// <summary>It was there, and is no more.</summary>
    Withdrawn,

    /// <summary>There is none, and will be none.</summary>
    NotThere,

    /// <summary>The operator did so before; nothing was changed.</summary>
    BannedBefore,
}

/// <summary>A store as it was published.</summary>
/// <param name="ManifestId">The label of its active manifest.</param>
/// <param name="Bytes">The bytes asked for.</param>
/// <param name="Sha256">The digest of all bytes of the store, whatever was asked for.</param>
/// <param name="ReceivedAt">When it was published.</param>
internal sealed record RegisteredStore(string ManifestId, ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Sha256, DateTimeOffset ReceivedAt);

/// <summary>What an entry stands for.</summary>
/// <param name="EntryId">The entry.</param>
/// <param name="ManifestId">The label of the active manifest.</param>
/// <param name="ReceivedAt">When it was published.</param>
/// <param name="Source">Whose word the value is.</param>
internal sealed record FoundManifest(long EntryId, string ManifestId, DateTimeOffset ReceivedAt, BindingSource Source);

/// <summary>An entry that counts now, or no longer does.</summary>
/// <param name="EntryId">Its number, which no other entry ever has.</param>
/// <param name="Algorithm">The algorithm's identifier; null for an entry that was withdrawn.</param>
/// <param name="Value">The value; null for an entry that was withdrawn.</param>
internal readonly record struct BindingChange(long EntryId, string? Algorithm, byte[]? Value)
{
    public bool IsWithdrawn => Algorithm is null;
}

/// <summary>Changes in their order.</summary>
/// <param name="Changes">The changes.</param>
/// <param name="LastSequence">From where to go on.</param>
/// <param name="IsLast">Whether there were no more.</param>
internal sealed record ChangeBatch(IReadOnlyList<BindingChange> Changes, long LastSequence, bool IsLast);
