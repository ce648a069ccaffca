namespace Provenance.Server.Settings;

/// <summary>A part of the settings.</summary>
internal interface ISettings
{
    /// <summary>What is wrong with the values: a sentence each, that begins with the name of the setting and says what would be right.</summary>
    IEnumerable<string> Complaints();
}
