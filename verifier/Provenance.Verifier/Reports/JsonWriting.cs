using Newtonsoft.Json;

namespace Provenance.Verifier.Reports;

/// <summary>How reports are put into JSON: member by member, without reflection.</summary>
internal static class JsonWriting
{
    /// <summary>
    /// A writer that leaves <paramref name="writer"/> open. Everything beyond ASCII is escaped: text of a file must not reach a terminal as
    /// control or direction characters.
    /// </summary>
    public static JsonTextWriter Open(TextWriter writer) => new(writer) { CloseOutput = false, StringEscapeHandling = StringEscapeHandling.EscapeNonAscii };

    /// <summary>Writes a member, or nothing where there is no value.</summary>
    public static void WriteMember(this JsonWriter json, string name, string? value)
    {
        if (value is null)
            return;
        json.WritePropertyName(name);
        json.WriteValue(value);
    }

    /// <summary>Writes a member.</summary>
    public static void WriteMember(this JsonWriter json, string name, long value)
    {
        json.WritePropertyName(name);
        json.WriteValue(value);
    }

    /// <summary>Writes a member.</summary>
    public static void WriteMember(this JsonWriter json, string name, bool value)
    {
        json.WritePropertyName(name);
        json.WriteValue(value);
    }

    /// <summary>Begins a member that is an object.</summary>
    public static void StartObject(this JsonWriter json, string name)
    {
        json.WritePropertyName(name);
        json.WriteStartObject();
    }

    /// <summary>Begins a member that is an array.</summary>
    public static void StartArray(this JsonWriter json, string name)
    {
        json.WritePropertyName(name);
        json.WriteStartArray();
    }
}
