using System.Buffers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;
using Provenance.Fetching;
using Provenance.Server.Guards;
using Provenance.Server.Telemetry;
using Provenance.Server.Trust;
using Provenance.Verifier.Labels;

namespace Provenance.Server.Verification.Labels;

/// <summary>Labels of what was checked before. Nothing is fetched, and nothing is checked.</summary>
[ApiController]
[Route("api/v1/labels")]
[TellsRefusals]
internal sealed class LabelsController(RememberedLabels labels, ITrust trust, ServerMetrics metrics) : ControllerBase
{
    private const int MostCharacters = 4096;

    /// <summary>Tells the labels that are remembered of up to 100 files.</summary>
    /// <param name="asked">The files.</param>
    [HttpPost]
    [RequestSizeLimit(ApiAnswers.MostJson)]
    public ActionResult<LabelsAnswer> Post([FromBody] LabelsRequest asked)
    {
        string lists = trust.Current.Version;
        Response.Headers.CacheControl = "no-store";
        return new LabelsAnswer([.. asked.Items!.Select(item => Find(item, lists))], lists);
    }

    private string? Find(string? item, string lists)
    {
        var label = LabelOf(item, lists);
        metrics.CountCache(label is not null);
        return label is { } found ? LabelTable.Code(found) : null;
    }

    private Label? LabelOf(string? item, string lists)
    {
        if (item is null or { Length: > MostCharacters })
            throw NoItem();
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        if (Convert.FromHexString(item, digest, out int read, out int written) == OperationStatus.Done && (read, written) == (item.Length, digest.Length))
            return labels.Find(digest, lists);
        if (!item.Contains("://", StringComparison.Ordinal))
            throw NoItem();
        return FetchUrl.TryResolve(item, null, FetchLimits.Asset.Ports, out var url, out _) ? labels.FindUrl(url.Uri.AbsoluteUri, lists) : null;
    }

    private static RefusedException NoItem() => new(Problems.BadRequest, "An item is the SHA-256 of a file in 64 hex digits, or a URL.");
}
