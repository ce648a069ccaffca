using System.CommandLine;
using Provenance.Server.Resolution;

namespace Provenance.Server.Storage;

/// <summary>Takes back what publishers registered: the operator's command, which needs the database and no server.</summary>
internal static class ManifestsCommand
{
    public static Command Make()
    {
        var settings = OperatorsDatabase.Settings();
        var id = new Argument<string>("ID") { Description = "The label of the store's active manifest, as its address ends with, unescaped." };
        id.Validators.Add(result =>
        {
            if (!Publication.IsIdentifier(result.GetValueOrDefault<string>()))
                result.AddError($"An ID has 1 to {Publication.MostIdentifier} visible ASCII characters.");
        });
        var withdraw = new Command("withdraw", "Deletes a store and what finds it, whoever published it, and keeps everybody from publishing it again, even if it is not registered. There is no way back.") { id, settings };
        withdraw.SetAction((parsed, cancellation) => OperatorsDatabase.RunAsync(parsed.GetValue(settings), async database =>
        {
            Console.WriteLine(await new RegisteredManifests(database, TimeProvider.System).BanAsync(parsed.GetValue(id)!, cancellation) switch
            {
                BanOutcome.Withdrawn => "It is withdrawn. Running servers know it within seconds.",
                BanOutcome.NotThere => "No store is registered under this ID. From now on nobody can register one.",
                _ => "It was withdrawn for everybody before. Nothing was changed.",
            });
            return 0;
        }));
        return new Command("manifests", "Registered manifest stores.") { withdraw };
    }
}
