using Microsoft.AspNetCore.Mvc;
using Provenance.Server.Guards;
using Provenance.Server.Trust;
using Provenance.Server.Verification;

namespace Provenance.Server.Resolution;

/// <summary>All PDQ fingerprints at once; switched off unless the settings say otherwise.</summary>
[ApiController]
[Route("api/v1")]
[TellsRefusals]
internal sealed class FingerprintsController(FingerprintList list) : ControllerBase
{
    /// <summary>The list: {"version", "alg", "issued", "sequence", "entries": [["hash as Base64", "manifest"], …]}.</summary>
    /// <param name="cancellation">The client is gone.</param>
    [HttpGet("fingerprints")]
    [RequestCost(RequestCostAttribute.Search)]
    public async Task<IActionResult> ListAsync(CancellationToken cancellation) => Send((await list.GetAsync(cancellation)).File);

    /// <summary>The detached CMS signature (RFC 5652) over the list's bytes; not found where the server has no key.</summary>
    /// <param name="cancellation">The client is gone.</param>
    [HttpGet("fingerprints.p7s")]
    [RequestCost(RequestCostAttribute.Search)]
    public async Task<IActionResult> SignatureAsync(CancellationToken cancellation) => Send((await list.GetAsync(cancellation)).Signature);

    private IActionResult Send(PublishedFile? file)
    {
        if (file is null)
            return Problems.NotFound.Result();
        // Asked for each time by its tag: a list goes with its signature, and neither may be older than the other.
        Response.Headers.CacheControl = "public, no-cache";
        return new FileContentResult(file.Bytes, file.MediaType) { EntityTag = file.Tag };
    }
}
