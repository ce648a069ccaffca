using Microsoft.AspNetCore.Mvc;
using Provenance.Server.Guards;

namespace Provenance.Server.Trust;

/// <summary>The trust lists of this server, for who follows it.</summary>
[ApiController]
[Route("api/v1")]
internal sealed class TrustListsController(CurrentTrust trust, TimeProvider clock) : ControllerBase
{
    /// <summary>Names every list that is handed on, with its digest and its issue (docs/extension.md).</summary>
    [HttpGet("trust-lists")]
    [HttpHead("trust-lists")]
    public IActionResult Index() => Send(trust.Published?.Index(clock.GetUtcNow()));

    /// <summary>The detached CMS signature (RFC 5652) over the bytes of the index; not found where the server has no key.</summary>
    [HttpGet("trust-lists.p7s")]
    [HttpHead("trust-lists.p7s")]
    public IActionResult IndexSignature() => Send(trust.Published?.IndexSignature(clock.GetUtcNow()));

    /// <summary>A list, as it is installed.</summary>
    /// <param name="id">The end of its address in the index.</param>
    [HttpGet("trust-lists/{id}")]
    [HttpHead("trust-lists/{id}")]
    public IActionResult List(string id) => Send(trust.Published?.Find(id)?.File);

    /// <summary>The detached CMS signature (RFC 5652) over a list's bytes; not found where the server has no key.</summary>
    /// <param name="id">The end of the list's address in the index.</param>
    [HttpGet("trust-lists/{id}.p7s")]
    [HttpHead("trust-lists/{id}.p7s")]
    public IActionResult Signature(string id) => Send(trust.Published?.Find(id)?.Signature);

    private IActionResult Send(PublishedFile? file)
    {
        if (file is null)
            return Problems.NotFound.Result();
        // Kept, and asked for each time by its tag: an index goes with its signature, and neither may be older than the other.
        Response.Headers.CacheControl = "public, no-cache";
        return new FileContentResult(file.Bytes, file.MediaType) { EntityTag = file.Tag };
    }
}
