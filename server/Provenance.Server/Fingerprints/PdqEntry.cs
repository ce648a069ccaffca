namespace Provenance.Server.Fingerprints;

/// <summary>An entry of the index.</summary>
internal readonly record struct PdqEntry(long EntryId, PdqHash Hash);
