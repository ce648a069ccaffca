using Provenance.Server.Guards;

namespace Provenance.Server.Verification.Bodies;

/// <summary>What a client needs to send more than a little: taken once for all that one request holds, when it is first needed.</summary>
/// <param name="shares">Of all clients.</param>
/// <param name="client">Who sends.</param>
internal sealed class ClientShare(ClientShares shares, ClientNetwork client) : IDisposable
{
    private IDisposable? _place;

    /// <exception cref="RefusedException">The client sends as many others as it may.</exception>
    public void Take() => _place ??= shares.TryTake(client) ?? throw new RefusedException(Problems.TooMany, "So many large files are not taken of one client at once.");

    public void Dispose() => _place?.Dispose();
}
