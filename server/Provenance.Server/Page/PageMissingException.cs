namespace Provenance.Server.Page;

/// <summary>There is no page to serve; the message says how to get one.</summary>
internal sealed class PageMissingException(string message) : Exception(message);
