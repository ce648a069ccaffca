using System.CommandLine;
using System.Globalization;
using Provenance.Server.Guards;

namespace Provenance.Server.Storage;

/// <summary>Gives out keys, lists and revokes them: the operator's command, which needs the database and no server.</summary>
internal static class KeysCommand
{
    private const int MostName = 100;

    public static Command Make()
    {
        var settings = OperatorsDatabase.Settings();

        var name = new Argument<string>("NAME") { Description = "What you call whoever gets the key." };
        name.Validators.Add(result =>
        {
            string given = result.GetValueOrDefault<string>();
            if (given.Length is 0 or > MostName || given.Any(char.IsControl))
                result.AddError($"A name has 1 to {MostName} characters, and no control characters.");
        });
        var scope = new Option<string[]>("--scope") { HelpName = "SCOPE", Description = $"What the key allows: {string.Join(", ", ApiScopes.All)}. May be given again. A key without any only has rates of its own.", DefaultValueFactory = _ => [] };
        scope.AcceptOnlyFromAmong([.. ApiScopes.All]);
        var add = new Command("add", "Makes a key and prints it, once: what is kept cannot be turned back into it.") { name, scope, settings };
        add.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(settings), async keys =>
        {
            var (kept, key) = await keys.AddAsync(parsed.GetValue(name)!, [.. parsed.GetValue(scope)!.Distinct()], cancellation);
            Console.WriteLine(key);
            Console.Error.WriteLine($"This is the only time it is shown. \"keys revoke {kept.Id}\" ends it.");
            return 0;
        }));

        var list = new Command("list", "Lists keys by their public names: oldest first.") { settings };
        list.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(settings), async keys =>
        {
            foreach (var row in await keys.ListAsync(cancellation))
                Console.WriteLine(string.Join('\t', row.Id, Day(row.CreatedAt), row.RevokedAt is { } end ? $"revoked {Day(end)}" : "in force", row.Scopes.Length == 0 ? "-" : row.Scopes, row.Name));
            return 0;
        }));

        var id = new Argument<string>("ID") { Description = "The key's public name, as \"list\" shows it." };
        var revoke = new Command("revoke", $"Ends a key; running servers know it within {ApiKeys.Fresh.TotalSeconds:0} seconds. What was published with it stays.") { id, settings };
        revoke.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(settings), async keys =>
        {
            if (await keys.RevokeAsync(parsed.GetValue(id)!, cancellation))
                return 0;
            Console.Error.WriteLine("There is no such key. \"keys list\" shows all.");
            return ServerCommand.UsageError;
        }));

        return new Command("keys", "API keys: for publishers, and for clients with rates of their own.") { add, list, revoke };
    }

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Task<int> RunAsync(string? file, Func<ApiKeys, Task<int>> work) => OperatorsDatabase.RunAsync(file, async database =>
    {
        using var keys = new ApiKeys(database, TimeProvider.System);
        return await work(keys);
    });
}
