using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Provenance.Server.Fingerprints;
using Provenance.Server.Guards;
using Provenance.Server.Verification;

namespace Provenance.Server.Resolution;

/// <summary>Look-ups that do not say what is looked for (docs/private-look-up.md).</summary>
[ApiController]
[Route("api/v1/lookups")]
[TellsRefusals]
internal sealed class LookupsController(BindingSearch search, IManifestStore manifests) : ControllerBase
{
    private const int MostBytes = 4 << 10, MostIds = 100;

    /// <summary>
    /// Gives the buckets of some slots: of each at most 4,096 entries with their hashes. "cut" names buckets that hold more. The client compares.
    /// </summary>
    /// <param name="asked">The slots.</param>
    [HttpPost("pdq")]
    [RequestSizeLimit(MostBytes)]
    [RequestCost(RequestCostAttribute.Search)]
    public IActionResult Pdq([FromBody] LookupRequest asked)
    {
        var pairs = asked.Pairs.Select(PairOf).ToList();
        if (PrivateLookup.Refusal(pairs, asked.Radius) is { } refusal)
            throw new RefusedException(Problems.BadRequest, refusal);
        var buckets = search.Pdq.Find(PrivateLookup.Of(pairs, asked.Radius));
        Response.Headers.CacheControl = "no-store";
        return File(BucketsJson.Write(buckets), "application/json");
    }

    /// <summary>Which manifests the entries stand for that the client found near. Those that were withdrawn since are missing.</summary>
    /// <param name="asked">The entries.</param>
    /// <param name="cancellation">The client is gone.</param>
    [HttpPost("entries")]
    [RequestSizeLimit(MostBytes)]
    [RequestCost(RequestCostAttribute.Search)]
    public async Task<ActionResult<EntriesAnswer>> EntriesAsync([FromBody] EntriesRequest asked, CancellationToken cancellation)
    {
        if (asked.Ids.Count is 0 or > MostIds)
            throw new RefusedException(Problems.BadRequest, $"One to {MostIds} entries can be asked for.");
        Response.Headers.CacheControl = "no-store";
        var found = await manifests.FindAsync([.. asked.Ids.Distinct()], cancellation);
        return new EntriesAnswer([.. found.OrderBy(entry => entry.EntryId).Select(entry => new EntryAnswer(entry.EntryId, entry.ManifestId))]);
    }

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private static SlotValue PairOf(LookupPair? pair) =>
        pair is { Value.Length: 4 } && !pair.Value.AsSpan().ContainsAnyExcept(HexDigits) && ushort.TryParse(pair.Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort value)
            ? new(pair.Slot, value)
            : throw new RefusedException(Problems.BadRequest, "A pair has a slot and its value, which is four digits, 0 to 9 and a to f.");
}
