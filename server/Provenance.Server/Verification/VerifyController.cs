using Microsoft.AspNetCore.Mvc;
using Provenance.Server.Guards;

namespace Provenance.Server.Verification;

/// <summary>Verdicts on files.</summary>
[ApiController]
[Route("api/v1/verify")]
[TellsRefusals]
[RequestCost(RequestCostAttribute.Verify)]
internal sealed class VerifyController(FileVerification files) : ControllerBase
{
    /// <summary>Checks the file that is the body, or the part "file" of a form, and tells what its credential proves.</summary>
    /// <param name="format">json (the default), c2patool, crjson or html.</param>
    /// <param name="lang">en (the default) or ko: the language of html.</param>
    /// <param name="digest">true: tells the SHA-256 of the file, and remembers its label under it.</param>
    [HttpPost]
    [TakesFile]
    public async Task<IActionResult> PostAsync([FromQuery] string? format, [FromQuery] string? lang, [FromQuery] string? digest)
    {
        _ = (format, lang, digest); // named for the description of the API; read with what else stands in the query
        return await files.AnswerAsync(Request, VerifyQuestion.Of(Request.Query), HttpContext.RequestAborted);
    }
}
