using Provenance.Server.Guards;
using Provenance.Server.Settings;
using Provenance.Server.Verification;
using Provenance.Server.Verification.Bodies;
using Provenance.Server.Verification.Urls;
using Provenance.Verifier;

namespace Provenance.Server.Resolution;

/// <summary>What the query of a content search says.</summary>
/// <param name="Algorithm">Only soft bindings of this algorithm; null for all.</param>
/// <param name="HintAlgorithm">The algorithm of the hint; null for none.</param>
/// <param name="HintValue">Its value, Base64.</param>
internal sealed record ContentQuery(string? Algorithm, string? HintAlgorithm, string? HintValue);

/// <summary>Finds registered manifests by what a file says of itself.</summary>
internal sealed class ContentSearch(
    BindingSearch search, KnownAlgorithms algorithms, IManifestStore manifests, ResolutionSettings settings, UploadReader uploads, WorkPlaces places, PolicyNow policies, UrlVerification urls)
{
    /// <summary>Soft bindings of one file that are looked up. A credential may hold thousands.</summary>
    private const int MostBindings = 16;

    /// <exception cref="RefusedException">There is no answer.</exception>
    public async Task<IReadOnlyList<MatchAnswer>> FindByContentAsync(HttpRequest request, ContentQuery query, int most, CancellationToken aborted)
    {
        // At once, with as much of the body thrown away as behind every refusal: what is not offered takes in no file.
        if (!settings.ByContent)
            throw new RefusedException(Problems.NotOffered, "Make the fingerprint, or read the watermark, where the file is, and ask /v1/matches/byBinding.");
        await using var upload = await uploads.ReadAsync(request, aborted);
        var report = await places.RunAsync(cancellation => new ValueTask<VerificationReport>(CheckAsync(upload, cancellation)), aborted);
        return await FindAsync(report, query, most, aborted);
    }

    /// <exception cref="RefusedException">There is no answer.</exception>
    public async Task<IReadOnlyList<MatchAnswer>> FindByReferenceAsync(ContentReference reference, HttpRequest request, ContentQuery query, int most, CancellationToken aborted)
    {
        if (!settings.ByReference)
            throw new RefusedException(Problems.NotOffered, "Fetch the file, make its fingerprint or read its watermark, and ask /v1/matches/byBinding.");
        return await FindAsync(await urls.ReportAsync(reference.ReferenceUrl, request, aborted), query, most, aborted);
    }

    private async Task<VerificationReport> CheckAsync(Upload upload, CancellationToken cancellation)
    {
        var (policy, _) = policies.Take(withDigest: false);
        return await Verifier.Verifier.VerifyAsync(upload.File, AssetCompanions.None, policy, cancellation);
    }

    /// <summary>The credential need not hold: it is where to look, and not what is believed.</summary>
    private async Task<IReadOnlyList<MatchAnswer>> FindAsync(VerificationReport report, ContentQuery query, int most, CancellationToken cancellation)
    {
        var found = new List<MatchAnswer>();
        if (query.HintAlgorithm is not null || query.HintValue is not null)
            found.AddRange(await search.FindAsync(query.HintAlgorithm ?? "", BindingValue.Parse(query.HintValue), most, cancellation));
        if (report.Manifests is [var active, ..] && await manifests.GetStoreAsync(active.Label, activeManifestOnly: false, cancellation) is { } store)
            found.Add(new(store.ManifestId, 100));
        var bindings = report.SoftBindings.Where(binding => query.Algorithm is null || binding.Algorithm == query.Algorithm)
            .Select(binding => (binding.Algorithm, Value: algorithms.InOneForm(binding.Algorithm, binding.Value, binding.IsText))).Where(binding => binding.Value is { Length: > 0 and <= BindingValue.LongestBytes });
        foreach (var (algorithm, value) in bindings.Take(MostBindings))
            found.AddRange(await search.FindAsync(algorithm, value!.Value, most, cancellation));
        return [.. found.OrderByDescending(match => match.SimilarityScore).DistinctBy(match => match.ManifestId).Take(most)];
    }
}
