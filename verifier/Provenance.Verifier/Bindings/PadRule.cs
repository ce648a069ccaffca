namespace Provenance.Verifier.Bindings;

/// <summary>
/// Padding holds zeros (C2PA 2.5 §16.3.1). Leniency: spaces throughout, which Adobe's tools of 2022 wrote (nine corpus files); it may go
/// when those files no longer matter. It is no way in: this padding is hashed and signed.
/// </summary>
internal static class PadRule
{
    public static bool IsPadding(ReadOnlySpan<byte> pad) => pad.IndexOfAnyExcept((byte)0) < 0 || pad.IndexOfAnyExcept((byte)' ') < 0;
}
