using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Provenance.Server.Guards;
using Provenance.Server.Storage;
using Provenance.Server.Verification;
using Provenance.Server.Verification.Bodies;
using Provenance.Verifier;

namespace Provenance.Server.Resolution;

/// <summary>What was registered: for publishers to add to, for everybody to read.</summary>
[ApiController]
[Route("v1/manifests")]
[TellsRefusals]
internal sealed class ManifestsController(IManifestStore manifests) : ControllerBase
{
    private const string MediaType = "application/c2pa";

    /// <summary>
    /// Registers a manifest store: the body, or the part "file" of a form, is the store (.c2pa) or an asset that holds it; a form may have the
    /// store of an asset without one in its part "manifest", and in "fingerprints" a list [{"alg", "value", "quality"}] of what finds it.
    /// </summary>
    [HttpPost]
    [TakesFile]
    [NeedsKey(ApiScopes.Publish)]
    [RequestCost(RequestCostAttribute.Verify)]
    public async Task<IActionResult> PublishAsync(
        [FromServices] UploadReader uploads, [FromServices] WorkPlaces places, [FromServices] PolicyNow policies, [FromServices] Publication publication, [FromServices] IndexFiller filler)
    {
        var aborted = HttpContext.RequestAborted;
        await using var upload = await uploads.ReadAsync(Request, aborted, takesFingerprints: true);
        var given = await PublicationReader.ReadAsync(upload.Fingerprints, aborted);
        var (policy, _) = policies.Take(withDigest: false);
        var manifest = await places.RunAsync(
            async cancellation =>
            {
                var report = await Verifier.Verifier.VerifyAsync(upload.File, await upload.CompanionsAsync(policy, cancellation), policy, cancellation);
                if (upload.Manifest is not null && report.Origin != ManifestOrigin.Detached)
                    throw new RefusedException(Problems.NotProcessable, "The file holds a manifest store of its own: send it without another one.");
                return publication.Accept(report, HttpContext.ApiKey()!.Id, given);
            },
            aborted);

        // From here on it is not broken off: a publisher who is gone may come again and ask.
        var result = await manifests.PublishAsync(manifest, CancellationToken.None);
        if (result.Outcome == PublishOutcome.Conflict)
            return Problems.Conflict.Result("Another store is registered under the label of this active manifest.");
        if (result.Outcome == PublishOutcome.Withdrawn)
            return Problems.Conflict.Result("The store of this active manifest was withdrawn with this key, or by whoever runs this server, and stays so.");
        await filler.CatchUpAsync(aborted);
        Response.Headers.Location = $"/v1/manifests/{Uri.EscapeDataString(manifest.ManifestId)}";
        var answer = new
        {
            manifest.ManifestId,
            // What is there: of what was there before, further fingerprints are not added.
            Bindings = result.Bindings.Select(binding => new { Alg = binding.Algorithm, Source = binding.Source == BindingSource.Credential ? "credential" : "publisher" }),
        };
        return StatusCode(result.Outcome == PublishOutcome.Published ? StatusCodes.Status201Created : StatusCodes.Status200OK, answer);
    }

    /// <summary>A registered manifest store. That it is registered says nothing of any file that one has: whoever gets it checks it.</summary>
    /// <param name="id">The label of its active manifest.</param>
    /// <param name="returnActiveManifest">true: the active manifest without those that it was made from.</param>
    /// <param name="cancellation">The client is gone.</param>
    [HttpGet("{id}")]
    [RequestCost(RequestCostAttribute.Search)]
    public async Task<IActionResult> GetAsync(string id, [FromQuery] bool returnActiveManifest = false, CancellationToken cancellation = default)
    {
        if (await manifests.GetStoreAsync(id, returnActiveManifest, cancellation) is not { } found)
            return Problems.NotFound.Result();
        // It never changes, but it may be withdrawn: so it is asked for each time.
        Response.Headers.CacheControl = "public, no-cache";
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(found.Sha256.Span)}{(returnActiveManifest ? "-active" : "")}\"");
        return File(found.Bytes.ToArray(), MediaType, found.ReceivedAt, tag);
    }

    /// <summary>Ends a registration. The store and what finds it are deleted; the key that withdrew it cannot register it again.</summary>
    /// <param name="id">The label of its active manifest.</param>
    /// <param name="filler">Takes it out of the indexes.</param>
    [HttpDelete("{id}")]
    [NeedsKey(ApiScopes.Publish)]
    [RequestCost(RequestCostAttribute.Search)]
    public async Task<IActionResult> WithdrawAsync(string id, [FromServices] IndexFiller filler)
    {
        switch (await manifests.WithdrawAsync(id, HttpContext.ApiKey()!.Id, CancellationToken.None))
        {
            case WithdrawOutcome.NotThere:
                return Problems.NotFound.Result();
            case WithdrawOutcome.NotYours:
                return Problems.Forbidden.Result("It was registered with another key.");
            default:
                await filler.CatchUpAsync(HttpContext.RequestAborted);
                return NoContent();
        }
    }

    /// <summary>Receipts of manifests are not kept here.</summary>
    [HttpGet("{id}/receipts")]
    [HttpPost("{id}/receipts")]
    public IActionResult Receipts(string id)
    {
        _ = id;
        return Problems.NotOffered.Result("This server keeps no receipts.");
    }
}
