namespace Provenance.Verifier.Bytes;

/// <summary>What must be read is there and encrypted.</summary>
internal sealed class EncryptedDataException(string structure, long offset, string rule) : MalformedDataException(structure, offset, rule);
