using System.ComponentModel;
using System.Reflection;
using System.Text.Json;

namespace Provenance.Server.Settings;

/// <summary>What settings there are, read off the records: their names as files write them, and what may stand there.</summary>
internal static class SettingsShape
{
    /// <summary>A setting, or a part with settings.</summary>
    /// <param name="Name">As in a file: "drainSeconds".</param>
    /// <param name="Property">Where it is kept.</param>
    internal sealed record Entry(string Name, PropertyInfo Property)
    {
        public bool IsPart => typeof(ISettings).IsAssignableFrom(Property.PropertyType);

        public bool IsList => Property.PropertyType == typeof(IReadOnlyList<string>);
    }

    /// <summary>The settings of a part, in the order of its record.</summary>
    public static IEnumerable<Entry> Of(Type part) =>
        from property in part.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        where property.SetMethod is not null
        select new Entry(JsonNamingPolicy.CamelCase.ConvertName(property.Name), property);

    /// <summary>What is written where nothing, or something else, should be: a sentence each. Values are not repeated; they may be passwords.</summary>
    public static IEnumerable<string> Complaints(IConfiguration written, Type part, string path = "")
    {
        var entries = Of(part).ToDictionary(entry => entry.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var section in written.GetChildren())
        {
            string name = path + section.Key;
            if (!entries.TryGetValue(section.Key, out var entry))
                yield return $"{name} is no setting; {(path.Length == 0 ? "there are" : $"{path.TrimEnd('.')} has")} {string.Join(", ", entries.Values.Select(known => known.Name))}.";
            else if (entry.IsPart)
            {
                if (section.Value is { Length: > 0 })
                    yield return $"{name} is a part with settings of its own, in braces.";
                foreach (string complaint in Complaints(section, entry.Property.PropertyType, name + "."))
                    yield return complaint;
            }
            else if (entry.IsList ? !IsList(section) : !IsValue(section, entry.Property.PropertyType))
                yield return $"{name} is not {Describe(entry.Property.PropertyType)}.";
        }
    }

    /// <summary>What may stand there, with its article.</summary>
    public static string Describe(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) ? "a text"
            : type == typeof(bool) ? "true or false"
            : type == typeof(int) || type == typeof(long) ? "a whole number"
            : type == typeof(double) ? "a number"
            : type == typeof(DateTimeOffset) ? "a time as in \"2026-01-31T12:00:00Z\""
            : type == typeof(IReadOnlyList<string>) ? "a list of texts"
            : type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}"
            : throw new ArgumentException($"Settings do not have {type}.", nameof(type));
    }

    private static bool IsList(IConfigurationSection section) =>
        string.IsNullOrEmpty(section.Value) && section.GetChildren().All(item => int.TryParse(item.Key, out _) && item.Value is not null && !item.GetChildren().Any());

    private static bool IsValue(IConfigurationSection section, Type type)
    {
        if (section.GetChildren().Any())
            return false;
        // "null" in a file: nothing is set, which only some settings can be.
        if (section.Value is not { } value)
            return type == typeof(string) || Nullable.GetUnderlyingType(type) is not null;
        try
        {
            TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value);
            return true;
        }
        // Converters of numbers wrap what they throw, others do not.
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or NotSupportedException)
        {
            return false;
        }
    }
}
