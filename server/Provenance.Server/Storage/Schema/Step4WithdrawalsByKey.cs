namespace Provenance.Server.Storage.Schema;

/// <summary>
/// A withdrawal binds who withdrew, and only the operator's everybody: else whoever registers the store of somebody else first, and withdraws it,
/// would keep it out for good. Rows go only where a withdrawal stands that came after them.
/// </summary>
internal sealed class Step4WithdrawalsByKey : ISchemaStep
{
    public IEnumerable<string> Statements(Dialect dialect)
    {
        // SQLite can neither drop a constraint nor rename a table that a trigger names.
        foreach (string statement in dialect.Permit("withdrawals", "UPDATE")
            .Concat(dialect.Permit("withdrawals", "DELETE"))
            .Concat(dialect.Permit("manifests", "DELETE"))
            .Concat(dialect.Permit("soft_bindings", "DELETE")))
            yield return statement;
        // Without a key it is the operator's; without a digest nothing was registered.
        yield return $"""
            CREATE TABLE withdrawals_by_key (
                id {dialect.Number} NOT NULL PRIMARY KEY CHECK (id > 0),
                manifest_id {dialect.Text} NOT NULL CHECK (length(manifest_id) BETWEEN 1 AND 300),
                sha256 {dialect.Bytes} CHECK (length(sha256) = 32),
                first_entry {dialect.Number} NOT NULL,
                last_entry {dialect.Number} NOT NULL CHECK (last_entry >= first_entry - 1),
                withdrawn_at {dialect.Number} NOT NULL CHECK (withdrawn_at > 0),
                withdrawn_by {dialect.Text} REFERENCES api_keys (id),
                UNIQUE (manifest_id, withdrawn_by),
                CHECK (id > last_entry)){dialect.Strict}
            """;
        yield return """
            INSERT INTO withdrawals_by_key (id, manifest_id, sha256, first_entry, last_entry, withdrawn_at, withdrawn_by)
            SELECT id, manifest_id, sha256, first_entry, last_entry, withdrawn_at, withdrawn_by FROM withdrawals
            """;
        yield return "DROP TABLE withdrawals";
        yield return "ALTER TABLE withdrawals_by_key RENAME TO withdrawals";
        yield return "CREATE UNIQUE INDEX withdrawals_by_operator ON withdrawals (manifest_id) WHERE withdrawn_by IS NULL"; // for UNIQUE no NULL equals another
        foreach (string statement in dialect.Forbid("withdrawals", "UPDATE")
            .Concat(dialect.Forbid("withdrawals", "DELETE"))
            .Concat(dialect.Forbid("manifests", "DELETE", unless: "EXISTS (SELECT 1 FROM withdrawals w WHERE w.manifest_id = OLD.manifest_id AND w.id > OLD.id)"))
            .Concat(dialect.Forbid("soft_bindings", "DELETE", unless: "EXISTS (SELECT 1 FROM manifests m JOIN withdrawals w ON w.manifest_id = m.manifest_id WHERE m.id = OLD.manifest AND w.id > m.id)")))
            yield return statement;
    }
}
