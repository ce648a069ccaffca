using Xunit;

// These tests wait for processes and clocks, not for the processor.
[assembly: CollectionBehavior(MaxParallelThreads = 8)]
[assembly: AssemblyFixture(typeof(Provenance.Server.Tests.RunningServer))]

namespace Provenance.Server.Tests;

/// <summary>One server over one stand-in page, on a free port, for all tests that only ask.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    private ServerProcess? _process;

    public StandInPage Page { get; } = new();

    /// <summary>Asks as it is told to: nothing is unpacked, followed or kept.</summary>
    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public Uri Address => _process!.Address;

    public async ValueTask InitializeAsync()
    {
        Page.LinkOutside();
        _process = await ServerProcess.StartAsync("--urls", "http://127.0.0.1:0", "--page", Page.Folder);
        Client.BaseAddress = _process.Address;
    }

    public async Task<HttpResponseMessage> AskAsync(HttpMethod method, string address, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address);
        foreach (var (name, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> GetAsync(string address, params (string Name, string Value)[] headers) => AskAsync(HttpMethod.Get, address, headers);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_process is not null)
            await _process.DisposeAsync();
        Page.Dispose();
    }
}
