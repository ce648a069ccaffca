using Microsoft.AspNetCore.Mvc;
using Provenance.Server.Guards;

namespace Provenance.Server.Verification.Urls;

/// <summary>Verdicts on what is on the web; switched off unless the settings say otherwise.</summary>
[ApiController]
[Route("api/v1/verify-url")]
[TellsRefusals]
[RequestCost(RequestCostAttribute.Verify)]
internal sealed class VerifyUrlController(UrlVerification urls) : ControllerBase
{
    private const int MostBytes = 32 << 10;

    /// <summary>Fetches a file and tells what its credential proves.</summary>
    /// <param name="asked">The URL.</param>
    /// <param name="format">json (the default), c2patool, crjson or html.</param>
    /// <param name="lang">en (the default) or ko: the language of html.</param>
    /// <param name="digest">true: tells the SHA-256 of the file, and remembers its label under it.</param>
    [HttpPost]
    [RequestSizeLimit(MostBytes)]
    public async Task<IActionResult> PostAsync([FromBody] UrlRequest asked, [FromQuery] string? format, [FromQuery] string? lang, [FromQuery] string? digest)
    {
        _ = (format, lang, digest); // named for the description of the API; read with what else stands in the query
        return await urls.AnswerAsync(asked.Url ?? "", Request, VerifyQuestion.Of(Request.Query), HttpContext.RequestAborted);
    }
}
