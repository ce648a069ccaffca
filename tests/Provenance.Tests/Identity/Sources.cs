using System.Text;
using Provenance.Verifier;
using Provenance.Verifier.Identity;

namespace Provenance.Tests.Identity;

/// <summary>One document, and who asked for what.</summary>
internal sealed class GivenDocuments(string did, string json) : IDidDocuments
{
    public List<string> Asked { get; } = [];

    public ValueTask<DidDocumentAnswer> FindAsync(string wanted, int longest, CancellationToken cancellation)
    {
        Asked.Add(wanted);
        return ValueTask.FromResult(wanted == did ? DidDocumentAnswer.Found(Encoding.UTF8.GetBytes(json)) : DidDocumentAnswer.Unavailable("there is none"));
    }
}

/// <summary>A responder that never answers.</summary>
internal sealed class SilentSource : IRevocationSource
{
    public ValueTask<RevocationAnswer> AskAsync(string url, ReadOnlyMemory<byte> request, CancellationToken cancellation) => ValueTask.FromResult(RevocationAnswer.None("nobody is there"));
}
