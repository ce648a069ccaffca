using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.IO;

namespace Provenance.Fetching;

/// <summary>
/// The only door to the network. It asks for one URL that a stranger wrote, and must not become that stranger's hand: https alone (questions
/// about revocation may go over http), hosts of the public internet alone, each name resolved once and dialled as resolved, every redirect judged like the first URL, nothing sent but the
/// request itself, and an end to time and size (attacks J01 to J03; C2PA 2.5 §14.10.5.3). Nothing is kept from one fetch to the next.
/// </summary>
public sealed class GuardedClient
{
    /// <summary>Addresses of one host that are looked at; real hosts have some eight.</summary>
    private const int MostAddresses = 32;

    private readonly GuardedNetwork _network;

    /// <summary>A client of the real network.</summary>
    public GuardedClient()
        : this(GuardedNetwork.Real)
    {
    }

    internal GuardedClient(GuardedNetwork network) => _network = network;

    /// <summary>Takes in a body, of so many bytes at most; more are a <see cref="LimitExceededException"/>.</summary>
    internal Func<Stream, long, CancellationToken, ValueTask<AssetSource>> KeepAsync { get; init; } =
        static async (body, most, cancellation) => await StreamAssetSource.FromUnseekableAsync(body, most, cancellation).ConfigureAwait(false);

    /// <summary>Fetches a URL. Whatever is wrong with it, its host or the answer is told in the answer; cancellation alone travels.</summary>
    /// <param name="url">The URL, as somebody wrote it.</param>
    /// <param name="limits">What the fetch may cost.</param>
    /// <param name="cancellation">Honoured at every step.</param>
    public ValueTask<FetchAnswer> FetchAsync(string url, FetchLimits limits, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(limits);
        return FetchUrl.TryResolve(url, null, limits.Ports, out var parsed, out string? why, limits.PlainHttp)
            ? FetchAsync(parsed, limits, cancellation)
            : ValueTask.FromResult(FetchAnswer.Failed(FetchFault.NotAllowed, why));
    }

    /// <summary>Asks a question by POST, with the guards of a fetch; the answer of the asked host counts and no other's, so redirects are not followed.</summary>
    /// <param name="url">The URL, as somebody wrote it.</param>
    /// <param name="question">What is sent.</param>
    /// <param name="limits">What it may cost.</param>
    /// <param name="cancellation">Honoured at every step.</param>
    internal ValueTask<FetchAnswer> AskAsync(string url, Question question, FetchLimits limits, CancellationToken cancellation) =>
        FetchUrl.TryResolve(url, null, limits.Ports, out var parsed, out string? why, limits.PlainHttp)
            ? FetchAsync(parsed, limits with { Redirects = 0 }, cancellation, question)
            : ValueTask.FromResult(FetchAnswer.Failed(FetchFault.NotAllowed, why));

    /// <summary>What is sent to be answered.</summary>
    /// <param name="MediaType">Its media type.</param>
    /// <param name="Body">Its bytes.</param>
    internal sealed record Question(string MediaType, ReadOnlyMemory<byte> Body);

    internal async ValueTask<FetchAnswer> FetchAsync(FetchUrl url, FetchLimits limits, CancellationToken cancellation, Question? question = null)
    {
        var way = new Way();
        var answer = await FollowAsync(url, limits, question, way, cancellation).ConfigureAwait(false);
        answer.IsRedirected = way.Redirects > 0;
        return answer;
    }

    /// <summary>How far a fetch came, which the answer to one that failed does not tell.</summary>
    private sealed class Way
    {
        public int Redirects { get; set; }
    }

    private async ValueTask<FetchAnswer> FollowAsync(FetchUrl url, FetchLimits limits, Question? question, Way way, CancellationToken cancellation)
    {
        using var deadline = new FetchDeadline(limits, cancellation);
        string host = url.Host;
        try
        {
            while (true)
            {
                host = url.Host;
                var step = await AskAsync(url, question, limits, deadline).ConfigureAwait(false);
                if (step.Answer is { } answer)
                    return answer;
                if (way.Redirects++ == limits.Redirects)
                    return FetchAnswer.Failed(FetchFault.NotGiven, limits.Redirects == 0 ? $"{host} sends on to another URL, which is not followed" : $"{host} sends on to other URLs, more than {limits.Redirects} times");
                if (!FetchUrl.TryResolve(step.Location, url.Uri, limits.Ports, out var next, out string? why, limits.PlainHttp))
                    return FetchAnswer.Failed(FetchFault.NotAllowed, $"{host} sends on to a URL that is not followed: {why}");
                url = next;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return FetchAnswer.Failed(FetchFault.TooSlow, $"{host} took too long");
        }
        catch (LimitExceededException)
        {
            return FetchAnswer.Failed(FetchFault.TooLarge, $"{host} sends more than {limits.Bytes} bytes");
        }
        catch (HttpRequestException e)
        {
            return Explain(host, e);
        }
        catch (IOException)
        {
            return FetchAnswer.Failed(FetchFault.Broken, $"the answer of {host} ended early");
        }
    }

    /// <summary>The end of the fetch, or where it goes on.</summary>
    private readonly record struct Step(FetchAnswer? Answer, string Location = "")
    {
        public static Step Failed(FetchFault fault, string why) => new(FetchAnswer.Failed(fault, why));
    }

    private async ValueTask<Step> AskAsync(FetchUrl url, Question? question, FetchLimits limits, FetchDeadline deadline)
    {
        var (addresses, why) = await ResolveAsync(url, deadline.Token).ConfigureAwait(false);
        if (why is not null)
            return Step.Failed(addresses.Length == 0 ? FetchFault.Unreachable : FetchFault.NotAllowed, why);

        // A handler for each request: no connection, session or address outlives it.
        using var handler = Handler(addresses, url.Port, limits);
        using var invoker = new HttpMessageInvoker(handler);
        using var request = Request(url, question);
        using var response = await invoker.SendAsync(request, deadline.Token).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
        {
            return response.Headers.NonValidated.TryGetValues("Location", out var locations) && locations.Count == 1
                ? new Step(null, locations.ToString())
                : Step.Failed(FetchFault.Broken, $"{url.Host} sends on without saying where");
        }
        if (response.StatusCode != HttpStatusCode.OK)
            return Step.Failed(FetchFault.NotGiven, $"{url.Host} answered {(int)response.StatusCode}");
        // It was asked for as it is; what comes packed all the same could be a bomb.
        if (response.Content.Headers.NonValidated.TryGetValues("Content-Encoding", out var encoding) && !encoding.ToString().Equals("identity", StringComparison.OrdinalIgnoreCase))
            return Step.Failed(FetchFault.Broken, $"{url.Host} sends it packed, which it was not asked for");
        if (response.Content.Headers.ContentLength > limits.Bytes)
            return Step.Failed(FetchFault.TooLarge, $"{url.Host} sends more than {limits.Bytes} bytes");

        var body = new PatientStream(await response.Content.ReadAsStreamAsync(deadline.Token).ConfigureAwait(false), deadline);
        await using (body.ConfigureAwait(false))
        {
            var source = await KeepAsync(body, limits.Bytes, deadline.Token).ConfigureAwait(false);
            return new(FetchAnswer.Fetched(source, url.Uri, response.Headers.NonValidated.TryGetValues("Link", out var links) ? [.. links] : []));
        }
    }

    /// <summary>The addresses to dial. One that is not public speaks against the host: what it answers may change with whoever asks.</summary>
    private async ValueTask<(IPAddress[] Addresses, string? Why)> ResolveAsync(FetchUrl url, CancellationToken cancellation)
    {
        if (url.Address is { } only)
            return ([only], null);
        IPAddress[] addresses;
        try
        {
            addresses = await _network.ResolveAsync(url.Host, cancellation).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            addresses = [];
        }
        if (addresses.Length == 0)
            return ([], $"{url.Host} has no address");
        foreach (var address in addresses)
        {
            if (PublicAddress.WhyNot(address) is { } what)
                return (addresses, $"{url.Host} has an address that is not public: {what}");
        }
        return (addresses.Length > MostAddresses ? addresses[..MostAddresses] : addresses, null);
    }

    private SocketsHttpHandler Handler(IPAddress[] addresses, int port, FetchLimits limits) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        Credentials = null,
        PreAuthenticate = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = limits.HeaderKibibytes,
        MaxResponseDrainSize = 0,
        ConnectTimeout = limits.ConnectTime * addresses.Length,
        ConnectCallback = (_, cancellation) => DialAsync(addresses, port, limits, cancellation),
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = ChainPolicy() },
    };

    /// <summary>The platform judges the certificate, from what it and the host have: certificates and revocation lists would be fetched around this client.</summary>
    private X509ChainPolicy ChainPolicy()
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (_network.Roots is { } roots)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(roots);
        }
        return policy;
    }

    private async ValueTask<Stream> DialAsync(IPAddress[] addresses, int port, FetchLimits limits, CancellationToken cancellation)
    {
        for (int i = 0; ; i++)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(limits.ConnectTime);
            try
            {
                return await _network.DialAsync(new IPEndPoint(addresses[i], port), patience.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (i + 1 < addresses.Length && (e is SocketException || (e is OperationCanceledException && !cancellation.IsCancellationRequested)))
            {
                // The next one may answer.
            }
        }
    }

    private static HttpRequestMessage Request(FetchUrl url, Question? question)
    {
        var request = new HttpRequestMessage(question is null ? HttpMethod.Get : HttpMethod.Post, url.Uri) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Provenance", null));
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        if (question is not null)
        {
            request.Content = new ReadOnlyMemoryContent(question.Body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(question.MediaType);
        }
        return request;
    }

    private static FetchAnswer Explain(string host, HttpRequestException e) => e switch
    {
        { HttpRequestError: HttpRequestError.SecureConnectionError } or { InnerException: AuthenticationException } =>
            FetchAnswer.Failed(FetchFault.Unreachable, $"{host} does not prove that it is {host}"),
        { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => FetchAnswer.Failed(FetchFault.TooLarge, $"the header of {host}'s answer is too long"),
        { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ResponseEnded } => FetchAnswer.Failed(FetchFault.Broken, $"the answer of {host} is not well formed"),
        _ => FetchAnswer.Failed(FetchFault.Unreachable, $"{host} cannot be reached"),
    };
}
