using Provenance.Server.Settings;
using Provenance.TrustStore;

namespace Provenance.Server.Trust;

/// <summary>The lists in force, and what is handed on of them. What cannot be read never takes the place of what could.</summary>
internal sealed class CurrentTrust : ITrust
{
    private readonly TrustSource _source;
    private readonly IndexSequence _sequence;
    private readonly ListSigning? _signing;
    private readonly TimeProvider _clock;
    private readonly bool _handsOn;
    private readonly Lock _reloading = new();
    private volatile Held _held;
    private string? _refused;

    private sealed record Held(LoadedTrust Loaded, Publication? Published);

    public CurrentTrust(TrustSource source, LoadedTrust loaded, IndexSequence sequence, ListSigning? signing, TrustSettings settings, TimeProvider clock)
    {
        (_source, _sequence, _signing, _clock, _handsOn) = (source, sequence, signing, clock, settings.HandsOn);
        _held = Hold(loaded, null);
    }

    public TrustState Current => _held.Loaded.State;

    public LoadedTrust Loaded => _held.Loaded;

    public TrustFolder? Folder => _source.Folder;

    /// <summary>What is handed on; null where nothing is.</summary>
    public Publication? Published => _held.Published;

    /// <summary>Why what is there now is not in force; null where it is.</summary>
    public string? Fault { get; private set; }

    /// <summary>Reads everything again if it changed.</summary>
    /// <returns>Whether other lists are in force now, or the reason why they are not became another one.</returns>
    public bool Reload()
    {
        lock (_reloading)
        {
            string stamp = _source.Stamp();
            if (stamp == _refused || (stamp == _held.Loaded.Stamp && Fault is null))
                return false;
            string? before = Fault;
            try
            {
                string version = Current.Version;
                _held = Hold(_source.Load(), _held.Published);
                (_refused, Fault) = (null, null);
                return version != Current.Version || before is not null;
            }
            catch (Exception e) when (e is DamagedStoreException or SettingsException)
            {
                // What is damaged is looked at again when it changes; a file that was being written has another stamp then.
                (_refused, Fault) = (stamp, e.Message);
                return before != Fault;
            }
        }
    }

    private Held Hold(LoadedTrust loaded, Publication? before) => new(loaded, _handsOn ? new Publication(loaded, _sequence.Of(loaded), _signing, _clock.GetUtcNow(), before) : null);
}
