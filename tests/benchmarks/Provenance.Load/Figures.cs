using System.Globalization;

namespace Provenance.Load;

/// <summary>Results, as one line of JSON.</summary>
internal static class Figures
{
    public static void Print(params IEnumerable<(string Name, double Value)> values) =>
        Console.WriteLine($"{{{string.Join(',', values.Select(value => $"\"{value.Name}\":{value.Value.ToString("0.###", CultureInfo.InvariantCulture)}"))}}}");

    /// <summary>The value below which that share of all lies; the list is sorted meanwhile.</summary>
    public static double Quantile(List<double> values, double share)
    {
        if (values.Count == 0)
            return -1;
        values.Sort();
        return values[Math.Min(values.Count - 1, (int)(share * values.Count))];
    }
}
