namespace Provenance.Server.Fingerprints;

/// <summary>A row of the database as it is now: an entry that counts, or no longer does.</summary>
/// <param name="EntryId">Its number, of which there is one entry.</param>
/// <param name="Hash">Its hash; of a withdrawn entry it means nothing.</param>
/// <param name="IsWithdrawn">Whether it no longer counts.</param>
internal readonly record struct PdqChange(long EntryId, PdqHash Hash, bool IsWithdrawn = false);
