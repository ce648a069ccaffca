namespace Provenance.Server.Resolution;

/// <summary>Something in memory that is kept as the database is. One thread at a time changes it; any number read meanwhile.</summary>
internal interface IBindingIndex
{
    /// <summary>Up to where the changes of the database stand in here; 0 before the first.</summary>
    long LastSequence { get; }

    /// <summary>Takes up changes after <see cref="LastSequence"/>, of every algorithm: it passes over what is not its own.</summary>
    void Apply(IReadOnlyList<BindingChange> changes, long lastSequence);
}
