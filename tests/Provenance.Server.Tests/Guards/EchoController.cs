using Microsoft.AspNetCore.Mvc;
using Provenance.Server.Guards;

namespace Provenance.Server.Tests.Guards;

/// <summary>A controller as the server has them, for what the framework does before an action runs.</summary>
[ApiController]
[Route("api/test/echo")]
internal sealed class EchoController : ControllerBase
{
    public const int MostBytes = 64 * 1024;

    [HttpPost]
    [RequestSizeLimit(MostBytes)]
    [Consumes("application/json")]
    public ActionResult<Body> Echo(Body body) => body;

    [HttpPost("unsized")]
    public ActionResult<Body> Unsized(Body body) => body;

    [HttpGet("{number:int}")]
    public ActionResult<Body> Get(int number, [FromQuery] int? most) => number == 0 ? Problems.NotFound.Result("There is no such number.") : new Body { Name = $"{number}", Count = most };

    internal sealed class Body
    {
        public string? Name { get; init; }

        public int? Count { get; init; }

        public Body? Inner { get; init; }
    }
}
