namespace Provenance.Server.Settings;

/// <summary>The settings cannot be used.</summary>
/// <param name="message">What is wrong, in sentences for whoever wrote them.</param>
internal sealed class SettingsException(string message) : Exception(message);
