using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;

namespace Provenance.Verifier.Cose;

/// <summary>Where a certificate chain stands in a COSE_Sign1, in the order of preference.</summary>
internal enum X5ChainPlace
{
    /// <summary>Label 33 of the protected header (RFC 9360 §2): where it belongs.</summary>
    Protected33,

    /// <summary>The text "x5chain" in the protected header.</summary>
    ProtectedText,

    /// <summary>The text "x5chain" in the unprotected header: C2PA 1.x; the chain can be exchanged without breaking the signature.</summary>
    UnprotectedText,

    /// <summary>Label 33 of the unprotected header: C2PA never allowed it.</summary>
    Unprotected33,
}

/// <summary>The certificates that came with a signature, leaf first, as stored and unparsed.</summary>
internal sealed class X5Chain
{
    private const string Label = "x5chain";
    private const long Label33 = 33;

    private X5Chain(IReadOnlyList<X5ChainPlace> places, IReadOnlyList<ReadOnlyMemory<byte>> certificates, string? fault)
    {
        Places = places;
        Certificates = certificates;
        Fault = fault;
    }

    /// <summary>Every place that holds a chain, the one that was read first; none if there is no chain.</summary>
    public IReadOnlyList<X5ChainPlace> Places { get; }

    /// <summary>DER certificates of the first of <see cref="Places"/>; none if there is no chain or a <see cref="Fault"/>.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Certificates { get; }

    /// <summary>Why the chain cannot be used; null if it can, or if there is none.</summary>
    public string? Fault { get; }

    /// <summary>There is more than one chain, so that another reader may see another signer.</summary>
    public bool IsAmbiguous => Places.Count > 1;

    /// <exception cref="LimitExceededException">More or longer certificates than <paramref name="limits"/> allow.</exception>
    public static X5Chain Read(CborValue protectedHeader, CborValue unprotectedHeader, Limits limits)
    {
        var places = new List<X5ChainPlace>();
        CborValue? first = null;
        Look(X5ChainPlace.Protected33, protectedHeader[Label33]);
        Look(X5ChainPlace.ProtectedText, protectedHeader[Label]);
        Look(X5ChainPlace.UnprotectedText, unprotectedHeader[Label]);
        Look(X5ChainPlace.Unprotected33, unprotectedHeader[Label33]);
        if (first is not { } value)
            return new X5Chain(places, [], null);
        // RFC 9052 §3: one label stands in one of the two maps.
        if (protectedHeader[Label33] is not null && unprotectedHeader[Label33] is not null)
            return new X5Chain(places, [], "label 33 stands in both headers");
        if (protectedHeader[Label] is not null && unprotectedHeader[Label] is not null)
            return new X5Chain(places, [], "x5chain stands in both headers");

        // COSE_X509 = bstr / [2*certs: bstr] (RFC 9360 §2); an array of one is common.
        var stored = value.Kind == CborKind.Array ? value.Items : [value];
        if (stored.Count == 0)
            return new X5Chain(places, [], "the chain is empty");
        if (stored.Count > limits.ChainCertificates)
            throw new LimitExceededException(Label, value.Offset, nameof(Limits.ChainCertificates), limits.ChainCertificates);
        var certificates = new List<ReadOnlyMemory<byte>>(stored.Count);
        foreach (var item in stored)
        {
            if (item.Bytes is not { } certificate)
                return new X5Chain(places, [], "a certificate must be a byte string (RFC 9360 §2)");
            if (certificate.Length > limits.CertificateBytes)
                throw new LimitExceededException(Label, item.Offset, nameof(Limits.CertificateBytes), limits.CertificateBytes);
            certificates.Add(certificate);
        }
        return new X5Chain(places, certificates, null);

        void Look(X5ChainPlace place, CborValue? there)
        {
            if (there is null)
                return;
            places.Add(place);
            first ??= there;
        }
    }
}
