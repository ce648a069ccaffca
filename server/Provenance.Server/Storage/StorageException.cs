using Provenance.Server.Guards;

namespace Provenance.Server.Storage;

/// <summary>Why the database did not do what it was asked.</summary>
internal enum StorageFault
{
    /// <summary>It does not answer, is being repaired or is busy: later may be better.</summary>
    Unavailable,

    /// <summary>There is no space to write to.</summary>
    NoSpace,

    /// <summary>It can be read and not written.</summary>
    ReadOnly,

    /// <summary>What is read is no database of ours, or is damaged.</summary>
    Damaged,

    /// <summary>A later version of this server made it.</summary>
    LaterVersion,
}

/// <summary>The database did not do what it was asked.</summary>
/// <param name="fault">Why.</param>
/// <param name="message">A sentence for whoever runs the server, without a password.</param>
/// <param name="cause">What the driver threw, if it did.</param>
internal sealed class StorageException(StorageFault fault, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>After which it is worth asking again: some rounds of <see cref="IndexFiller"/>.</summary>
    public const string RetryAfterSeconds = "5";

    public StorageFault Fault => fault;

    /// <summary>What the client is told.</summary>
    public Problem Problem => fault == StorageFault.NoSpace ? Problems.StorageFull : Problems.StorageUnavailable;
}
