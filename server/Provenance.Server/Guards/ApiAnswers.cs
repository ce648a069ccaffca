using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;

namespace Provenance.Server.Guards;

/// <summary>How controllers answer: JSON by Newtonsoft, problems by <see cref="Problems"/> and by nothing else.</summary>
internal static class ApiAnswers
{
    /// <summary>The deepest JSON that is read of a request.</summary>
    public const int MostDepth = 16;

    /// <summary>The largest JSON of a request in bytes.</summary>
    public const int MostJson = 512 << 10;

    public static void AddApi(this IServiceCollection services) => services
        .AddControllers(api => api.ReturnHttpNotAcceptable = true)
        .AddApplicationPart(typeof(ApiAnswers).Assembly) // which is not the program where tests run it
        .ConfigureApplicationPartManager(parts => parts.FeatureProviders.Add(new InternalControllers()))
        .ConfigureApiBehaviorOptions(api =>
        {
            // What the framework would say of a body repeats parts of it.
            api.InvalidModelStateResponseFactory = _ => Problems.BadRequest.Result();
            api.SuppressMapClientErrors = true;
        })
        .AddNewtonsoftJson(json =>
        {
            // What somebody asks is written into no temporary file.
            json.InputFormatterMemoryBufferThreshold = json.OutputFormatterMemoryBufferThreshold = MostJson;
            json.SerializerSettings.ContractResolver = new CamelCasePropertyNamesContractResolver();
            json.SerializerSettings.MissingMemberHandling = MissingMemberHandling.Error;
            json.SerializerSettings.TypeNameHandling = TypeNameHandling.None;
            json.SerializerSettings.MetadataPropertyHandling = MetadataPropertyHandling.Ignore; // "$type" is a name like others
            json.SerializerSettings.CheckAdditionalContent = true;
            json.SerializerSettings.DateParseHandling = DateParseHandling.None;
            json.SerializerSettings.NullValueHandling = NullValueHandling.Ignore;
            json.SerializerSettings.MaxDepth = MostDepth;
        });

    /// <summary>Whether an address is the API's and not the page's.</summary>
    public static bool IsApi(PathString path) => path.StartsWithSegments("/api") || path.StartsWithSegments("/v1") || path.StartsWithSegments("/.well-known");

    /// <summary>Gives answers without a body, which routing, the framework and Kestrel make, one.</summary>
    public static void UseProblems(this WebApplication server) => server.UseStatusCodePages(status =>
    {
        var context = status.HttpContext;
        if (!IsApi(context.Request.Path))
            return Task.CompletedTask;
        return Problems.OfStatus(context.Response.StatusCode).WriteAsync(context);
    });
}
