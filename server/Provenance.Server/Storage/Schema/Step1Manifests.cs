namespace Provenance.Server.Storage.Schema;

/// <summary>Manifest stores, what they are found by, and the numbers of changes.</summary>
internal sealed class Step1Manifests : ISchemaStep
{
    public IEnumerable<string> Statements(Dialect dialect)
    {
        // One row. Whoever changes anything takes numbers from it in the same transaction, and so holds its lock until that ends: numbers
        // become visible in their order, and who has seen one has seen all below it.
        yield return $"""
            CREATE TABLE change_counter (
                id {dialect.Number} NOT NULL PRIMARY KEY CHECK (id = 1),
                value {dialect.Number} NOT NULL CHECK (value >= 0)){dialect.Strict}
            """;
        yield return "INSERT INTO change_counter (id, value) VALUES (1, 0)";
        // The number of a change is the id of the row it made: the manifest's first, its bindings' after it.
        yield return $"""
            CREATE TABLE manifests (
                id {dialect.Number} NOT NULL PRIMARY KEY CHECK (id > 0),
                manifest_id {dialect.Text} NOT NULL UNIQUE CHECK (length(manifest_id) BETWEEN 1 AND 300),
                sha256 {dialect.Bytes} NOT NULL CHECK (length(sha256) = 32),
                received_at {dialect.Number} NOT NULL CHECK (received_at > 0),
                store {dialect.Bytes} NOT NULL CHECK (length(store) > 0)){dialect.Strict}
            """;
        yield return $"""
            CREATE TABLE soft_bindings (
                id {dialect.Number} NOT NULL PRIMARY KEY CHECK (id > 0),
                manifest {dialect.Number} NOT NULL REFERENCES manifests (id),
                algorithm {dialect.Text} NOT NULL CHECK (length(algorithm) BETWEEN 1 AND 100),
                value {dialect.Bytes} NOT NULL CHECK (length(value) BETWEEN 1 AND 1024),
                source {dialect.Number} NOT NULL CHECK (source IN (1, 2)),
                part {dialect.Text} CHECK (length(part) BETWEEN 1 AND 1000),
                CHECK (id > manifest)){dialect.Strict}
            """;
        yield return "CREATE INDEX soft_bindings_by_manifest ON soft_bindings (manifest)";
        yield return "CREATE INDEX soft_bindings_by_value ON soft_bindings (algorithm, value)";
        foreach (string statement in dialect.Forbid("manifests", "UPDATE").Concat(dialect.Forbid("soft_bindings", "UPDATE")))
            yield return statement;
    }
}
