namespace Provenance.Server.Storage.Schema;

/// <summary>Keys of publishers, and who published what. Of stores that were there before nobody knows.</summary>
internal sealed class Step2ApiKeys : ISchemaStep
{
    public IEnumerable<string> Statements(Dialect dialect)
    {
        yield return $"""
            CREATE TABLE api_keys (
                id {dialect.Text} NOT NULL PRIMARY KEY CHECK (length(id) = 12),
                name {dialect.Text} NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
                digest {dialect.Bytes} NOT NULL UNIQUE CHECK (length(digest) = 32),
                scopes {dialect.Text} NOT NULL CHECK (length(scopes) <= 200),
                created_at {dialect.Number} NOT NULL CHECK (created_at > 0),
                revoked_at {dialect.Number} CHECK (revoked_at > 0)){dialect.Strict}
            """;
        yield return $"ALTER TABLE manifests ADD COLUMN published_by {dialect.Text} REFERENCES api_keys (id)";
        foreach (string statement in dialect.Forbid("api_keys", "DELETE"))
            yield return statement;
    }
}
