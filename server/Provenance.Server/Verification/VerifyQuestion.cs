using Provenance.Server.Guards;
using Provenance.Verifier.Labels;

namespace Provenance.Server.Verification;

/// <summary>How somebody wants to be answered.</summary>
/// <param name="Format">In which form.</param>
/// <param name="Words">In which language, where the form has one.</param>
/// <param name="WithDigest">Whether the SHA-256 of the whole file is told, which costs a second pass over it; its label is remembered under it.</param>
internal sealed record VerifyQuestion(AnswerFormat Format, Words Words, bool WithDigest)
{
    /// <summary>The names that a query may have.</summary>
    private static readonly string[] s_names = ["format", "lang", "digest"];

    /// <summary>The forms by their names, which are the command line's.</summary>
    public static readonly IReadOnlyDictionary<string, AnswerFormat> Formats = new Dictionary<string, AnswerFormat>
    {
        ["json"] = AnswerFormat.Json,
        ["c2patool"] = AnswerFormat.C2paTool,
        ["crjson"] = AnswerFormat.CrJson,
        ["html"] = AnswerFormat.Html,
    };

    /// <summary>Reads a query. A slip in it is told: an answer of another form than was meant would be worse.</summary>
    /// <exception cref="RefusedException">It is not understood.</exception>
    public static VerifyQuestion Of(IQueryCollection query)
    {
        if (query.Keys.Any(name => !s_names.Contains(name)))
            throw new RefusedException(Problems.BadRequest, $"The query may have {string.Join(", ", s_names)}, and nothing else.");
        return new(
            One(query, "format") is not { } format ? AnswerFormat.Json : Formats.TryGetValue(format, out var known) ? known : throw Slip("format", string.Join(", ", Formats.Keys)),
            One(query, "lang") switch { null or "en" => Words.English, "ko" => Words.Korean, _ => throw Slip("lang", "en, ko") },
            One(query, "digest") switch { null or "false" => false, "true" => true, _ => throw Slip("digest", "true, false") });
    }

    private static string? One(IQueryCollection query, string name) => query[name] switch
    {
        [] => null,
        [var only] => only,
        _ => throw new RefusedException(Problems.BadRequest, $"The query has {name} twice."),
    };

    private static RefusedException Slip(string name, string values) => new(Problems.BadRequest, $"{name} is one of: {values}.");
}
