using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Provenance.Server.Guards;
using Provenance.Server.Verification;

namespace Provenance.Server.Resolution;

/// <summary>
/// Registered manifests by soft bindings (C2PA Soft Binding Resolution API 2.4). A match says that a manifest was registered for marked or
/// similar content; its hard binding is about other bytes.
/// </summary>
[ApiController]
[Route("v1/matches")]
[TellsRefusals]
internal sealed class MatchesController(BindingSearch search, ContentSearch contents) : ControllerBase
{
    /// <summary>In an address; longer values go into a body.</summary>
    private const int LongestValueInAddress = 1400;

    private const int MostBytes = 4 << 10, MostReferenceBytes = 32 << 10;

    /// <summary>Looks a soft binding up.</summary>
    /// <param name="alg">The algorithm's identifier.</param>
    /// <param name="value">The value, Base64.</param>
    /// <param name="maxResults">How many manifests at most; never more than 100.</param>
    /// <param name="cancellation">The client is gone.</param>
    [HttpGet("byBinding")]
    [RequestCost(RequestCostAttribute.Search)]
    public async Task<ActionResult<MatchesAnswer>> ByBindingAsync(
        [FromQuery, Required] string alg, [FromQuery, Required] string value, [FromQuery, Range(1, int.MaxValue)] int maxResults = BindingSearch.DefaultResults, CancellationToken cancellation = default)
    {
        if (value.Length > LongestValueInAddress)
            throw new RefusedException(Problems.AddressTooLong, "Send this value by POST.");
        return await AnswerAsync(search.FindAsync(alg, BindingValue.Parse(value), Most(maxResults), cancellation));
    }

    /// <summary>Looks a soft binding up that is long, or that is not to stand in an address.</summary>
    /// <param name="query">The soft binding.</param>
    /// <param name="maxResults">How many manifests at most; never more than 100.</param>
    /// <param name="cancellation">The client is gone.</param>
    [HttpPost("byBinding")]
    [RequestSizeLimit(MostBytes)]
    [RequestCost(RequestCostAttribute.Search)]
    public async Task<ActionResult<MatchesAnswer>> ByLargeBindingAsync(
        [FromBody] BindingQuery query, [FromQuery, Range(1, int.MaxValue)] int maxResults = BindingSearch.DefaultResults, CancellationToken cancellation = default)
        => await AnswerAsync(search.FindAsync(query.Alg, BindingValue.Parse(query.Value), Most(maxResults), cancellation));

    /// <summary>
    /// Looks up what a file says of itself: the credential and the soft bindings inside, and the hint. No watermark is read and no fingerprint made of it.
    /// Switched off unless the settings say otherwise; whoever sends a file shows it.
    /// </summary>
    /// <param name="alg">Only soft bindings of this algorithm.</param>
    /// <param name="hintAlg">The algorithm of a soft binding that the client found itself.</param>
    /// <param name="hintValue">Its value, Base64.</param>
    /// <param name="maxResults">How many manifests at most; never more than 100.</param>
    [HttpPost("byContent")]
    [TakesFile]
    [RequestCost(RequestCostAttribute.Verify)]
    public async Task<ActionResult<MatchesAnswer>> ByContentAsync(
        [FromQuery] string? alg, [FromQuery] string? hintAlg, [FromQuery] string? hintValue, [FromQuery, Range(1, int.MaxValue)] int maxResults = BindingSearch.DefaultResults)
        => await AnswerAsync(contents.FindByContentAsync(Request, new(alg, hintAlg, hintValue), Most(maxResults), HttpContext.RequestAborted));

    /// <summary>The same for a file on the web. Switched off unless the settings say otherwise.</summary>
    /// <param name="reference">Where the file is.</param>
    /// <param name="alg">Only soft bindings of this algorithm.</param>
    /// <param name="hintAlg">The algorithm of a soft binding that the client found itself.</param>
    /// <param name="hintValue">Its value, Base64.</param>
    /// <param name="maxResults">How many manifests at most; never more than 100.</param>
    [HttpPost("byReference")]
    [RequestSizeLimit(MostReferenceBytes)]
    [RequestCost(RequestCostAttribute.Verify)]
    public async Task<ActionResult<MatchesAnswer>> ByReferenceAsync(
        [FromBody] ContentReference reference, [FromQuery] string? alg, [FromQuery] string? hintAlg, [FromQuery] string? hintValue, [FromQuery, Range(1, int.MaxValue)] int maxResults = BindingSearch.DefaultResults)
        => await AnswerAsync(contents.FindByReferenceAsync(reference, Request, new(alg, hintAlg, hintValue), Most(maxResults), HttpContext.RequestAborted));

    private async Task<MatchesAnswer> AnswerAsync(Task<IReadOnlyList<MatchAnswer>> search)
    {
        // What somebody looked for is nobody else's business, and what is registered changes.
        Response.Headers.CacheControl = "no-store";
        return new(await search);
    }

    private static int Most(int wanted) => Math.Min(wanted, BindingSearch.MostResults);
}
