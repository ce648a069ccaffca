namespace Provenance.Verifier.Identity;

/// <summary>A DID document, or why there is none.</summary>
public sealed record DidDocumentAnswer
{
    private DidDocumentAnswer(ReadOnlyMemory<byte>? json, string why) => (Json, Why) = (json, why);

    /// <summary>The document as found, not yet read; null where there is none.</summary>
    public ReadOnlyMemory<byte>? Json { get; }

    /// <summary>Why there is none, for people; empty where there is one.</summary>
    public string Why { get; }

    /// <summary>The document.</summary>
    public static DidDocumentAnswer Found(ReadOnlyMemory<byte> json) => new(json, "");

    /// <summary>None, and why: one clause that a sentence can end with.</summary>
    public static DidDocumentAnswer Unavailable(string why) => new(null, why);
}

/// <summary>
/// Where the documents of decentralized identifiers come from that say which key is whose (W3C DID 1.0 §7). The library asks for none that it
/// can make itself (did:jwk, did:key). The identifier was chosen by whoever made the file: an implementation that asks a network must guard
/// itself against being steered, and tells a host who looks into what.
/// </summary>
public interface IDidDocuments
{
    /// <summary>The document of an identifier, or why there is none. Whatever goes wrong is told in the answer; cancellation alone travels.</summary>
    /// <param name="did">An identifier in the syntax of DID 1.0 §3.1, without path, query or fragment.</param>
    /// <param name="longest">Bytes of the longest document that is read.</param>
    /// <param name="cancellation">Honoured while waiting.</param>
    ValueTask<DidDocumentAnswer> FindAsync(string did, int longest, CancellationToken cancellation);
}
