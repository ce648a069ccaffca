using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Provenance.Fetching;

namespace Provenance.Tests.Fetching;

/// <summary>
/// A web of hosts that all live in one real server on this machine, which speaks HTTPS and, to who does not start with TLS, HTTP. The names and addresses are made up; what the client resolves and
/// dials is written down, and a connection to any address of the web ends up at the server.
/// </summary>
internal sealed class TestWeb : IAsyncDisposable
{
    /// <summary>The address that hosts have unless told otherwise: any that is public will do, nobody dials it.</summary>
    public static readonly IPAddress Public = IPAddress.Parse("93.184.215.14");

    private static readonly (X509Certificate2 Root, X509Certificate2 Server) Certificates = MakeCertificates();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<string, Func<string, Stream, CancellationToken, Task>> _pages = new();
    private readonly Task _accepting;

    public TestWeb()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Addresses of hosts; a host without an entry has <see cref="Public"/>. Each look-up takes the next of the lists, the last for ever.</summary>
    public Dictionary<string, IPAddress[][]> Addresses { get; } = [];

    public List<string> Resolved { get; } = [];

    public ConcurrentQueue<IPEndPoint> Dialled { get; } = new();

    /// <summary>The head of each request, as it came.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The body of each request that had one.</summary>
    public ConcurrentQueue<byte[]> Bodies { get; } = new();

    /// <summary>A client whose names and connections lead here.</summary>
    public GuardedClient Client => new(Network);

    /// <summary>What such a client takes for the outer world.</summary>
    public GuardedNetwork Network => new() { ResolveAsync = ResolveAsync, DialAsync = DialAsync, Roots = [Certificates.Root] };

    /// <summary>A client that believes only what the platform believes.</summary>
    public GuardedClient ClientWithoutOurRoot => new(new GuardedNetwork { ResolveAsync = ResolveAsync, DialAsync = DialAsync });

    /// <summary>Answers a path, on every host, by writing to the connection; it is closed behind that.</summary>
    public TestWeb On(string path, Func<Stream, CancellationToken, Task> answer) => On(path, (_, stream, cancellation) => answer(stream, cancellation));

    public TestWeb On(string path, Func<string, Stream, CancellationToken, Task> answer)
    {
        _pages[path] = answer;
        return this;
    }

    /// <summary>Answers a path with bytes.</summary>
    public TestWeb Gives(string path, byte[] body, params string[] headers) =>
        On(path, (stream, cancellation) => WriteAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n{Lines(headers)}\r\n", body, cancellation));

    /// <summary>Answers a path with nothing but a header.</summary>
    public TestWeb Says(string path, string status, params string[] headers) =>
        On(path, (stream, cancellation) => WriteAsync(stream, $"HTTP/1.1 {status}\r\nContent-Length: 0\r\n{Lines(headers)}\r\n", [], cancellation));

    public static async Task WriteAsync(Stream stream, string head, byte[] body, CancellationToken cancellation)
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head), cancellation);
        await stream.WriteAsync(body, cancellation);
        await stream.FlushAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        // First: a listener that was stopped between two calls answers with an exception of another kind.
        await _accepting;
        _listener.Stop();
        _closing.Dispose();
    }

    private static string Lines(string[] headers) => string.Concat(headers.Select(header => header + "\r\n"));

    private Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        int before;
        lock (Resolved)
        {
            before = Resolved.Count(name => name == host);
            Resolved.Add(host);
        }
        var lists = Addresses.GetValueOrDefault(host) ?? [[Public]];
        return Task.FromResult(lists[Math.Min(before, lists.Length - 1)]);
    }

    private async ValueTask<Stream> DialAsync(IPEndPoint address, CancellationToken cancellation)
    {
        Dialled.Enqueue(address);
        var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)_listener.LocalEndpoint, cancellation);
        return client.GetStream();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_closing.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        using var client = connection;
        try
        {
            byte[] first = new byte[1];
            bool isTls = await client.Client.ReceiveAsync(first, SocketFlags.Peek, _closing.Token) == 1 && first[0] == 0x16;
            await using Stream stream = isTls ? new SslStream(client.GetStream()) : client.GetStream();
            if (stream is SslStream secure)
                await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificates.Server }, _closing.Token);
            string head = await ReadHeadAsync(stream);
            if (head.Length == 0)
                return; // the client did not like the certificate
            Requests.Enqueue(head);
            if (head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal)) is { } length)
            {
                byte[] body = new byte[int.Parse(length.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)];
                await stream.ReadExactlyAsync(body, _closing.Token);
                Bodies.Enqueue(body);
            }
            string path = head.Split(' ') is [_, var target, ..] ? target : "";
            if (_pages.TryGetValue(path, out var page))
                await page(head, stream, _closing.Token);
            else
                await WriteAsync(stream, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", [], _closing.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The client has seen enough, or the web closes.
        }
    }

    private async Task<string> ReadHeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, _closing.Token) == 1)
            head.Append((char)one[0]);
        return head.ToString();
    }

    private static (X509Certificate2 Root, X509Certificate2 Server) MakeCertificates()
    {
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = new CertificateRequest("CN=Test Web Root", rootKey, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        root.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        using var withKey = root.CreateSelfSigned(from, to);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var server = new CertificateRequest("CN=a.example", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (string host in (string[])["a.example", "b.example", "example.com", "raw.githubusercontent.com", "contentcredentials.org"])
            names.AddDnsName(host);
        server.CertificateExtensions.Add(names.Build());
        server.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var bare = server.Create(withKey, from, to, [1, 2, 3, 4]);
        using var complete = bare.CopyWithPrivateKey(key);
        return (X509CertificateLoader.LoadCertificate(withKey.RawData), X509CertificateLoader.LoadPkcs12(complete.Export(X509ContentType.Pfx), null));
    }
}
