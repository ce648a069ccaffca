using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.DependencyInjection;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;
using Provenance.Server.Guards;
using Provenance.Server.Tests.Guards;
using Xunit;

namespace Provenance.Server.Tests.OpenApi;

/// <summary>server/openapi.json says what the controllers do.</summary>
public sealed class ApiDescriptionTests(GuardedServerOfClass servers) : IClassFixture<GuardedServerOfClass>
{
    internal static readonly string DescriptionFile = Path.Combine(Repository.Root, "server", "openapi.json");
    private static readonly string s_wordsFile = Path.Combine(Repository.Root, "server", "Provenance.Server", "OpenApi", "words.json");

    private readonly JObject _words = Read(s_wordsFile);

    private IReadOnlyList<ApiDescription> Operations =>
    [
        .. from operation in servers.Plain.App.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>().ApiDescriptionGroups.Items.SelectMany(described => described.Items)
           where operation.ActionDescriptor is ControllerActionDescriptor action && action.ControllerTypeInfo.Assembly == typeof(Problems).Assembly && operation.HttpMethod != "HEAD"
           select operation,
    ];

    [Fact]
    public void The_description_is_what_controllers_and_words_make()
    {
        string expected = ApiDescriptionMaker.Make(Operations, _words).ToString(Formatting.Indented).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("PROVENANCE_UPDATE") == "1")
            File.WriteAllText(DescriptionFile, expected);
        Assert.True(File.ReadAllText(DescriptionFile) == expected, "server/openapi.json is not what the controllers are. If they are meant to be so, run the tests once with PROVENANCE_UPDATE=1, and build the server again.");
    }

    [Fact]
    public void Every_operation_and_every_parameter_has_words_and_no_others()
    {
        Assert.Equal(Operations.Select(ApiDescriptionMaker.KeyOf).Order(StringComparer.Ordinal), _words["operations"]!.Cast<JProperty>().Select(word => word.Name).Order(StringComparer.Ordinal));
        foreach (var operation in Operations)
        {
            var words = _words["operations"]![ApiDescriptionMaker.KeyOf(operation)]!;
            var parameters = operation.ParameterDescriptions.Where(parameter => parameter.Source == BindingSource.Path || parameter.Source == BindingSource.Query).Select(parameter => parameter.Name);
            Assert.Equal(parameters.Order(StringComparer.Ordinal), (words["parameters"] ?? new JObject()).Cast<JProperty>().Select(word => word.Name).Order(StringComparer.Ordinal));
            Assert.All((string[])["en", "ko"], language => Assert.NotEmpty((string)words["summary"]![language]!));
        }
        var ids = _words["operations"]!.Select(word => (string?)word.First!["id"]).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    /// <summary>Where an action says the type of its body or answer, the schema has its members, named as Newtonsoft names them.</summary>
    [Fact]
    public void Schemas_have_the_members_that_the_types_have()
    {
        int compared = 0;
        foreach (var operation in Operations)
        {
            var words = _words["operations"]![ApiDescriptionMaker.KeyOf(operation)]!;
            if (operation.ParameterDescriptions.FirstOrDefault(parameter => parameter.Source == BindingSource.Body) is { } body)
                Compare(body.Type!, (string?)words["body"]?["schema"]);
            else
                Assert.Null(words["body"]?["schema"]);
            if (((ControllerActionDescriptor)operation.ActionDescriptor).MethodInfo.ReturnType is var returned && AnswerType(returned) is { } type)
                Compare(type, ((string?)words["answers"]!["200"]!["content"]!["application/json"]!["schema"]!["$ref"])?.Split('/')[^1]);
        }
        Assert.InRange(compared, 2, int.MaxValue);

        void Compare(Type type, string? schema)
        {
            Assert.True(schema is not null, $"{type} has no schema");
            var members = ((JsonObjectContract)new CamelCasePropertyNamesContractResolver().ResolveContract(type)).Properties.Where(member => !member.Ignored).Select(member => member.PropertyName!);
            Assert.Equal(members.Order(StringComparer.Ordinal), _words["schemas"]![schema]!["properties"]!.Cast<JProperty>().Select(member => member.Name).Order(StringComparer.Ordinal));
            compared++;
        }

        static Type? AnswerType(Type returned)
        {
            if (returned.IsGenericType && returned.GetGenericTypeDefinition() == typeof(Task<>))
                returned = returned.GetGenericArguments()[0];
            if (returned.IsGenericType && returned.GetGenericTypeDefinition() == typeof(Microsoft.AspNetCore.Mvc.ActionResult<>))
                return returned.GetGenericArguments()[0];
            return typeof(Microsoft.AspNetCore.Mvc.IActionResult).IsAssignableFrom(returned) ? null : returned;
        }
    }

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        var api = Read(DescriptionFile);
        var references = api.DescendantsAndSelf().OfType<JProperty>().Where(property => property.Name == "$ref").Select(property => (string)property.Value!).Distinct().ToList();
        Assert.All(references, reference => Assert.True(reference == "schema/report.v1.schema.json" || api.SelectToken($"$.{string.Join('.', reference[2..].Split('/').Select(part => $"['{part}']"))}".Replace(".[", "[", StringComparison.Ordinal)) is not null, reference));
    }

    [Fact]
    public async Task The_server_serves_it_with_its_schema()
    {
        using var answer = await servers.Plain.AskAsync("GET", "/api/openapi.json");
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(await File.ReadAllTextAsync(DescriptionFile, TestContext.Current.CancellationToken), await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(304, (int)await servers.Plain.StatusAsync("GET", "/api/openapi.json", ("If-None-Match", answer.Headers.ETag!.ToString())));
        string schema = await servers.Plain.Client.GetStringAsync("/api/schema/report.v1.schema.json", TestContext.Current.CancellationToken);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "schema", "report.v1.schema.json"), TestContext.Current.CancellationToken), schema);
    }

    internal static JObject Read(string file)
    {
        using var reader = new JsonTextReader(new StringReader(File.ReadAllText(file))) { DateParseHandling = DateParseHandling.None };
        return JObject.Load(reader);
    }
}
