using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Provenance.Server.Guards;
using Provenance.Server.Settings;

namespace Provenance.Server.Verification.Bodies;

/// <summary>Reads what is to be checked from a request: its body, or the parts of a form. What it is, its bytes tell: no media type is believed.</summary>
internal sealed class UploadReader(BodyRoom room, WorkPlaces places, VerificationSettings settings)
{
    /// <summary>What a form has beside its files: boundaries and heads of parts.</summary>
    private const long FormBytes = 64 << 10;

    /// <param name="request">The request.</param>
    /// <param name="cancellation">Honoured while reading.</param>
    /// <param name="takesFingerprints">Whether a form may have a part with fingerprints.</param>
    /// <exception cref="RefusedException">The request is not understood, is too large, or there is no room for it or no place to check it.</exception>
    public async ValueTask<Upload> ReadAsync(HttpRequest request, CancellationToken cancellation, bool takesFingerprints = false)
    {
        if (places.IsFull)
        {
            await ThrowAwayAsync(request, cancellation);
            throw new RefusedException(Problems.Busy);
        }
        bool isForm = IsForm(request, out string? boundary);
        long most = settings.BodyBytes + (isForm ? FormBytes : 0);
        if (request.ContentLength > most)
        {
            // The rest of it is not read, not even to be thrown away.
            request.HttpContext.Response.Headers.Connection = "close";
            throw new RefusedException(Problems.TooLarge, BodyWriter.TooLargeDetail(settings.BodyBytes));
        }

        Allow(request.HttpContext);
        // Held until all has arrived: what a form has sent is kept while its other part drips.
        using var share = new ClientShare(room.Senders, ClientNetwork.Of(request.HttpContext.Connection.RemoteIpAddress));
        return isForm
            ? await new FormReader(room, settings.BodyBytes, share, takesFingerprints).ReadAsync(request.Body, boundary!, cancellation)
            : new Upload(await ReadWholeAsync(request.BodyReader, request.ContentLength, share, cancellation));
    }

    /// <summary>
    /// Takes in a body that nobody looks at: who is sent away while still sending would see a connection that breaks, and no answer. Whoever waits
    /// for "100 Continue" is told without.
    /// </summary>
    private async ValueTask ThrowAwayAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.Headers.Expect.Count > 0)
            return;
        Allow(request.HttpContext);
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellation);
            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return;
        }
    }

    /// <summary>
    /// Lets a body come in. How long a file may be, is looked at as it is read: Kestrel counts what lies between chunks, too.
    /// </summary>
    private void Allow(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = settings.BodyBytes + (settings.BodyBytes / 8) + FormBytes;
    }

    private static bool IsForm(HttpRequest request, out string? boundary)
    {
        boundary = null;
        if (request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) != true)
            return false;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            throw new RefusedException(Problems.UnsupportedMediaType, "Of bodies in parts, multipart/form-data is taken.");
        boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        // RFC 2046 §5.1.1.
        return boundary is { Length: > 0 and <= 70 } ? true : throw new RefusedException(Problems.BadRequest, "The boundary of the form has to have 1 to 70 characters.");
    }

    private async ValueTask<ReceivedBody> ReadWholeAsync(PipeReader reader, long? declared, ClientShare share, CancellationToken cancellation)
    {
        await using var body = new BodyWriter(room, settings.BodyBytes, declared, share);
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            try
            {
                foreach (var segment in read.Buffer)
                    await body.AppendAsync(segment, cancellation);
            }
            finally
            {
                reader.AdvanceTo(read.Buffer.End);
            }
            if (read.IsCompleted)
                return await body.FinishAsync(cancellation);
        }
    }
}
