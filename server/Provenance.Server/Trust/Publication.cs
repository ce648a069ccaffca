using Microsoft.Net.Http.Headers;
using Provenance.TrustStore;

namespace Provenance.Server.Trust;

/// <summary>A file as it is sent.</summary>
/// <param name="Bytes">Its bytes.</param>
/// <param name="MediaType">The value of Content-Type.</param>
internal sealed record PublishedFile(byte[] Bytes, string MediaType)
{
    /// <summary>The media type of a detached signature (RFC 8551 §3.2.1).</summary>
    public const string SignatureType = "application/pkcs7-signature";

    /// <summary>Made of the bytes alone.</summary>
    public EntityTagHeaderValue Tag { get; } = new($"\"{TrustFolder.Digest(Bytes)}\"");
}

/// <summary>A list and its signature.</summary>
/// <param name="List">The list.</param>
/// <param name="File">Its bytes.</param>
/// <param name="Signature">Its signature; null where nobody signs.</param>
internal sealed record PublishedList(HandedList List, PublishedFile File, PublishedFile? Signature)
{
    public string Url => $"{ServedIndex.Path}/{List.Id}";

    public ServedList Entry => new(List.Name, List.Role, Url, List.Sha256, List.Date, List.Number, List.Source, Signature is null ? null : Url + ListSigner.Extension);
}

/// <summary>
/// What is handed on, with its signatures: made when lists were read and not when somebody asks. The index is made anew every day, so that who
/// follows the server can tell that it is not an old one; all servers that have the same lists make the same.
/// </summary>
internal sealed class Publication
{
    private readonly List<PublishedList> _lists;
    private readonly ListSigning? _signing;
    private readonly long _sequence;
    private readonly Lock _making = new();
    private volatile Issue? _issue;

    private sealed record Issue(DateTimeOffset Day, PublishedFile Index, PublishedFile? Signature);

    /// <param name="loaded">The lists.</param>
    /// <param name="sequence">The number of the index.</param>
    /// <param name="signing">The key; null for no signatures.</param>
    /// <param name="now">The time.</param>
    /// <param name="before">What was handed on before: signatures of lists that stayed are not made again.</param>
    public Publication(LoadedTrust loaded, long sequence, ListSigning? signing, DateTimeOffset now, Publication? before)
    {
        (_signing, _sequence) = (signing, sequence);
        _lists = [.. loaded.Handed.Select(list => Publish(list, now, before))];
        Of(now);
    }

    /// <summary>The index, as of a time.</summary>
    public PublishedFile Index(DateTimeOffset now) => Of(now).Index;

    /// <summary>Its signature; null where nobody signs.</summary>
    public PublishedFile? IndexSignature(DateTimeOffset now) => Of(now).Signature;

    public PublishedList? Find(string id) => _lists.Find(list => list.List.Id == id);

    private PublishedList Publish(HandedList list, DateTimeOffset now, Publication? before)
    {
        var file = new PublishedFile(list.Bytes, list.MediaType);
        var signature = _signing is null ? null
            : before?._lists.Find(known => known.List.Sha256 == list.Sha256)?.Signature ?? new PublishedFile(_signing.Sign(list.Bytes, now), PublishedFile.SignatureType);
        return new(list, file, signature);
    }

    private Issue Of(DateTimeOffset now)
    {
        var day = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        if (_issue is { } made && made.Day == day)
            return made;
        lock (_making)
        {
            if (_issue is { } other && other.Day == day)
                return other;
            byte[] index = new ServedIndex(day, _sequence, _signing is null ? null : ServedIndex.Path + ListSigner.Extension, [.. _lists.Select(list => list.Entry)]).Write();
            return _issue = new(day, new(index, "application/json"), _signing is null ? null : new(_signing.Sign(index, now), PublishedFile.SignatureType));
        }
    }
}
