using System.Globalization;
using System.Text.Json;
using Provenance.LookUp;

object figures;
switch (args)
{
    case ["index", string kind, string entries]:
        figures = IndexRun.Measure(kind, Number(entries));
        break;
    case ["slots", string kind, string entries]:
        figures = SlotIndexRun.Measure(kind, Number(entries));
        break;
    case ["shards", string shards, string entries]:
        figures = ShardRun.Measure(Number(shards), Number(entries));
        break;
    case ["recall", string trials]:
        figures = RecallRun.Measure(Number(trials));
        break;
    case ["crowd", string kind, string entries]:
        figures = CrowdRun.Measure(kind, Number(entries));
        break;
    default:
        Console.Error.WriteLine("usage: Provenance.LookUp index|slots|crowd random|skewed ENTRIES | shards SHARDS ENTRIES | recall TRIALS");
        return 2;
}
Console.WriteLine(JsonSerializer.Serialize(figures, JsonSerializerOptions.Web));
return 0;

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
