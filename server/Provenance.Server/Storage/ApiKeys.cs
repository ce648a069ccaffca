using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Provenance.Server.Guards;

namespace Provenance.Server.Storage;

/// <inheritdoc/>
internal sealed class ApiKeys(StorageDatabase database, TimeProvider clock) : IApiKeys, IDisposable
{
    /// <summary>How old what is known of the keys may be.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    // What a key looks like: "provenance_", 12 digits that are its public name, "_", 256 random bits as Base64 for addresses.
    private const string Prefix = "provenance_";
    private const int IdBytes = 6, SecretBytes = 32, SecretLength = 43;
    private const int Length = 11 + 2 * IdBytes + 1 + SecretLength;

    private readonly SemaphoreSlim _reading = new(1);
    private volatile Known? _known;

    public async ValueTask<ApiKey?> FindAsync(string presented, CancellationToken cancellation)
    {
        if (!IsOne(presented))
            return null;
        var known = _known is { } kept && clock.GetElapsedTime(kept.ReadAt) < Fresh ? kept : await ReadAsync(cancellation);
        return known.Keys.TryGetValue(IdOf(presented), out var row) && CryptographicOperations.FixedTimeEquals(row.Digest, DigestOf(presented)) ? row.Key : null;
    }

    /// <summary>Makes a key.</summary>
    /// <returns>What is kept of it, and the key itself, which nobody can ever be told again.</returns>
    public async Task<(ApiKey Kept, string Key)> AddAsync(string name, IReadOnlyList<string> scopes, CancellationToken cancellation)
    {
        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        string key = $"{Prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}";
        await database.WriteAsync(
            async (context, transaction) =>
            {
                context.Add(new ApiKeyRow { Id = id, Name = name, Digest = DigestOf(key), Scopes = string.Join(' ', scopes), CreatedAt = clock.GetUtcNow() });
                await context.SaveChangesAsync(cancellation);
                await transaction.CommitAsync(cancellation);
                return true;
            },
            cancellation);
        return (new(id, name, scopes), key);
    }

    /// <summary>Every key that was ever made, oldest first.</summary>
    public async Task<IReadOnlyList<ApiKeyRow>> ListAsync(CancellationToken cancellation) =>
        await database.ReadAsync(context => context.ApiKeys.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellation), cancellation);

    /// <summary>Ends a key. What was published with it stays.</summary>
    /// <returns>Whether there is such a key.</returns>
    public Task<bool> RevokeAsync(string id, CancellationToken cancellation) => database.WriteAsync(
        async (context, transaction) =>
        {
            if (await context.ApiKeys.AsTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is not { } row)
                return false;
            row.RevokedAt ??= clock.GetUtcNow();
            await context.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return true;
        },
        cancellation);

    // 256 random bits need no slow hash: there is nothing to guess.
    private static byte[] DigestOf(string key) => SHA256.HashData(Encoding.ASCII.GetBytes(key));

    private static string IdOf(string key) => key.Substring(Prefix.Length, 2 * IdBytes);

    private static bool IsOne(string presented) => presented.Length == Length && presented.StartsWith(Prefix, StringComparison.Ordinal) && Ascii.IsValid(presented);

    /// <summary>Reads all keys: they are few. One reads, the others wait for it.</summary>
    private async Task<Known> ReadAsync(CancellationToken cancellation)
    {
        var before = _known;
        await _reading.WaitAsync(cancellation);
        try
        {
            if (_known is { } meanwhile && meanwhile != before)
                return meanwhile;
            long readAt = clock.GetTimestamp();
            var rows = await database.ReadAsync(context => context.ApiKeys.Where(row => row.RevokedAt == null).ToListAsync(cancellation), cancellation);
            var keys = rows.ToDictionary(row => row.Id, row => (new ApiKey(row.Id, row.Name, row.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries)), row.Digest), StringComparer.Ordinal);
            return _known = new(keys, readAt);
        }
        // Better who was known before than nobody: rates go on, and what would be written fails by itself.
        catch (StorageException) when (before is not null)
        {
            return _known = before with { ReadAt = clock.GetTimestamp() };
        }
        finally
        {
            _reading.Release();
        }
    }

    private sealed record Known(IReadOnlyDictionary<string, (ApiKey Key, byte[] Digest)> Keys, long ReadAt);

    public void Dispose() => _reading.Dispose();
}
