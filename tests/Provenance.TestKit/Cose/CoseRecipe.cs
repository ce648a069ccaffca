namespace Provenance.TestKit;

/// <summary>In which COSE header bucket something stands.</summary>
[Flags]
public enum HeaderPlace
{
    None = 0,
    Protected = 1,
    Unprotected = 2,
    Both = 3,
}

/// <summary>How the certificate chain is written.</summary>
public enum ChainShape
{
    /// <summary>An array of byte strings, even for one certificate.</summary>
    Array,

    /// <summary>One byte string: the leaf alone.</summary>
    Single,
}

/// <summary>Two generations of time stamps: what they cover, and in which header they stand.</summary>
public enum StampGeneration
{
    /// <summary><c>sigTst</c>: covers the claim; a whole TimeStampResp.</summary>
    V1,

    /// <summary><c>sigTst2</c>: covers the CBOR of the signature; a bare token.</summary>
    V2,
}

/// <summary>
/// Makes the COSE_Sign1 of a claim (RFC 9052 §4.2, C2PA 12.3) and has a knob for each way to make it wrong.
/// </summary>
public sealed class CoseRecipe
{
    /// <summary>Tag written in front; null writes none.</summary>
    public ulong? Tag { get; set; } = 18;

    public HeaderPlace AlgorithmPlace { get; set; } = HeaderPlace.Protected;

    /// <summary>Value of label 1; null takes the number of the method.</summary>
    public object? Algorithm { get; set; }

    public HeaderPlace ChainPlace { get; set; } = HeaderPlace.Protected;

    /// <summary>33 or <c>"x5chain"</c>; several write the chain under each.</summary>
    public IReadOnlyList<object> ChainLabels { get; set; } = [33];

    public ChainShape ChainShape { get; set; }

    /// <summary>Changes the list of certificates: leave out, shuffle, repeat, swap.</summary>
    public Func<IReadOnlyList<byte[]>, IReadOnlyList<byte[]>>? Chain { get; set; }

    public EcdsaForm EcdsaForm { get; set; } = EcdsaForm.Raw;

    /// <summary>The payload element; null is detached, as it must be.</summary>
    public object? Payload { get; set; }

    /// <summary>Zero bytes of <c>pad</c> in the unprotected header, beyond what evens out the size.</summary>
    public int Padding { get; set; } = 64;

    /// <summary>False leaves <c>pad</c> out altogether; fine only where sizes do not vary.</summary>
    public bool WithPad { get; set; } = true;

    public string Context { get; set; } = "Signature1";

    public byte[] ExternalAad { get; set; } = [];

    /// <summary>OCSP responses for <c>rVals</c>.</summary>
    public List<byte[]> OcspResponses { get; } = [];

    /// <summary>Time stamps, written in this order.</summary>
    public List<StampRecipe> Stamps { get; } = [];

    /// <summary>Last word on the protected header, before it is signed.</summary>
    public Action<CborFields>? ProtectedChange { get; set; }

    /// <summary>Last word on the unprotected header.</summary>
    public Action<CborFields>? UnprotectedChange { get; set; }

    /// <summary>Changes the signature before it is stamped and stored.</summary>
    public Func<byte[], byte[]>? SignatureChange { get; set; }

    /// <summary>Changes the finished COSE bytes.</summary>
    public Func<byte[], byte[]>? BytesChange { get; set; }

    /// <summary>Signs with another key than the certificate's.</summary>
    public TestKey? OtherKey { get; set; }

    /// <summary>Adds a time stamp of the generation that goes with the claim.</summary>
    public CoseRecipe Stamped(StampRecipe stamp)
    {
        Stamps.Add(stamp);
        return this;
    }

    /// <summary>The Sig_structure: what is signed or time-stamped.</summary>
    public static byte[] SigStructure(string context, byte[] protectedHeader, byte[] externalAad, byte[] payload) =>
        TestCbor.Encode(new object[] { context, protectedHeader, externalAad, payload });

    /// <summary>
    /// Signs. <paramref name="size"/> is the length the result shall have (through <c>pad</c>), or null for its natural
    /// length with <see cref="Padding"/>.
    /// </summary>
    internal byte[] Sign(byte[] claim, TestCertificate signer, SignatureMethod method, int claimVersion, int? size)
    {
        CborFields header = new();
        if (AlgorithmPlace.HasFlag(HeaderPlace.Protected)) header.Add(1, Algorithm ?? method.CoseId);
        if (ChainPlace.HasFlag(HeaderPlace.Protected)) AddChain(header, signer);
        ProtectedChange?.Invoke(header);
        byte[] protectedHeader = TestCbor.Encode(header);

        byte[] signature = (OtherKey ?? signer.Key).Sign(SigStructure(Context, protectedHeader, ExternalAad, claim), method, EcdsaForm);
        if (SignatureChange is not null) signature = SignatureChange(signature);

        CborFields unprotected = new();
        if (AlgorithmPlace.HasFlag(HeaderPlace.Unprotected)) unprotected.Add(1, Algorithm ?? method.CoseId);
        if (ChainPlace.HasFlag(HeaderPlace.Unprotected)) AddChain(unprotected, signer);
        AddStamps(unprotected, claim, protectedHeader, signature, claimVersion);
        if (OcspResponses.Count > 0) unprotected.Add("rVals", new CborFields { { "ocspVals", OcspResponses } });
        UnprotectedChange?.Invoke(unprotected);

        byte[] Whole() => Write(protectedHeader, unprotected, signature);
        if (!WithPad) return Whole();
        int bare = Whole().Length;
        Pad(unprotected, size is { } wanted ? wanted - bare : "pad".Length + 1 + TestCbor.ByteString(new byte[Padding]).Length);
        return Whole();
    }

    private byte[] Write(byte[] protectedHeader, CborFields unprotected, byte[] signature)
    {
        object[] parts = [protectedHeader, unprotected, Payload!, signature];
        byte[] bytes = TestCbor.Encode(Tag is { } tag ? new CborTagged(tag, parts) : parts);
        return BytesChange is null ? bytes : BytesChange(bytes);
    }

    private void AddChain(CborFields header, TestCertificate signer)
    {
        IReadOnlyList<byte[]> chain = Chain is null ? signer.Chain : Chain(signer.Chain);
        foreach (object label in ChainLabels) header.Add(label, ChainShape == ChainShape.Single ? chain[0] : chain);
    }

    private void AddStamps(CborFields unprotected, byte[] claim, byte[] protectedHeader, byte[] signature, int claimVersion)
    {
        foreach (IGrouping<string, StampRecipe> header in Stamps.GroupBy(s => s.HeaderFor(claimVersion)))
        {
            object[] tokens = [.. header.Select(stamp => new CborFields { { "val", stamp.Make(claim, protectedHeader, signature, claimVersion) } })];
            unprotected.Add(header.Key, new CborFields { { "tstTokens", tokens } });
        }
    }

    // "pad" costs 4 bytes of key and a byte string; where no byte string has the wanted length, an empty "pad2" helps (12.3).
    private static void Pad(CborFields unprotected, int total)
    {
        int room = total - 4;
        if (room is 25 or 258 or 65539)
        {
            unprotected.Add("pad2", Array.Empty<byte>());
            room -= 6;
        }
        int zeros = room - (room <= 24 ? 1 : room <= 257 ? 2 : room <= 65538 ? 3 : 5);
        if (zeros < 0) throw new InvalidOperationException("the signature outgrew the room kept for it: raise Padding");
        unprotected.Add("pad", new byte[zeros]);
    }
}
