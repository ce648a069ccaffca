namespace Provenance.Server.Storage.Schema;

/// <summary>What is left of a store that was withdrawn, so that other nodes hear of it, and nobody registers it again.</summary>
internal sealed class Step3Withdrawals : ISchemaStep
{
    public IEnumerable<string> Statements(Dialect dialect)
    {
        yield return $"""
            CREATE TABLE withdrawals (
                id {dialect.Number} NOT NULL PRIMARY KEY CHECK (id > 0),
                manifest_id {dialect.Text} NOT NULL UNIQUE CHECK (length(manifest_id) BETWEEN 1 AND 300),
                sha256 {dialect.Bytes} NOT NULL CHECK (length(sha256) = 32),
                first_entry {dialect.Number} NOT NULL,
                last_entry {dialect.Number} NOT NULL CHECK (last_entry >= first_entry - 1),
                withdrawn_at {dialect.Number} NOT NULL CHECK (withdrawn_at > 0),
                withdrawn_by {dialect.Text} NOT NULL REFERENCES api_keys (id),
                CHECK (id > last_entry)){dialect.Strict}
            """;
        foreach (string statement in dialect.Forbid("withdrawals", "UPDATE")
            .Concat(dialect.Forbid("withdrawals", "DELETE"))
            .Concat(dialect.Forbid("manifests", "DELETE", unless: "EXISTS (SELECT 1 FROM withdrawals WHERE withdrawals.manifest_id = OLD.manifest_id)"))
            .Concat(dialect.Forbid("soft_bindings", "DELETE", unless: "EXISTS (SELECT 1 FROM withdrawals WHERE OLD.id BETWEEN withdrawals.first_entry AND withdrawals.last_entry)")))
            yield return statement;
    }
}
