using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Newtonsoft.Json.Linq;

namespace Provenance.Server.OpenApi;

/// <summary>The description of the API as a page to read: each call with its parameters, answers, problems and a command to try it, and each problem under its name.</summary>
internal sealed class ApiPage
{
    public const string English = "en", Korean = "ko";

    /// <summary>Escapes what means something to a browser, and leaves Korean as it is.</summary>
    private static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly JObject _api;

    private ApiPage(JObject api) => _api = api;

    public static ApiPage Of(byte[] description) => new(JObject.Parse(Encoding.UTF8.GetString(description)));

    /// <summary>The page in a language. What stands in the description in English alone is marked as English.</summary>
    public byte[] Write(string language) => Encoding.UTF8.GetBytes(new Writing(_api, language).Write());

    private sealed class Writing(JObject api, string language)
    {
        private readonly StringBuilder _page = new();
        private readonly bool _isKorean = language == Korean;

        public string Write()
        {
            var info = api["info"]!;
            string title = Own(info, "title");
            Line($"<!doctype html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">");
            Line($"<meta name=\"color-scheme\" content=\"light dark\">\n<title>{Text(title)}</title>\n<link rel=\"stylesheet\" href=\"/api/style.css\">");
            Line($"<header>\n<h1>{Text(title)}</h1>\n<p>{Text(Own(info, "description"))}</p>");
            Line($"<p><a href=\"/\">{Say("Check a file", "파일 확인하기")}</a> · <a href=\"/api/openapi.json\">OpenAPI {Text(api["openapi"])}</a> · "
                + (_isKorean ? "<a href=\"/api\" hreflang=\"en\" lang=\"en\">English</a></p>" : "<a href=\"/api/ko\" hreflang=\"ko\" lang=\"ko\">한국어</a></p>"));
            Line("</header>");
            WriteContents();
            Line("<main>");
            foreach (var tag in api["tags"]!)
            {
                Line($"<h2 id=\"{Text(tag["name"])}\">{Text(Own(tag, "description"))}</h2>");
                foreach (var (address, method, operation) in Operations(tag))
                    WriteOperation(address, method, operation);
            }
            WriteProblems();
            Line("</main>\n</html>");
            return _page.ToString();
        }

        private void WriteContents()
        {
            Line($"<nav aria-label=\"{Say("Contents", "차례")}\">\n<ul>");
            foreach (var tag in api["tags"]!)
            {
                foreach (var (address, method, operation) in Operations(tag))
                    Line($"<li><a href=\"#{Text(operation["operationId"])}\"><code>{method} {Text(address)}</code></a>");
            }
            Line($"<li><a href=\"#problems\">{Say("Problems", "문제")}</a>\n</ul>\n</nav>");
        }

        private void WriteOperation(string address, string method, JToken operation)
        {
            Line($"<section id=\"{Text(operation["operationId"])}\">\n<h3><code>{method} {Text(address)}</code></h3>\n<p>{Text(Own(operation, "summary"))}</p>");
            if (operation["description"] is { } description)
                Line($"<p{Foreign}>{Text(description)}</p>");
            if (operation["security"]!.Any(option => option.HasValues) && operation["security"]!.Count() == 1)
                Line($"<p>{Say("Needs a key", "키가 필요합니다")}: <code>Authorization: Bearer KEY</code></p>");
            WriteParameters(operation);
            WriteBody(operation);
            WriteAnswers(operation);
            Line($"<h4>{Say("For example", "예")}</h4>\n<pre><code>{Text(operation["x-codeSamples"]![0]!["source"])}</code></pre>\n</section>");
        }

        private void WriteParameters(JToken operation)
        {
            if (operation["parameters"] is not { HasValues: true } parameters)
                return;
            Line($"<h4>{Say("Parameters", "매개변수")}</h4>\n<dl>");
            foreach (var parameter in parameters)
            {
                var schema = parameter["schema"]!;
                var facts = new List<string> { (string?)parameter["in"] == "path" ? Say("in the path", "경로") : Say("in the query", "쿼리") };
                if ((bool?)parameter["required"] == true)
                    facts.Add(Say("required", "필수"));
                if (schema["enum"] is { } values)
                    facts.Add(string.Join(" | ", values.Select(value => $"<code>{Text(value)}</code>")));
                if (schema["default"] is { } usual)
                    facts.Add($"{Say("without it", "없으면")} <code>{Text(JsonOf(usual))}</code>");
                Line($"<dt><code>{Text(parameter["name"])}</code> ({string.Join(", ", facts)})<dd{Foreign}>{Text(parameter["description"])}");
            }
            Line("</dl>");
        }

        private void WriteBody(JToken operation)
        {
            if (operation["requestBody"] is not { } body)
                return;
            Line($"<h4>{Say("Body", "본문")}</h4>\n<ul>");
            var content = Resolved(body)["content"]!.Cast<JProperty>().ToList();
            // Media types of files, of which there are dozens, in one line.
            var files = content.Where(type => !type.Value.HasValues).ToList();
            if (files.Count > 0)
                Line($"<li><details><summary>{Say("A file of any media type; these are known", "어떤 형식의 파일이든 됩니다. 알려진 형식은 다음과 같습니다")}</summary><p>{string.Join(", ", files.Select(type => $"<code>{Text(type.Name)}</code>"))}</p></details>");
            foreach (var type in content.Except(files))
                Line($"<li><code>{Text(type.Name)}</code>: {SchemaText(type.Value["schema"]!)}");
            Line("</ul>");
        }

        private void WriteAnswers(JToken operation)
        {
            Line($"<h4>{Say("Answers", "응답")}</h4>\n<dl>");
            foreach (var answer in operation["responses"]!.Cast<JProperty>().Where(answer => answer.Value["$ref"] is null))
            {
                string types = answer.Value["content"] is { } content ? $" ({string.Join(", ", content.Cast<JProperty>().Select(type => $"<code>{Text(type.Name)}</code>"))})" : "";
                Line($"<dt><code>{Text(answer.Name)}</code>{types}<dd><span{Foreign}>{Text(answer.Value["description"])}</span>");
                foreach (var type in answer.Value["content"]?.Cast<JProperty>() ?? [])
                {
                    if (type.Value["schema"] is { } schema && schema["$ref"] is not null)
                        Line(SchemaText(schema));
                }
            }
            Line($"<dt>{Say("Problems", "문제")}<dd>{string.Join(", ", operation["x-problems"]!.Select(name => $"<a href=\"#{Text(name)}\">{Text(name)}</a>"))}\n</dl>");
        }

        private void WriteProblems()
        {
            Line($"<h2 id=\"problems\">{Say("Problems", "문제")}</h2>");
            Line($"<p>{Say("What is not answered is refused with one of these, as application/problem+json (RFC 9457). \"type\" is the address of its line here. An answer of 429 or 503 says in Retry-After when to come back; every answer has an X-Request-Id, which the log of the server has too.",
                "답하지 못하는 요청은 아래 가운데 하나로 거절합니다(application/problem+json, RFC 9457). \"type\"은 이 목록에 있는 줄의 주소입니다. 429와 503 응답의 Retry-After는 언제 다시 물으면 되는지 알려 줍니다. 모든 응답에는 서버 기록에도 남는 X-Request-Id가 있습니다.")}</p>\n<dl>");
            foreach (var problem in api["x-problems"]!)
                Line($"<dt id=\"{Text(problem["name"])}\"><code>{Text(problem["status"])} {Text(problem["name"])}</code><dd{Foreign}>{Text(problem["title"])}");
            Line("</dl>");
        }

        /// <summary>A schema as it stands in the description, without the names that lead to it.</summary>
        private string SchemaText(JToken schema) => (string?)schema["$ref"] is { } reference && !reference.StartsWith('#')
            ? $"<a href=\"/api/{Text(reference)}\">{Text(reference)}</a>"
            : $"<pre><code>{Text(JsonOf(Resolved(schema)))}</code></pre>";

        private JToken Resolved(JToken token) => (string?)token["$ref"] is { } reference && reference.StartsWith("#/", StringComparison.Ordinal)
            ? api.SelectToken(string.Join('.', reference[2..].Split('/')))!
            : token;

        private IEnumerable<(string Address, string Method, JToken Operation)> Operations(JToken tag) =>
            from path in api["paths"]!.Cast<JProperty>()
            from method in path.Value.Cast<JProperty>()
            where (string?)method.Value["tags"]![0] == (string?)tag["name"]
            select (path.Name, method.Name.ToUpperInvariant(), method.Value);

        private string Foreign => _isKorean ? " lang=\"en\"" : "";

        private string Own(JToken token, string name) => (string)token[_isKorean ? $"x-{name}-ko" : name]!;

        private string Say(string english, string korean) => Text(_isKorean ? korean : english);

        private static string JsonOf(JToken token) => token is JValue { Type: JTokenType.String } text ? (string)text! : token.ToString(Newtonsoft.Json.Formatting.Indented);

        private static string Text(object? value) => s_encoder.Encode(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");

        private void Line(string html) => _page.Append(html).Append('\n');
    }
}
