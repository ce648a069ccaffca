namespace Provenance.Server.Resolution;

/// <summary>Takes every algorithm at its word, until a list is there.</summary>
internal sealed class EveryAlgorithm : IBindingAlgorithms
{
    public ReadOnlyMemory<byte>? InOneForm(string algorithm, ReadOnlyMemory<byte> value, bool isText) => value;
}
