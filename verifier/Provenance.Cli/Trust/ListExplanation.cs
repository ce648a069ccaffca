using System.Globalization;
using Newtonsoft.Json;
using Provenance.TrustStore;
using Provenance.Verifier;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;
using Provenance.Verifier.Trust;
using Provenance.Verifier.X509;

namespace Provenance.Cli.Trust;

/// <summary>Tells by which path the signer of a file, and the authority that stamped it, are known; or every reason why they are not.</summary>
internal static class ListExplanation
{
    /// <summary>0 where a list vouches for every signer, 1 where none does for one, else as "verify".</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> files, VerificationPolicy policy, ListDialog dialog, bool json)
    {
        var exitCodes = new HashSet<int>();
        foreach (string file in files)
        {
            VerificationReport report;
            try
            {
                var source = await AnswerSource.OpenAsync(file).ConfigureAwait(false);
                await using (source.ConfigureAwait(false))
                    report = await Verifier.Verifier.VerifyAsync(source, policy).ConfigureAwait(false);
            }
            catch (Exception e) when (AnswerSource.IsUnreadable(e))
            {
                report = VerificationReport.UnreadFor(policy, AnswerSource.WhyUnreadable(e));
            }
            var explanations = await TrustExplanation.OfAsync(report).ConfigureAwait(false);
            dialog.Write(json ? Json(file, report, explanations) : Text(file, report, explanations, dialog));
            exitCodes.Add(explanations.Count == 0 ? report.ExitCode : explanations[0].Opinions.Any(opinion => opinion.Vouches) ? 0 : 1);
        }
        return LabelTable.ExitCodeFor(exitCodes);
    }

    private static string Text(string file, VerificationReport report, IReadOnlyList<SignerExplanation> explanations, ListDialog dialog)
    {
        var words = dialog.Words;
        var text = new StringWriter();
        text.Write($"{DisplayText.Clean(file, 400)}\n  {report.SentenceIn(words)}\n");
        foreach (var explanation in explanations)
        {
            bool isSigner = explanation.Purpose == TrustPurpose.Signer;
            text.Write($"\n  {words.Say(isSigner ? "explain.signer" : "explain.time-stamp", "name", Name(explanation.Chain[0]), "time", words.Moment(explanation.At))}\n");
            if (explanation.Fault is { } fault)
                text.Write($"    {words.Say("explain.profile", "why", fault)}\n");
            if (!isSigner && report.Manifests is [{ Time.WhyNotProven: { } why }, ..])
                text.Write($"    {words.Say("explain.stamp-refused", "why", DisplayText.Clean(why, 1000))}\n");
            if (explanation.Opinions.Count == 0)
                text.Write($"    {words.Say(report.Policy.LacksLists ? "explain.no-list" : isSigner ? "explain.no-signer-list" : "explain.no-time-list")}\n");
            if (report.Policy.LacksLists)
                text.Write($"    {words.Say("issuer.install-a-list")}\n");
            foreach (var opinion in explanation.Opinions)
                Write(text, explanation, opinion, words, dialog);
        }
        text.Write('\n');
        return text.ToString();
    }

    private static void Write(StringWriter text, SignerExplanation explanation, ListOpinion opinion, Words words, ListDialog dialog)
    {
        string list = words.Say("explain.list", "list", DisplayText.Clean(opinion.List.Name), "model", words.Say($"trust.model.{Model(opinion.List)}"));
        text.Write($"    {list}\n");
        if (opinion.IsAllowed)
        {
            text.Write($"      {words.Say("explain.allowed")}\n");
        }
        else if (opinion.Path is { } path)
        {
            text.Write($"      {words.Say("explain.path")}\n");
            for (int i = 0; i < path.Certificates.Count; i++)
            {
                bool isAnchor = i == path.Certificates.Count - 1;
                var certificate = path.Certificates[i];
                text.Write($"        {Name(certificate)}\n");
                text.Write($"          {words.Say("time.in-force", "from", words.Moment(certificate.NotBefore), "until", words.Moment(certificate.NotAfter))}\n");
                text.Write($"          SHA-256 {Sha256(certificate)}\n");
                if (isAnchor)
                    text.Write($"          {words.Say("explain.anchor", "window", dialog.WindowOf(path.Anchor.NotBefore, path.Anchor.NotAfter))}\n");
            }
        }
        else if (!opinion.AcceptsPurpose)
        {
            text.Write($"      {words.Say("explain.purpose", "found", words.List(explanation.Chain[0].ExtendedKeyUsages ?? []), "accepted", words.List(opinion.List.AcceptedPurposes))}\n");
        }
        else if (opinion.List.Anchors.Count == 0)
        {
            text.Write($"      {words.Say("explain.not-allowed")}\n");
        }
        foreach (var failure in opinion.Failures)
        {
            string what = failure.Kind == PathFailureKind.NoIssuer && failure.Certificate is { } child
                ? words.Say("explain.failure.no-issuer", "issuer", DisplayText.Clean(child.Issuer.ToString(), 200), "key", child.AuthorityKeyIdentifier is { } key ? Convert.ToHexStringLower(key.Span) : "-")
                : words.Say($"explain.failure.{Kind(failure.Kind)}");
            text.Write($"      {(failure.Certificate is { } certificate ? Name(certificate) + ": " : "")}{what}\n");
            if (failure.Kind != PathFailureKind.NoIssuer)
                text.Write($"        {DisplayText.Clean(failure.Reason, 1000)}\n");
        }
    }

    private static string Name(Certificate certificate) => DisplayText.Clean(certificate.Subject.ToString(), 200) is { Length: > 0 } name ? name : "-";

    private static string Sha256(Certificate certificate) => TrustFolder.Digest(certificate.Raw.ToArray());

    private static string Model(TrustList list) => list.Model switch { TrustModel.Current => "current", TrustModel.Older => "older", _ => "own" };

    private static string Kind(PathFailureKind kind) => kind switch
    {
        PathFailureKind.NoIssuer => "no-issuer",
        PathFailureKind.AnchorWindow => "anchor-window",
        PathFailureKind.CertificateRule => "certificate-rule",
        PathFailureKind.Signature => "signature",
        PathFailureKind.UnsupportedAlgorithm => "unsupported",
        PathFailureKind.SelfSigned => "self-signed",
        PathFailureKind.ItselfAnchor => "itself-anchor",
        PathFailureKind.Circle => "circle",
        PathFailureKind.PathRule => "path-rule",
        PathFailureKind.Dates => "dates",
        _ => "limit",
    };

    private static string Json(string file, VerificationReport report, IReadOnlyList<SignerExplanation> explanations)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        using var json = new JsonTextWriter(text) { StringEscapeHandling = StringEscapeHandling.EscapeNonAscii };
        json.WriteStartObject();
        Write("file", file);
        Write("label", LabelTable.Code(report.Label));
        Flag("listsInstalled", !report.Policy.LacksLists);
        Array("certificates", explanations, explanation =>
        {
            Write("purpose", explanation.Purpose == TrustPurpose.Signer ? "signer" : "time-stamp");
            Write("subject", explanation.Chain[0].Subject.ToString());
            Write("sha256", Sha256(explanation.Chain[0]));
            Time("at", explanation.At);
            Write("fault", explanation.Fault);
            Array("lists", explanation.Opinions, opinion =>
            {
                Write("list", opinion.List.Name);
                Write("model", Model(opinion.List));
                Write("identifier", opinion.List.Identifier);
                Flag("vouches", opinion.Vouches);
                Flag("allowed", opinion.IsAllowed);
                Flag("acceptsPurpose", opinion.AcceptsPurpose);
                Array("path", opinion.Path?.Certificates ?? [], certificate =>
                {
                    Write("subject", certificate.Subject.ToString());
                    Write("sha256", Sha256(certificate));
                    Time("notBefore", certificate.NotBefore);
                    Time("notAfter", certificate.NotAfter);
                });
                Time("anchorFrom", opinion.Path?.Anchor.NotBefore);
                Time("anchorUntil", opinion.Path?.Anchor.NotAfter);
                Array("failures", opinion.Failures, failure =>
                {
                    Write("kind", Kind(failure.Kind));
                    Write("subject", failure.Certificate?.Subject.ToString());
                    Write("issuer", failure.Certificate?.Issuer.ToString());
                    Write("authorityKeyIdentifier", failure.Certificate?.AuthorityKeyIdentifier is { } key ? Convert.ToHexStringLower(key.Span) : null);
                    Write("reason", failure.Reason);
                });
            });
        });
        json.WriteEndObject();
        return text + "\n";

        void Array<T>(string name, IReadOnlyList<T> items, Action<T> write)
        {
            json.WritePropertyName(name);
            json.WriteStartArray();
            foreach (var item in items)
            {
                json.WriteStartObject();
                write(item);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }

        void Write(string name, string? value)
        {
            json.WritePropertyName(name);
            json.WriteValue(value);
        }

        void Flag(string name, bool value)
        {
            json.WritePropertyName(name);
            json.WriteValue(value);
        }

        void Time(string name, DateTimeOffset? value) => Write(name, value?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }
}
