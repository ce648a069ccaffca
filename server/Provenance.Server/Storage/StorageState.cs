using Provenance.Server.Telemetry;

namespace Provenance.Server.Storage;

/// <summary>
/// Whether what is kept can be read and written now, and whether the indexes hold it: not ready until they were filled, and whenever the last
/// attempt to read or to write failed.
/// </summary>
internal sealed class StorageState(ILogger<StorageState> log) : IReadinessPart
{
    private readonly Lock _telling = new();
    private volatile bool _isFilled;
    private StorageFault? _reading, _writing;

    public string Name => "storage";

    /// <summary>Whether the indexes hold all that the database held when the server came up. What is looked up in them before that may be missing.</summary>
    public bool IsFilled => _isFilled;

    public bool IsReady => _isFilled && Fault is null;

    /// <summary>What is wrong; null if nothing is.</summary>
    public StorageFault? Fault
    {
        get
        {
            lock (_telling)
                return _reading ?? _writing;
        }
    }

    /// <summary>Whether the last attempt to write failed, so that somebody should try whether it works again.</summary>
    public bool WaitsToWrite
    {
        get
        {
            lock (_telling)
                return _writing is not null;
        }
    }

    /// <summary>Told once, however many requests meet it.</summary>
    public void Tell(StorageException fault)
    {
        lock (_telling)
        {
            if ((_reading ?? _writing) != fault.Fault)
                log.StorageFails(fault.Message, fault.InnerException is { } cause ? $" ({cause.GetBaseException().GetType().Name})" : "");
            // Which of the two it was cannot be told of all faults: a write is tried again anyhow.
            _writing = fault.Fault;
            if (fault.Fault is not (StorageFault.NoSpace or StorageFault.ReadOnly))
                _reading = fault.Fault;
        }
    }

    public void Filled() => _isFilled = true;

    public void Read()
    {
        lock (_telling)
        {
            bool wasFailing = _reading is not null;
            _reading = null;
            if (wasFailing && _writing is null)
                log.StorageRecovered();
        }
    }

    public void Wrote()
    {
        lock (_telling)
        {
            bool wasFailing = _writing is not null;
            _reading = _writing = null;
            if (wasFailing)
                log.StorageRecovered();
        }
    }
}
