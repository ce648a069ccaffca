using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Provenance.Server.Settings;
using Xunit;

namespace Provenance.Server.Tests.Settings;

/// <summary>docs/server-settings.md says of each setting what its record says.</summary>
public sealed partial class SettingsPageTests
{
    private const string Start = "<!-- the records of server/Provenance.Server/Settings -->\n";
    private const string End = "<!-- end -->";

    private readonly Dictionary<string, XElement> _members = XDocument.Load(Path.ChangeExtension(Repository.Server, ".xml")).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);

    [Fact]
    public void The_reference_of_settings_is_what_the_records_say()
    {
        string path = Path.Combine(Repository.Root, "docs", "server-settings.md"), text = File.ReadAllText(path);
        int from = text.IndexOf(Start, StringComparison.Ordinal) + Start.Length, to = text.IndexOf(End, from, StringComparison.Ordinal);
        var expected = new StringBuilder();
        WritePart(expected, typeof(ServerSettings), new ServerSettings(), "");
        if (Environment.GetEnvironmentVariable("PROVENANCE_UPDATE") == "1")
        {
            File.WriteAllText(path, text = $"{text[..from]}{expected}{text[to..]}");
            to = from + expected.Length;
        }
        Assert.True(text[from..to] == expected.ToString(), "docs/server-settings.md is not what the settings are. If they are meant to be so, run the tests once with PROVENANCE_UPDATE=1.");
    }

    [Fact]
    public void Every_setting_is_explained()
    {
        foreach (var (path, entry) in All(typeof(ServerSettings), ""))
            Assert.False(entry is { IsPart: false } && SummaryOf($"P:{entry.Property.DeclaringType}.{entry.Property.Name}").Length == 0, $"{path} has no summary");
    }

    private void WritePart(StringBuilder text, Type part, object values, string path)
    {
        foreach (var entry in SettingsShape.Of(part).OrderBy(entry => entry.IsPart))
        {
            object? value = entry.Property.GetValue(values);
            string name = path + entry.Name, summary = SummaryOf($"P:{entry.Property.DeclaringType}.{entry.Property.Name}");
            if (entry.IsPart)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n## {name}\n\n{SummaryOf($"T:{entry.Property.PropertyType}")}{(summary.Length == 0 ? "" : " " + summary)}\n\n");
                WritePart(text, entry.Property.PropertyType, value!, name + ".");
            }
            else
                text.Append(CultureInfo.InvariantCulture, $"* **`{name}`** ({SettingsShape.Describe(entry.Property.PropertyType)}; {Default(value)}): {summary}\n");
        }
    }

    private static IEnumerable<(string Path, SettingsShape.Entry Entry)> All(Type part, string path) =>
        SettingsShape.Of(part).SelectMany(entry => entry.IsPart ? All(entry.Property.PropertyType, $"{path}{entry.Name}.").Prepend((path + entry.Name, entry)) : [(path + entry.Name, entry)]);

    private static string Default(object? value) => value switch
    {
        null => "not set",
        IReadOnlyList<string> => "`[]`",
        string or Enum => $"`\"{value}\"`",
        _ => $"`{JsonSerializer.Serialize(value)}`",
    };

    /// <summary>A summary as one line of Markdown.</summary>
    private string SummaryOf(string member)
    {
        if (!_members.TryGetValue(member, out var documented) || documented.Element("summary") is not { } summary)
            return "";
        foreach (var see in summary.Descendants("see").ToList())
            see.ReplaceWith($"`{JsonNamingPolicy.CamelCase.ConvertName(see.Attribute("cref")!.Value.Split('.')[^1])}`");
        return Spaces().Replace(summary.Value, " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
