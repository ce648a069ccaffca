using Provenance.Server.Guards;
using Provenance.Server.Settings;

namespace Provenance.Server.Verification.Bodies;

/// <summary>Where bodies are kept while they are needed.</summary>
internal sealed class BodyRoom(VerificationSettings settings)
{
    /// <summary>The largest body that stays in memory.</summary>
    public int MemoryBodyBytes => settings.MemoryBodyBytes;

    public SlabPool Memory { get; } = new(settings.MemoryBytes, settings.MemoryBodyBytes);

    /// <summary>Who sends bodies that are larger than what each has from the beginning.</summary>
    public ClientShares Senders { get; } = new(settings.BodiesPerClient);

    public Spool Spool { get; } = new(settings);
}
