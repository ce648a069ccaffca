namespace Provenance.Server.Resolution;

/// <summary>The soft-binding algorithms that this server registers and looks up.</summary>
internal interface IBindingAlgorithms
{
    /// <summary>Whether an algorithm is a known one whose values are put into the content.</summary>
    bool IsWatermark(string algorithm);

    /// <summary>
    /// A value in the one form in which it is kept and compared. Null where the algorithm is unknown or deprecated, where the value is none of its
    /// values, or where it tells too little to find anything, as the hash of a blank picture.
    /// </summary>
    /// <param name="algorithm">The algorithm's identifier, of which nothing is known yet.</param>
    /// <param name="value">The value, of which nothing is known yet.</param>
    /// <param name="isText">Whether it was written as text, as in some credentials.</param>
    ReadOnlyMemory<byte>? InOneForm(string algorithm, ReadOnlyMemory<byte> value, bool isText);
}
