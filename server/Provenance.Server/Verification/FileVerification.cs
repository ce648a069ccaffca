using Provenance.Metadata;
using Provenance.Server.Guards;
using Provenance.Server.Telemetry;
using Provenance.Server.Verification.Bodies;
using Provenance.Server.Verification.Labels;
using Provenance.Verifier.Labels;

namespace Provenance.Server.Verification;

/// <summary>Checks files that were sent. Nothing is fetched for their sake.</summary>
internal sealed class FileVerification(UploadReader uploads, WorkPlaces places, PolicyNow policies, RememberedLabels labels, ServerMetrics metrics)
{
    /// <summary>Reads a request, checks the file in it and writes the answer out.</summary>
    /// <exception cref="RefusedException">There is no answer.</exception>
    public async Task<Answer> AnswerAsync(HttpRequest request, VerifyQuestion question, CancellationToken aborted)
    {
        await using var upload = await uploads.ReadAsync(request, aborted);
        return await places.RunAsync(cancellation => AnswerAsync(upload, question, cancellation), aborted);
    }

    private async ValueTask<Answer> AnswerAsync(Upload upload, VerifyQuestion question, CancellationToken cancellation)
    {
        // A document says which bytes it is about.
        var (policy, lists) = policies.Take(question.WithDigest || question.Format == AnswerFormat.Html);
        try
        {
            var report = await Verifier.Verifier.VerifyAsync(upload.File, await upload.CompanionsAsync(policy, cancellation), policy, cancellation);
            if (question.Format is AnswerFormat.Json or AnswerFormat.Html)
                report.Metadata = await UnsignedMetadata.ReadAsync(upload.File, report, cancellation);
            if (question.WithDigest)
                labels.Remember(report, lists);
            metrics.CountVerdict(LabelTable.Code(report.Label));
            return Answer.Of(report, question, upload.Name);
        }
        catch (IOException)
        {
            throw new RefusedException(Problems.StorageUnavailable);
        }
    }
}
