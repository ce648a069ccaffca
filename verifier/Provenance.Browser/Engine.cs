using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Loader;
using Provenance.Verifier;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;
using Provenance.Verifier.Trust;

namespace Provenance.Browser;

/// <summary>
/// What the worker calls (package/src/engine.ts). A verification has a number, chosen by the worker, under which its file is read and its
/// report is kept until the worker says that it is no longer needed.
/// </summary>
internal static partial class Engine
{
    private static readonly Dictionary<int, KeptPolicy> s_policies = [];
    private static readonly Dictionary<int, Question> s_questions = [];
    private static readonly Dictionary<int, GivenResponses> s_responses = [];
    private static FurtherAnswers? s_further;
    private static PolicyBuilder s_builder = new();

    private sealed record KeptPolicy(VerificationPolicy Policy, PersonalData Shown);

    /// <summary>Begins a policy anew; files of lists come next, and <see cref="AddPolicy"/> ends it.</summary>
    [JSExport]
    internal static void BeginPolicy() => s_builder = new();

    /// <summary>Adds a file of a list to the policy that was begun.</summary>
    /// <exception cref="Verifier.Bytes.MalformedDataException">It is damaged: its message says how.</exception>
    [JSExport]
    internal static void AddList(string role, string name, byte[] bytes, string sha256, string? purposes) => s_builder.Add(new(role, name, bytes, sha256, purposes));

    /// <summary>Keeps the policy that was begun under a number.</summary>
    [JSExport]
    internal static void AddPolicy(int policy, double time, bool looksUp, bool olderTimeModel, bool digest, string shown, string[] identityIssuers)
    {
        var built = s_builder.Build(time, looksUp) with { OlderTimeModel = olderTimeModel, WithDigest = digest, TrustedIdentityIssuers = identityIssuers };
        s_policies[policy] = new(built, PolicyBuilder.ShownOf(shown));
    }

    /// <summary>Forgets a policy; what was asked under it is still answered.</summary>
    [JSExport]
    internal static void ForgetPolicy(int policy) => s_policies.Remove(policy);

    /// <summary>Who signed bytes: the SHA-256 of the certificate, lower-case hex; empty where the detached signature over them is not good.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="signature">CMS (RFC 5652), DER or PEM.</param>
    [JSExport]
    internal static async Task<string> ListSigner(byte[] content, byte[] signature) =>
        (await ListSignature.CheckAsync(content, signature, null, new WebCrypto()).ConfigureAwait(false)).SignerSha256 ?? "";

    /// <summary>Says of a question that is asked next that issuers' responders count as asked; what they answered comes by <see cref="AddResponse"/>.</summary>
    [JSExport]
    internal static void BeginResponses(int number) => s_responses[number] = new();

    /// <summary>Adds what a responder answered.</summary>
    /// <param name="number">The number of the question.</param>
    /// <param name="question">What it was asked, a line of <see cref="OpenQuestions"/>.</param>
    /// <param name="response">OCSPResponse in DER, as it came.</param>
    [JSExport]
    internal static void AddResponse(int number, string question, byte[] response) => s_responses[number].Add(question, response);

    /// <inheritdoc cref="GivenResponses.Open"/>
    [JSExport]
    internal static string OpenQuestions(int number) => Asked(number).Responses?.Open ?? "";

    /// <summary>Verifies a file.</summary>
    /// <param name="number">The number of the question, and of its file.</param>
    /// <param name="length">Length of the file in bytes.</param>
    /// <param name="policy">The policy's number.</param>
    /// <param name="time">The time to judge at, in seconds since 1970; negative for the policy's own.</param>
    /// <param name="name">How the caller names the file; null where it does not.</param>
    /// <param name="manifest">A manifest store that is not in the file; null for none.</param>
    /// <returns>The report as JSON.</returns>
    [JSExport]
    internal static async Task<string> Verify(int number, double length, int policy, double time, string? name, byte[]? manifest)
    {
        var (asked, shown) = s_policies[policy];
        if (time >= 0)
            asked = asked with { Time = DateTimeOffset.FromUnixTimeSeconds((long)time) };
        s_responses.Remove(number, out var responses);
        var question = new Question(new BlobSource(number, (long)length), name, shown, responses);
        s_questions[number] = question;
        asked = asked with { RevocationSource = responses };
        var companions = manifest is null ? AssetCompanions.None : new() { Manifest = new(manifest) };
        return await Settled(AnswerAsync()).ConfigureAwait(false);

        async Task<string> AnswerAsync()
        {
            question.Report = await Verifier.Verifier.VerifyAsync(question.Source, companions, asked, question.Cancellation.Token).ConfigureAwait(false);
            return question.Json();
        }
    }

    /// <summary>Gives up a verification that is under way: it ends with an error.</summary>
    [JSExport]
    internal static void Cancel(int number)
    {
        if (s_questions.TryGetValue(number, out var question))
            question.Cancellation.Cancel();
    }

    /// <summary>Forgets a question and its report.</summary>
    [JSExport]
    internal static void Forget(int number)
    {
        s_responses.Remove(number);
        if (s_questions.Remove(number, out var question))
            question.Cancellation.Dispose();
    }

    /// <summary>The label's sentence and the lines below it, as JSON.</summary>
    [JSExport]
    internal static string Told(int number, string language)
    {
        var text = new StringWriter();
        ToldJson.Write(text, Asked(number).Answer, WordsOf(language));
        return text.ToString();
    }

    /// <summary>Brings in an assembly of the second bundle; the last one, which refers to the others, answers from then on.</summary>
    [JSExport]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The build trims both bundles together and keeps the whole of the one type that is made here.")]
    internal static void Load(byte[] bytes, bool isLast)
    {
        using var stream = new MemoryStream(bytes);
        var assembly = AssemblyLoadContext.Default.LoadFromStream(stream);
        if (isLast)
            s_further = (FurtherAnswers)assembly.CreateInstance("Provenance.Browser.Metadata.Further")!;
    }

    /// <inheritdoc cref="FurtherAnswers.FullAsync"/>
    [JSExport]
    internal static Task<string> Full(int number) => Settled(s_further!.FullAsync(Asked(number)));

    /// <inheritdoc cref="FurtherAnswers.PageAsync"/>
    [JSExport]
    internal static Task<string> Page(int number, string language, bool inFull) => Settled(s_further!.PageAsync(Asked(number), language, inFull));

    /// <inheritdoc cref="FurtherAnswers.HtmlAsync"/>
    [JSExport]
    internal static Task<string> Html(int number, string language) => Settled(s_further!.HtmlAsync(Asked(number), language));

    /// <inheritdoc cref="FurtherAnswers.BoxesAsync"/>
    [JSExport]
    internal static Task<string> Boxes(int number) => Settled(s_further!.BoxesAsync(Asked(number)));

    /// <summary>A cancelled task leaves its promise pending for ever: the runtime rejects promises of failed tasks alone.</summary>
    private static async Task<string> Settled(Task<string> work)
    {
        try
        {
            return await work.ConfigureAwait(false);
        }
        catch (OperationCanceledException e)
        {
            throw new InvalidOperationException("cancelled", e);
        }
    }

    private static Question Asked(int number) => s_questions[number];

    internal static Words WordsOf(string language) => language == "ko" ? Words.Korean : Words.English;
}
