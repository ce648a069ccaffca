using Provenance.Server.Resolution;

namespace Provenance.Server.Storage;

/// <summary>A registered manifest store. Never changed; deleted when it is withdrawn.</summary>
internal sealed class ManifestRow
{
    /// <summary>The number of the change that made it.</summary>
    public required long Id { get; init; }

    /// <summary>The label of its active manifest.</summary>
    public required string ManifestId { get; init; }

    public required byte[] Sha256 { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required byte[] Store { get; init; }

    /// <summary>The key; null of stores older than keys.</summary>
    public string? PublishedBy { get; init; }

    public List<SoftBindingRow> Bindings { get; init; } = [];
}

/// <summary>A value that finds a manifest: an entry of the indexes. Never changed; deleted with its manifest.</summary>
internal sealed class SoftBindingRow
{
    /// <summary>The number of the change that made it.</summary>
    public required long Id { get; init; }

    public long ManifestRowId { get; init; }

    public ManifestRow? Manifest { get; init; }

    public required string Algorithm { get; init; }

    public required byte[] Value { get; init; }

    public required BindingSource Source { get; init; }

    public string? Part { get; init; }
}

/// <summary>What is left of a store that was withdrawn, or that the operator keeps out. Never changed, never deleted.</summary>
internal sealed class WithdrawalRow
{
    /// <summary>The number of the change.</summary>
    public required long Id { get; init; }

    public required string ManifestId { get; init; }

    /// <summary>Null where nothing was registered.</summary>
    public byte[]? Sha256 { get; init; }

    public required long FirstEntry { get; init; }

    /// <summary>Below <see cref="FirstEntry"/> where there were none.</summary>
    public required long LastEntry { get; init; }

    public required DateTimeOffset WithdrawnAt { get; init; }

    /// <summary>The key, which it binds; null of the operator, who binds everybody.</summary>
    public string? WithdrawnBy { get; init; }
}

/// <summary>A key, of which only a digest is kept. Changed once, when it is revoked; never deleted.</summary>
internal sealed class ApiKeyRow
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required byte[] Digest { get; init; }

    /// <summary>Separated by spaces.</summary>
    public required string Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }
}
