using System.Data.Common;
using Provenance.Server.Resolution;
using Provenance.Server.Storage;
using Provenance.Server.Storage.Schema;
using Xunit;

namespace Provenance.Server.Tests.Storage;

/// <summary>The steps from a version of the database to the next, and what the database itself holds to.</summary>
public sealed class SchemaTests
{
    private const string Digest = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>What a server of each version may have left behind. Never changed once that version is released.</summary>
    private static readonly Dictionary<int, Func<Func<string, string>, string[]>> Rows = new()
    {
        [1] = bytes =>
        [
            "UPDATE change_counter SET value = 3",
            $"INSERT INTO manifests (id, manifest_id, sha256, received_at, store) VALUES (1, 'urn:c2pa:one', {bytes(Digest)}, 1700000000000, {bytes("0102")})",
            $"INSERT INTO soft_bindings (id, manifest, algorithm, value, source, part) VALUES (2, 1, 'one', {bytes("0A")}, 1, NULL), (3, 1, 'two', {bytes("0B")}, 2, '{{}}')",
        ],
        [2] = bytes =>
        [
            $"INSERT INTO api_keys (id, name, digest, scopes, created_at) VALUES ('0123456789ab', 'Somebody', {bytes(Digest)}, 'publish', 1700000000000)",
            "UPDATE change_counter SET value = 5",
            $"INSERT INTO manifests (id, manifest_id, sha256, received_at, store, published_by) VALUES (4, 'urn:c2pa:two', {bytes(Digest)}, 1700000000000, {bytes("0304")}, '0123456789ab')",
            $"INSERT INTO soft_bindings (id, manifest, algorithm, value, source) VALUES (5, 4, 'one', {bytes("0C")}, 1)",
        ],
        [3] = bytes =>
        [
            "UPDATE change_counter SET value = 6",
            $"INSERT INTO withdrawals (id, manifest_id, sha256, first_entry, last_entry, withdrawn_at, withdrawn_by) VALUES (6, 'urn:c2pa:two', {bytes(Digest)}, 5, 5, 1700000000000, '0123456789ab')",
            "DELETE FROM soft_bindings WHERE manifest = 4",
            "DELETE FROM manifests WHERE id = 4",
        ],
        [4] = bytes =>
        [
            $"INSERT INTO api_keys (id, name, digest, scopes, created_at) VALUES ('ba9876543210', 'Somebody else', {bytes("01" + Digest[2..])}, 'publish', 1700000000000)",
            "UPDATE change_counter SET value = 10",
            $"INSERT INTO manifests (id, manifest_id, sha256, received_at, store, published_by) VALUES (7, 'urn:c2pa:two', {bytes(Digest)}, 1700000000000, {bytes("0304")}, 'ba9876543210')",
            $"INSERT INTO soft_bindings (id, manifest, algorithm, value, source) VALUES (8, 7, 'one', {bytes("0C")}, 1)",
            $"INSERT INTO withdrawals (id, manifest_id, sha256, first_entry, last_entry, withdrawn_at, withdrawn_by) VALUES (9, 'urn:c2pa:two', {bytes(Digest)}, 8, 8, 1700000000000, 'ba9876543210')",
            "DELETE FROM soft_bindings WHERE manifest = 7",
            "DELETE FROM manifests WHERE id = 7",
            "INSERT INTO withdrawals (id, manifest_id, first_entry, last_entry, withdrawn_at) VALUES (10, 'urn:c2pa:three', 10, 9, 1700000000000)",
        ],
    };

    [Theory, OnBoth]
    public async Task A_database_of_every_earlier_version_becomes_like_a_new_one_and_keeps_its_rows(Engine engine)
    {
        await using var fresh = await TestDatabase.MakeAsync(engine);
        await fresh.UpgradeAsync();
        var expected = await fresh.SchemaAsync();
        Assert.NotEmpty(expected);
        Assert.Equal(StorageSchema.Steps.Count, Rows.Count); // whoever adds a step says what it may have left behind

        for (int version = 0; version <= StorageSchema.Steps.Count; version++)
        {
            await using var database = await TestDatabase.MakeAsync(engine);
            for (int made = 1; made <= version; made++)
            {
                await database.UpgradeAsync(made);
                await database.RunAsync(Rows[made](hex => engine == Engine.Sqlite ? $"X'{hex}'" : $"'\\x{hex}'::bytea"));
            }
            if (version > 0 && version < StorageSchema.Steps.Count)
                Assert.NotEqual(expected, await database.SchemaAsync());
            await database.UpgradeAsync();

            Assert.Equal(expected, await database.SchemaAsync());
            Assert.Equal(Enumerable.Range(1, StorageSchema.Steps.Count).Select(number => $"{number}"), await database.AskAsync("SELECT version FROM schema_version ORDER BY version"));
            var store = new RegisteredManifests(database.Node(), TimeProvider.System);
            var one = await store.GetStoreAsync("urn:c2pa:one", false, TestContext.Current.CancellationToken);
            Assert.Equal(version >= 1 ? [1, 2] : null, one?.Bytes.ToArray());
            Assert.Equal(version == 2, await store.GetStoreAsync("urn:c2pa:two", false, TestContext.Current.CancellationToken) is not null);
            var changes = await store.ChangesSinceAsync(0, 100, TestContext.Current.CancellationToken);
            Assert.Equal(version switch { 0 => [], 1 => [2L, 3L], 2 or 3 => [2L, 3L, 5L], _ => [2L, 3L, 5L, 8L] }, changes.Changes.Select(change => change.EntryId));
            Assert.Equal(version switch { 3 => [5L], 4 => [5L, 8L], _ => [] }, changes.Changes.Where(change => change.IsWithdrawn).Select(change => change.EntryId));
            if (version < 3)
                continue;
            // Who withdrew under an earlier version is bound, and nobody else.
            foreach (var (key, outcome) in new[] { ("0123456789ab", PublishOutcome.Withdrawn), ("ba9876543210", version == 3 ? PublishOutcome.Published : PublishOutcome.Withdrawn) })
            {
                if (version == 3 && key == "ba9876543210")
                    await database.RunAsync($"INSERT INTO api_keys (id, name, digest, scopes, created_at) VALUES ('{key}', 'Somebody else', {(engine == Engine.Sqlite ? $"X'01{Digest[2..]}'" : $"'\\x01{Digest[2..]}'::bytea")}, 'publish', 1)");
                Assert.Equal(outcome, (await store.PublishAsync(new NewManifest("urn:c2pa:two", new byte[] { 1 }, key, []), TestContext.Current.CancellationToken)).Outcome);
            }
        }
    }

    [Theory, OnBoth]
    public async Task A_database_of_a_later_version_is_refused_with_a_sentence(Engine engine)
    {
        await using var database = await TestDatabase.MakeAsync(engine);
        await database.UpgradeAsync();
        int last = StorageSchema.Steps.Count;
        await database.RunAsync($"INSERT INTO schema_version (version, applied_at) VALUES ({last + 1}, 1)");

        var refusal = await Assert.ThrowsAsync<StorageException>(() => database.UpgradeAsync());
        Assert.Equal(StorageFault.LaterVersion, refusal.Fault);
        Assert.StartsWith($"The database has version {last + 1}, and this server knows versions up to {last}", refusal.Message, StringComparison.Ordinal);
        await database.RunAsync($"DELETE FROM schema_version WHERE version = {last + 1}");
        await database.UpgradeAsync();
    }

    [Theory, OnBoth]
    public async Task Nodes_that_start_at_once_upgrade_it_once(Engine engine)
    {
        await using var database = await TestDatabase.MakeAsync(engine);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => database.UpgradeAsync())));
        Assert.Equal(["1", "2", "3", "4"], await database.AskAsync("SELECT version FROM schema_version ORDER BY version"));
        Assert.Equal(["1 | 0"], await database.AskAsync("SELECT id, value FROM change_counter"));
    }

    [Theory, OnBoth]
    public async Task An_upgrade_that_cannot_end_changes_nothing(Engine engine)
    {
        await using var database = await TestDatabase.MakeAsync(engine);
        await database.UpgradeAsync(1);
        await database.RunAsync("CREATE TABLE withdrawals (id INTEGER)"); // step 3 will meet it, when step 2 is done
        var before = await database.SchemaAsync();

        var refusal = await Assert.ThrowsAsync<StorageException>(() => database.UpgradeAsync());
        Assert.Equal(StorageFault.Damaged, refusal.Fault);
        Assert.Equal(before, await database.SchemaAsync());
        await database.RunAsync("DROP TABLE withdrawals");
        await database.UpgradeAsync();
        Assert.Equal([$"{StorageSchema.Steps.Count}"], await database.AskAsync("SELECT max(version) FROM schema_version"));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_alone()
    {
        await using var database = await TestDatabase.MakeAsync(Engine.Sqlite);
        string content = new('x', 5000);
        await File.WriteAllTextAsync(database.Connection.File!, content, TestContext.Current.CancellationToken);
        var refusal = await Assert.ThrowsAsync<StorageException>(() => database.UpgradeAsync());
        Assert.Equal(StorageFault.Damaged, refusal.Fault);
        Assert.Equal(content, await File.ReadAllTextAsync(database.Connection.File!, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_file_is_its_owners_alone()
    {
        await using var database = await TestDatabase.MakeAsync(Engine.Sqlite);
        await database.UpgradeAsync();
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(database.Connection.File!));
    }

    [Fact]
    public async Task SQLite_keeps_a_log_and_waits_for_the_disk()
    {
        await using var database = await TestDatabase.MakeAsync(Engine.Sqlite);
        var node = database.Node();
        foreach (var (pragma, expected) in new[] { ("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1") })
        {
            string found = await node.ReadRawAsync(
                async connection =>
                {
                    await using var command = connection.CreateCommand();
                    command.CommandText = $"PRAGMA {pragma}";
                    return $"{await command.ExecuteScalarAsync()}";
                },
                TestContext.Current.CancellationToken);
            Assert.Equal(expected, found);
        }
    }

    [Theory, OnBoth]
    public async Task Rows_go_only_where_a_younger_withdrawal_of_them_stands_and_each_withdraws_once(Engine engine)
    {
        await using var database = await TestDatabase.MakeAsync(engine);
        await database.UpgradeAsync();
        string Hex(string hex) => engine == Engine.Sqlite ? $"X'{hex}'" : $"'\\x{hex}'::bytea";
        string Key(string id, string digest) => $"INSERT INTO api_keys (id, name, digest, scopes, created_at) VALUES ('{id}', 'n', {Hex(digest + Digest[2..])}, '', 1)";
        string Manifest(int id, string name) => $"INSERT INTO manifests (id, manifest_id, sha256, received_at, store) VALUES ({id}, '{name}', {Hex(Digest)}, 1, {Hex("00")})";
        string Binding(int id, int manifest) => $"INSERT INTO soft_bindings (id, manifest, algorithm, value, source) VALUES ({id}, {manifest}, 'a', {Hex("00")}, 1)";
        string Withdrawal(int id, string name, string by, int first = 1, int last = 0, string? digest = null) =>
            $"INSERT INTO withdrawals (id, manifest_id, sha256, first_entry, last_entry, withdrawn_at, withdrawn_by) VALUES ({id}, '{name}', {(digest is null ? "NULL" : Hex(digest))}, {first}, {last}, 1, {by})";
        async Task RefusedAsync(string statement) => Assert.True(await Record.ExceptionAsync(() => database.RunAsync(statement)) is DbException, statement);

        await database.RunAsync(Key("aaaaaaaaaaaa", "01"), Key("bbbbbbbbbbbb", "02"));
        await database.RunAsync(Withdrawal(10, "x", "'aaaaaaaaaaaa'"), Manifest(11, "x"), Binding(12, 11), Manifest(13, "y"), Binding(14, 13));
        await RefusedAsync("DELETE FROM soft_bindings WHERE id = 12"); // the withdrawal is older
        await RefusedAsync("DELETE FROM manifests WHERE id = 11");
        await RefusedAsync(Withdrawal(15, "x", "'aaaaaaaaaaaa'"));
        await RefusedAsync(Withdrawal(15, "x", "'cccccccccccc'")); // no such key
        await RefusedAsync(Withdrawal(15, "x", "'bbbbbbbbbbbb'", 12, 15)); // of entries to come
        await RefusedAsync(Withdrawal(15, "x", "'bbbbbbbbbbbb'", digest: "00"));
        await database.RunAsync(Withdrawal(15, "x", "'bbbbbbbbbbbb'", 12, 14));
        await RefusedAsync("DELETE FROM soft_bindings WHERE id = 14"); // of another store, whatever numbers the withdrawal names
        await RefusedAsync("DELETE FROM manifests WHERE id = 13");
        await database.RunAsync("DELETE FROM soft_bindings WHERE id = 12", "DELETE FROM manifests WHERE id = 11");
        await database.RunAsync(Withdrawal(16, "x", "NULL"), Withdrawal(17, "z", "NULL", digest: Digest));
        await RefusedAsync(Withdrawal(18, "x", "NULL"));
        await RefusedAsync("UPDATE withdrawals SET withdrawn_at = 2");
        await RefusedAsync("DELETE FROM withdrawals WHERE id = 16");
    }

    [Theory, OnBoth]
    public async Task The_database_itself_refuses_what_is_against_the_rules(Engine engine)
    {
        await using var database = await TestDatabase.MakeAsync(engine);
        await database.UpgradeAsync();
        string Hex(string hex) => engine == Engine.Sqlite ? $"X'{hex}'" : $"'\\x{hex}'::bytea";
        string Manifest(int id, string urn = "'urn:c2pa:x'", string digest = Digest, string store = "00") =>
            $"INSERT INTO manifests (id, manifest_id, sha256, received_at, store) VALUES ({id}, {urn}, {Hex(digest)}, 1, {Hex(store)})";
        string Binding(int id, int manifest = 1, int source = 1, int length = 1, string algorithm = "'a'") =>
            $"INSERT INTO soft_bindings (id, manifest, algorithm, value, source) VALUES ({id}, {manifest}, {algorithm}, {Hex(string.Concat(Enumerable.Repeat("00", length)))}, {source})";

        await database.RunAsync(Manifest(1), Binding(2), Binding(3, length: 1024), Binding(4, source: 2), Binding(5, algorithm: $"'{new string('a', 100)}'"));
        await database.RunAsync(Manifest(6, urn: $"'{new string('u', 300)}'"));
        string[] refused =
        [
            Manifest(7), // the identifier is taken
            Manifest(1, urn: "'urn:c2pa:y'"), // the number is
            Manifest(8, urn: "'y'", digest: Digest[2..]), Manifest(8, urn: "'y'", digest: Digest + "00"), Manifest(8, urn: "'y'", store: ""),
            Manifest(8, urn: "''"), Manifest(8, urn: $"'{new string('u', 301)}'"), Manifest(8, urn: "NULL"),
            Binding(9, manifest: 99), Binding(9, source: 3), Binding(9, length: 0), Binding(9, length: 1025), Binding(9, algorithm: $"'{new string('a', 101)}'"), Binding(2),
            "UPDATE manifests SET received_at = 2", $"UPDATE soft_bindings SET value = {Hex("01")}", "DELETE FROM manifests WHERE id = 6", "DELETE FROM soft_bindings WHERE id = 2",
            "UPDATE change_counter SET value = -1", "INSERT INTO change_counter (id, value) VALUES (2, 0)",
            $"INSERT INTO api_keys (id, name, digest, scopes, created_at) VALUES ('0123456789a', 'n', {Hex(Digest)}, '', 1)",
        ];
        foreach (string statement in refused)
            Assert.True(await Record.ExceptionAsync(() => database.RunAsync(statement)) is DbException, statement);
    }
}
