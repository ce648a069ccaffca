using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Newtonsoft.Json.Linq;
using Provenance.Server.Guards;
using Provenance.Verifier.Formats;

namespace Provenance.Server.Tests.OpenApi;

/// <summary>
/// Makes server/openapi.json: operations, parameters, keys, costs and limits as the controllers have them, problems as the list has them, media types as
/// the list of formats has them; and the words for them, with the shapes of bodies and answers, from OpenApi/words.json.
/// </summary>
internal static class ApiDescriptionMaker
{
    private static readonly Problem[] Anywhere =
        [Problems.BadRequest, Problems.KeyNeeded, Problems.ForeignOrigin, Problems.UnknownHost, Problems.TooMany, Problems.Fault, Problems.Busy, Problems.TimeOver];

    public static string KeyOf(ApiDescription operation) => $"{operation.HttpMethod} /{operation.RelativePath}";

    public static JObject Make(IReadOnlyList<ApiDescription> operations, JObject words)
    {
        var known = words["operations"]!.Cast<JProperty>().ToList();
        var paths = new JObject();
        foreach (var word in known)
        {
            if (operations.FirstOrDefault(operation => KeyOf(operation) == word.Name) is not { } operation)
                continue;
            string address = word.Name[word.Name.IndexOf('/', StringComparison.Ordinal)..];
            paths[address] ??= new JObject();
            paths[address]![operation.HttpMethod!.ToLowerInvariant()] = Operation(operation, (JObject)word.Value);
        }
        return new JObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JObject
            {
                ["title"] = words["title"]!["en"],
                ["x-title-ko"] = words["title"]!["ko"],
                ["version"] = "1",
                ["description"] = words["about"]!["en"],
                ["x-description-ko"] = words["about"]!["ko"],
                ["license"] = new JObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            },
            ["servers"] = new JArray(new JObject { ["url"] = "/" }),
            ["tags"] = new JArray(words["tags"]!.Cast<JProperty>().Select(tag => new JObject { ["name"] = tag.Name, ["description"] = tag.Value["en"], ["x-description-ko"] = tag.Value["ko"] })),
            ["paths"] = paths,
            ["components"] = new JObject
            {
                ["securitySchemes"] = new JObject { ["key"] = new JObject { ["type"] = "http", ["scheme"] = "bearer" } },
                ["responses"] = Responses(),
                ["schemas"] = Schemas((JObject)words["schemas"]!),
            },
            ["x-problems"] = new JArray(Problems.All.Select(problem => new JObject { ["name"] = problem.Name, ["status"] = problem.Status, ["title"] = problem.Title })),
        };
    }

    private static JObject Operation(ApiDescription operation, JObject words)
    {
        var metadata = operation.ActionDescriptor.EndpointMetadata;
        var need = metadata.OfType<NeedsKeyAttribute>().LastOrDefault();
        var made = new JObject { ["operationId"] = words["id"], ["tags"] = new JArray(words["tag"]!), ["summary"] = words["summary"]!["en"], ["x-summary-ko"] = words["summary"]!["ko"] };
        if (words["description"] is { } description)
            made["description"] = description;
        var parameters = Parameters(operation, words);
        if (parameters.Count > 0)
            made["parameters"] = parameters;
        if (words["body"] is JObject body)
            made["requestBody"] = Body(body);

        var problems = Of(operation, words, need);
        made["responses"] = new JObject(words["answers"]!.Cast<JProperty>().Select(Answer)
            .Concat((bool?)words["tagged"] == true ? [new JProperty("304", new JObject { ["description"] = "The caller has it already (If-None-Match)." })] : [])
            .Concat(problems.Select(problem => problem.Status).Distinct().Order().Select(status => new JProperty($"{status}", Reference($"responses/{status}")))));
        made["security"] = need is null ? new JArray(new JObject(), new JObject { ["key"] = new JArray() }) : new JArray(new JObject { ["key"] = new JArray() });
        made["x-problems"] = new JArray(problems.Select(problem => problem.Name));
        made["x-cost"] = metadata.OfType<RequestCostAttribute>().LastOrDefault()?.Tokens ?? 1;
        made["x-codeSamples"] = new JArray(new JObject { ["lang"] = "Shell", ["source"] = words["curl"] });
        return made;

        JProperty Answer(JProperty answer)
        {
            var copy = (JObject)answer.Value.DeepClone();
            if ((bool?)words["tagged"] == true)
                copy["headers"] = new JObject { ["ETag"] = new JObject { ["schema"] = new JObject { ["type"] = "string" } } };
            return new JProperty(answer.Name, copy);
        }
    }

    private static JArray Parameters(ApiDescription operation, JObject words) => new(
        from parameter in operation.ParameterDescriptions
        where parameter.Source == BindingSource.Path || parameter.Source == BindingSource.Query
        let word = words["parameters"]?[parameter.Name]
        let schema = new JObject { ["type"] = TypeOf(parameter.Type) }
        select new JObject(
            new JProperty("name", parameter.Name),
            new JProperty("in", parameter.Source == BindingSource.Path ? "path" : "query"),
            new JProperty("required", parameter.IsRequired || parameter.Source == BindingSource.Path),
            new JProperty("description", word?["description"]),
            new JProperty("schema", new JObject(schema.Properties().Concat(word?["schema"]?.Cast<JProperty>() ?? [])))));

    private static string TypeOf(Type? type)
    {
        type = type is null ? typeof(string) : Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(bool) ? "boolean" : type == typeof(int) || type == typeof(long) ? "integer" : "string";
    }

    private static JObject Body(JObject words)
    {
        var content = new JObject();
        if (words["schema"] is { } schema)
            content["application/json"] = new JObject { ["schema"] = Reference($"schemas/{schema}") };
        if ((bool?)words["file"] == true)
        {
            foreach (string type in AssetFormats.All.SelectMany(format => format.MediaTypes).Prepend("application/octet-stream").Distinct())
                content[type] = new JObject();
        }
        if (words["form"] is JObject form)
        {
            content["multipart/form-data"] = new JObject
            {
                ["schema"] = new JObject
                {
                    ["type"] = "object",
                    ["required"] = new JArray("file"),
                    ["properties"] = new JObject(form.Properties().Select(part => new JProperty(part.Name, new JObject { ["description"] = part.Value, ["contentMediaType"] = "application/octet-stream" }))),
                },
            };
        }
        return new JObject { ["required"] = true, ["content"] = content };
    }

    /// <summary>What an operation may be refused with: what anything may, what its kind may, and what it says itself.</summary>
    private static List<Problem> Of(ApiDescription operation, JObject words, NeedsKeyAttribute? need)
    {
        var problems = new List<Problem>(Anywhere);
        if (need?.Scope is not null)
            problems.Add(Problems.Forbidden);
        if (operation.ParameterDescriptions.Any(parameter => parameter.Source == BindingSource.Path))
            problems.Add(Problems.NotFound);
        if (words["body"] is not null)
            problems.AddRange([Problems.TooSlow, Problems.TooLarge, Problems.UnsupportedMediaType]);
        problems.AddRange((words["problems"] ?? new JArray()).Select(name => Problems.All.Single(problem => problem.Name == (string?)name)));
        return [.. Problems.All.Where(problems.Contains)];
    }

    private static JObject Responses() => new(
        from problem in Problems.All
        group problem by problem.Status into problems
        orderby problems.Key
        select new JProperty($"{problems.Key}", new JObject(
            new JProperty("description", string.Join(" Or: ", problems.Select(problem => $"{problem.Name}: {problem.Title}"))),
            new JProperty("headers", problems.Key is 429 or 503 ? new JObject { ["Retry-After"] = new JObject { ["description"] = "Seconds.", ["schema"] = new JObject { ["type"] = "integer" } } } : new JObject()),
            new JProperty("content", new JObject { [Problem.MediaType] = new JObject { ["schema"] = Reference("schemas/Problem") } }))));

    private static JObject Schemas(JObject words)
    {
        var schemas = new JObject
        {
            ["Problem"] = new JObject
            {
                ["type"] = "object",
                ["required"] = new JArray("type", "title", "status"),
                ["properties"] = new JObject
                {
                    ["type"] = new JObject { ["enum"] = new JArray(Problems.All.Select(problem => problem.Type)) },
                    ["title"] = new JObject { ["type"] = "string" },
                    ["status"] = new JObject { ["type"] = "integer" },
                    ["detail"] = new JObject { ["type"] = "string", ["description"] = "What to do about it." },
                },
                ["additionalProperties"] = false,
            },
        };
        schemas.Merge(words.DeepClone());
        return schemas;
    }

    private static JObject Reference(string name) => new() { ["$ref"] = $"#/components/{name}" };
}
