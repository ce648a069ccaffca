using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Provenance.Server.Guards;

namespace Provenance.Server.Verification.Bodies;

/// <summary>Reads a form (RFC 7578) of one file and, if there is one, its manifest store. Ends at the first part that is neither, so that ten thousand of them cost what one does.</summary>
internal sealed class FormReader(BodyRoom room, long most, ClientShare share, bool takesFingerprints)
{
    private const string File = "file", Manifest = "manifest", Fingerprints = "fingerprints", Expected = "A form has one part \"file\", and may have one part \"manifest\".";

    private const int PartHeaders = 8, PartHeaderBytes = 8 << 10, MostNameCharacters = 255;

    private ReceivedBody? _file, _manifest, _fingerprints;
    private string? _name;

    public async ValueTask<Upload> ReadAsync(Stream form, string boundary, CancellationToken cancellation)
    {
        var reader = new MultipartReader(boundary, form) { HeadersCountLimit = PartHeaders, HeadersLengthLimit = PartHeaderBytes, BodyLengthLimit = null };
        try
        {
            while (await reader.ReadNextSectionAsync(cancellation) is { } part)
                await ReadPartAsync(part, cancellation);
            if (_file is not { } file)
                throw new RefusedException(Problems.BadRequest, Expected);
            _file = null;
            var upload = new Upload(file) { Name = _name, Manifest = _manifest, Fingerprints = _fingerprints };
            _manifest = _fingerprints = null;
            return upload;
        }
        // BadHttpRequestException, which is Kestrel's word on the body as a whole, is one too.
        catch (Exception e) when (e is InvalidDataException || (e is IOException and not BadHttpRequestException && !cancellation.IsCancellationRequested))
        {
            throw new RefusedException(Problems.BadRequest, "The form is not well formed.");
        }
        finally
        {
            if (_file is not null)
                await _file.DisposeAsync();
            if (_manifest is not null)
                await _manifest.DisposeAsync();
            if (_fingerprints is not null)
                await _fingerprints.DisposeAsync();
        }
    }

    private async ValueTask ReadPartAsync(MultipartSection part, CancellationToken cancellation)
    {
        if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition) || !disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase))
            throw new RefusedException(Problems.BadRequest, Expected);
        // RFC 7578 §4.3: parts within a part are a thing of the past.
        if (part.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true)
            throw new RefusedException(Problems.BadRequest, "A part of a form is a file, not another form.");
        switch (HeaderUtilities.RemoveQuotes(disposition.Name).Value)
        {
            case File when _file is null:
                _name = NameOf(disposition);
                _file = await ReadBodyAsync(part.Body, cancellation);
                break;
            case Manifest when _manifest is null:
                _manifest = await ReadBodyAsync(part.Body, cancellation);
                break;
            case Fingerprints when takesFingerprints && _fingerprints is null:
                _fingerprints = await ReadBodyAsync(part.Body, cancellation);
                break;
            default:
                throw new RefusedException(Problems.BadRequest, Expected);
        }
    }

    private async ValueTask<ReceivedBody> ReadBodyAsync(Stream part, CancellationToken cancellation)
    {
        await using var body = new BodyWriter(room, most, null, share);
        while (await part.ReadAsync(await body.RoomAsync(cancellation), cancellation) is > 0 and var read)
            body.Advance(read);
        return await body.FinishAsync(cancellation);
    }

    private static string? NameOf(ContentDispositionHeaderValue disposition)
    {
        string? name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value;
        if (string.IsNullOrEmpty(name))
            return null;
        name = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        return name.Length is 0 or > MostNameCharacters ? null : name;
    }
}
