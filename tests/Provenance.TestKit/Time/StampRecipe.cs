namespace Provenance.TestKit;

/// <summary>One time stamp for a claim signature: which generation, over what, and wrapped how.</summary>
public sealed class StampRecipe
{
    /// <summary>What the token covers; null goes with the claim version.</summary>
    public StampGeneration? Covers { get; init; }

    /// <summary>Header label; null goes with what it covers.</summary>
    public string? Header { get; init; }

    /// <summary>Whether a TimeStampResp is wrapped around the token; null goes with the header.</summary>
    public bool? Wrapped { get; init; }

    /// <summary>Makes the token over the bytes to be stamped.</summary>
    public required Func<byte[], byte[]> Token { get; init; }

    /// <summary>Wraps a token in a response.</summary>
    public Func<byte[], byte[]>? Wrap { get; init; }

    internal string HeaderFor(int claimVersion) => Header ?? (Generation(claimVersion) == StampGeneration.V1 ? "sigTst" : "sigTst2");

    /// <summary>The bytes whose hash the token carries.</summary>
    public static byte[] StampedBytes(StampGeneration generation, byte[] claim, byte[] protectedHeader, byte[] signature) =>
        CoseRecipe.SigStructure("CounterSignature", protectedHeader, [], generation == StampGeneration.V1 ? claim : TestCbor.ByteString(signature));

    internal byte[] Make(byte[] claim, byte[] protectedHeader, byte[] signature, int claimVersion)
    {
        byte[] token = Token(StampedBytes(Generation(claimVersion), claim, protectedHeader, signature));
        if (!(Wrapped ?? HeaderFor(claimVersion) == "sigTst")) return token;
        return (Wrap ?? (t => TestTimeStampAuthority.Response(t)))(token);
    }

    private StampGeneration Generation(int claimVersion) => Covers ?? (claimVersion == 1 ? StampGeneration.V1 : StampGeneration.V2);
}
