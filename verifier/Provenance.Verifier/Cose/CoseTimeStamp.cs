using Provenance.Verifier.Cbor;

namespace Provenance.Verifier.Cose;

/// <summary>Which header holds a time stamp, and so what the stamp is over (C2PA 2.5 §10.3.2.5).</summary>
internal enum CoseTimeStampHeader
{
    /// <summary>"sigTst": over the claim (C2PA 1.x).</summary>
    SigTst,

    /// <summary>"sigTst2": over the signature.</summary>
    SigTst2,
}

/// <summary>The one time stamp of a signature as stored: a TimeStampToken, or a TimeStampResp around one.</summary>
internal sealed record CoseTimeStamp(CoseTimeStampHeader Header, ReadOnlyMemory<byte> Token)
{
    /// <summary>
    /// Reads <c>{"tstTokens": [{"val": bstr}]}</c>. C2PA 2.5 allows exactly one token in one header; with more, nothing says which
    /// counts, and with anything else nothing counts: then there is a fault and no time stamp. Neither if the headers are absent.
    /// </summary>
    public static (CoseTimeStamp? TimeStamp, string? Fault) Read(CborValue unprotectedHeader)
    {
        var first = unprotectedHeader["sigTst"];
        var second = unprotectedHeader["sigTst2"];
        if (first is not null && second is not null)
            return (null, "both sigTst and sigTst2 are there");
        if ((first ?? second) is not { } container)
            return (null, null);
        if (container["tstTokens"] is not { Kind: CborKind.Array } tokens)
            return (null, "tstTokens must be an array");
        if (tokens.Items.Count != 1)
            return (null, $"1 time stamp token expected, {tokens.Items.Count} found");
        if (tokens.Items[0]["val"]?.Bytes is not { } token)
            return (null, "val must be a byte string");
        return (new CoseTimeStamp(first is not null ? CoseTimeStampHeader.SigTst : CoseTimeStampHeader.SigTst2, token), null);
    }
}
