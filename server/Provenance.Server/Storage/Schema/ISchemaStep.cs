namespace Provenance.Server.Storage.Schema;

/// <summary>
/// One step from a version of the database to the next. Once released it never changes: databases out there were made by it. All of it happens
/// or nothing does.
/// </summary>
internal interface ISchemaStep
{
    /// <summary>The statements, in order.</summary>
    IEnumerable<string> Statements(Dialect dialect);
}

/// <summary>What the two databases say differently.</summary>
internal sealed record Dialect(DatabaseKind Kind)
{
    private bool IsSqlite => Kind == DatabaseKind.Sqlite;

    /// <summary>A number of 64 bits.</summary>
    public string Number => IsSqlite ? "INTEGER" : "bigint";

    public string Bytes => IsSqlite ? "BLOB" : "bytea";

    public string Text => IsSqlite ? "TEXT" : "text COLLATE \"C\"";

    /// <summary>What stands behind the columns of a table: SQLite holds to types only if it is asked to.</summary>
    public string Strict => IsSqlite ? " STRICT" : "";

    /// <summary>Refuses something that a rule forbids, whoever asks.</summary>
    /// <param name="table">The table.</param>
    /// <param name="change">UPDATE or DELETE.</param>
    /// <param name="unless">A condition on the row OLD under which it is allowed; null for never.</param>
    public IEnumerable<string> Forbid(string table, string change, string? unless = null)
    {
        string name = $"{table}_no_{change.ToLowerInvariant()}", reason = $"{change} of {table} is not allowed";
        if (IsSqlite)
        {
            yield return $"CREATE TRIGGER {name} BEFORE {change} ON {table}{(unless is null ? "" : $" WHEN NOT ({unless})")} BEGIN SELECT RAISE(ABORT, '{reason}'); END";
            yield break;
        }
        string allow = change == "DELETE" ? "OLD" : "NEW";
        yield return $"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {(unless is null ? "" : $"IF {unless} THEN RETURN {allow}; END IF; ")}RAISE EXCEPTION '{reason}'; END $$";
        yield return $"CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()";
    }

    /// <summary>Takes back what <see cref="Forbid"/> did.</summary>
    public IEnumerable<string> Permit(string table, string change)
    {
        string name = $"{table}_no_{change.ToLowerInvariant()}";
        yield return IsSqlite ? $"DROP TRIGGER {name}" : $"DROP TRIGGER {name} ON {table}";
        if (!IsSqlite)
            yield return $"DROP FUNCTION {name}()";
    }
}
