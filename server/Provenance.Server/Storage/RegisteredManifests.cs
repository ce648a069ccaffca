using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Provenance.Server.Resolution;

namespace Provenance.Server.Storage;

/// <inheritdoc/>
internal sealed class RegisteredManifests(StorageDatabase database, TimeProvider clock) : IManifestStore
{
    /// <summary>How many entries one question to the database names.</summary>
    private const int MostEntries = 1000;

    // One statement sees the database as it was at one moment. Each half has its own limit, or PostgreSQL would sort all that is left of a
    // million rows each time.
    private const string Changes = """
        SELECT * FROM (SELECT id AS number, algorithm, value, 0 AS first_entry, 0 AS last_entry FROM soft_bindings WHERE id > @since ORDER BY id LIMIT @most) AS added
        UNION ALL
        SELECT * FROM (SELECT id, CAST(NULL AS text), CAST(NULL AS bytea), first_entry, last_entry FROM withdrawals WHERE id > @since ORDER BY id LIMIT @most) AS ended
        ORDER BY number LIMIT @most
        """;

    public Task<PublishResult> PublishAsync(NewManifest manifest, CancellationToken cancellation)
    {
        byte[] store = manifest.Store.ToArray(), digest = SHA256.HashData(store);
        return database.WriteAsync(
            async (context, transaction) =>
            {
                // First of all: from here on nobody else registers anything, so what is found below stays true.
                long number = await transaction.TakeNumbersAsync(1 + manifest.Bindings.Count, cancellation);
                if (await context.Withdrawals.AnyAsync(row => row.ManifestId == manifest.ManifestId && (row.WithdrawnBy == null || row.WithdrawnBy == manifest.KeyId), cancellation))
                    return new(PublishOutcome.Withdrawn, 0);
                if (await context.Manifests.Where(row => row.ManifestId == manifest.ManifestId).Select(row => new { row.Id, row.Sha256 }).SingleOrDefaultAsync(cancellation) is { } there)
                {
                    if (!there.Sha256.AsSpan().SequenceEqual(digest))
                        return new PublishResult(PublishOutcome.Conflict, 0);
                    var bindings = await context.SoftBindings.Where(row => row.ManifestRowId == there.Id).OrderBy(row => row.Id)
                        .Select(row => new NewBinding(row.Algorithm, row.Value, row.Source, row.Part)).ToListAsync(cancellation);
                    return new PublishResult(PublishOutcome.AlreadyThere, 0) { Bindings = bindings };
                }
                context.Add(new ManifestRow
                {
                    Id = number,
                    ManifestId = manifest.ManifestId,
                    Sha256 = digest,
                    ReceivedAt = clock.GetUtcNow(),
                    Store = store,
                    PublishedBy = manifest.KeyId,
                    Bindings =
                    [
                        .. manifest.Bindings.Select(binding => new SoftBindingRow
                        {
                            Id = ++number,
                            Algorithm = binding.Algorithm,
                            Value = binding.Value.ToArray(),
                            Source = binding.Source,
                            Part = binding.Part,
                        }),
                    ],
                });
                await context.SaveChangesAsync(cancellation);
                await transaction.CommitAsync(cancellation);
                return new PublishResult(PublishOutcome.Published, number) { Bindings = manifest.Bindings };
            },
            cancellation);
    }

    public Task<RegisteredStore?> GetStoreAsync(string manifestId, bool activeManifestOnly, CancellationToken cancellation) => database.ReadAsync(
        async context => await context.Manifests.SingleOrDefaultAsync(row => row.ManifestId == manifestId, cancellation) is { } row
            ? new RegisteredStore(row.ManifestId, activeManifestOnly ? ActiveManifest.Alone(row.Store, row.ManifestId) : row.Store, row.Sha256, row.ReceivedAt)
            : null,
        cancellation);

    public async Task<IReadOnlyList<FoundManifest>> FindAsync(IReadOnlyCollection<long> entries, CancellationToken cancellation)
    {
        var found = new List<FoundManifest>();
        foreach (long[] part in entries.Chunk(MostEntries))
        {
            found.AddRange(await database.ReadAsync(
                context => Found(context.SoftBindings.Where(row => part.Contains(row.Id))).ToListAsync(cancellation), cancellation));
        }
        return found;
    }

    public async Task<IReadOnlyList<FoundManifest>> FindAsync(string algorithm, ReadOnlyMemory<byte> value, int most, CancellationToken cancellation)
    {
        byte[] bytes = value.ToArray();
        return await database.ReadAsync(
            context => Found(context.SoftBindings.Where(row => row.Algorithm == algorithm && row.Value == bytes).OrderBy(row => row.Source).ThenByDescending(row => row.Id).Take(most)).ToListAsync(cancellation),
            cancellation);
    }

    public Task<ChangeBatch> ChangesSinceAsync(long sequence, int most, CancellationToken cancellation) => database.ReadRawAsync(
        async connection =>
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Changes;
            Add(command, "since", sequence);
            Add(command, "most", most);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var changes = new List<BindingChange>();
            string algorithm = "";
            long last = sequence;
            int rows = 0;
            // A row may be a withdrawal of thousands of entries.
            for (; changes.Count < most && await reader.ReadAsync(cancellation); rows++)
            {
                last = reader.GetInt64(0);
                if (reader.IsDBNull(1))
                {
                    for (long entry = reader.GetInt64(3); entry <= reader.GetInt64(4); entry++)
                        changes.Add(new(entry, null, null));
                    continue;
                }
                string name = reader.GetString(1);
                algorithm = name == algorithm ? algorithm : name; // a million rows share one
                changes.Add(new(last, algorithm, (byte[])reader[2]));
            }
            return new ChangeBatch(changes, last, changes.Count < most && rows < most);
        },
        cancellation);

    public Task<WithdrawOutcome> WithdrawAsync(string manifestId, string keyId, CancellationToken cancellation) => database.WriteAsync(
        async (context, transaction) =>
        {
            long number = await transaction.TakeNumbersAsync(1, cancellation);
            var row = await context.Manifests.Where(row => row.ManifestId == manifestId).Select(row => new { row.PublishedBy }).SingleOrDefaultAsync(cancellation);
            if (row is null)
                return WithdrawOutcome.NotThere;
            if (row.PublishedBy != keyId)
                return WithdrawOutcome.NotYours;
            await RemoveAsync(context, number, manifestId, keyId, cancellation);
            await transaction.CommitAsync(cancellation);
            return WithdrawOutcome.Withdrawn;
        },
        cancellation);

    public Task<BanOutcome> BanAsync(string manifestId, CancellationToken cancellation) => database.WriteAsync(
        async (context, transaction) =>
        {
            long number = await transaction.TakeNumbersAsync(1, cancellation);
            if (await context.Withdrawals.AnyAsync(row => row.ManifestId == manifestId && row.WithdrawnBy == null, cancellation))
                return BanOutcome.BannedBefore;
            bool wasThere = await RemoveAsync(context, number, manifestId, keyId: null, cancellation);
            await transaction.CommitAsync(cancellation);
            return wasThere ? BanOutcome.Withdrawn : BanOutcome.NotThere;
        },
        cancellation);

    /// <summary>Leaves a withdrawal, and takes away what is registered.</summary>
    /// <returns>Whether there was anything.</returns>
    private async Task<bool> RemoveAsync(StorageContext context, long number, string manifestId, string? keyId, CancellationToken cancellation)
    {
        var row = await context.Manifests.Where(row => row.ManifestId == manifestId)
            .Select(row => new { row.Id, row.Sha256, Last = row.Bindings.Max(binding => (long?)binding.Id) }).SingleOrDefaultAsync(cancellation);
        long first = row is null ? number : row.Id + 1;
        context.Add(new WithdrawalRow
        {
            Id = number,
            ManifestId = manifestId,
            Sha256 = row?.Sha256,
            FirstEntry = first,
            LastEntry = row?.Last ?? first - 1,
            WithdrawnAt = clock.GetUtcNow(),
            WithdrawnBy = keyId,
        });
        await context.SaveChangesAsync(cancellation); // before the rest: rows go only where a withdrawal stands
        if (row is null)
            return false;
        await context.SoftBindings.Where(binding => binding.ManifestRowId == row.Id).ExecuteDeleteAsync(cancellation);
        await context.Manifests.Where(manifest => manifest.Id == row.Id).ExecuteDeleteAsync(cancellation);
        return true;
    }

    private static IQueryable<FoundManifest> Found(IQueryable<SoftBindingRow> rows) =>
        rows.Select(row => new FoundManifest(row.Id, row.Manifest!.ManifestId, row.Manifest.ReceivedAt, row.Source));

    private static void Add(DbCommand command, string name, long value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
