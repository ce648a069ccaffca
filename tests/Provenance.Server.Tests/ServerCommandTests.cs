using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Provenance.Server.Tests;

/// <summary>Starting and ending: where it listens, what it prints, and what it says when it cannot.</summary>
public sealed class ServerCommandTests : IDisposable
{
    private readonly StandInPage _page = new();

    public void Dispose() => _page.Dispose();

    [Fact]
    public async Task No_variable_of_the_environment_lets_a_stranger_choose_the_address_by_which_it_is_counted()
    {
        var environment = new Dictionary<string, string> { ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true", ["PROVENANCE_SERVER_GUARDS__ADDRESS__PERSECOND"] = "0.01", ["PROVENANCE_SERVER_GUARDS__ADDRESS__BURST"] = "10" };
        await using var server = await ServerProcess.StartAsync(Repository.Server, environment, "--urls", "http://127.0.0.1:0", "--page", _page.Folder);
        using var client = new HttpClient { BaseAddress = server.Address };
        for (int i = 0; i <= 10; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/nothing");
            request.Headers.Add("X-Forwarded-For", $"203.0.113.{i}");
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(i < 10 ? HttpStatusCode.NotFound : HttpStatusCode.TooManyRequests, answer.StatusCode);
        }
    }

    [Fact]
    public async Task One_line_says_where_to_open_the_page()
    {
        await using var server = await ServerProcess.StartAsync("--urls", "http://127.0.0.1:0", "--page", _page.Folder);
        Assert.Equal($"Open http://127.0.0.1:{server.Address.Port}/ (Ctrl+C ends it)", server.FirstLine);
        using var client = new HttpClient();
        Assert.Contains("The page", await client.GetStringAsync(server.Address, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals are sent by Linux's own programs");
        Assert.Equal((0, "", ""), await server.StopAsync());
    }

    [Fact]
    public void Without_being_told_it_listens_to_this_machine_alone() => Assert.Equal("http://127.0.0.1:5080", ServerOptions.DefaultUrls);

    [Fact]
    public async Task A_port_that_a_container_sets_does_not_open_it_to_the_network()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux answers on all of 127.0.0.0/8");
        var taken = new TcpListener(IPAddress.Loopback, 5080);
        try
        {
            taken.Start();
        }
        catch (SocketException)
        {
            Assert.Skip("another program listens on port 5080");
        }
        finally
        {
            taken.Stop();
        }

        int port = FreePort();
        await using var server = await ServerProcess.StartAsync(Repository.Server, new Dictionary<string, string> { ["ASPNETCORE_HTTP_PORTS"] = $"{port}" }, "--page", _page.Folder);

        Assert.Equal("http://127.0.0.1:5080/", server.Address.ToString());
        Assert.True(await AnswersAsync("127.0.0.1", 5080));
        Assert.False(await AnswersAsync("127.0.0.2", 5080));
        Assert.False(await AnswersAsync("127.0.0.1", port));
    }

    [Fact]
    public async Task Who_asks_for_every_address_gets_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux answers on all of 127.0.0.0/8");
        int port = FreePort();
        await using var server = await ServerProcess.StartAsync(Repository.Server, new Dictionary<string, string> { ["ASPNETCORE_URLS"] = $"http://0.0.0.0:{port}" }, "--page", _page.Folder);
        Assert.True(await AnswersAsync("127.0.0.2", port));
    }

    [Fact]
    public async Task An_option_stands_above_the_environment()
    {
        await using var server = await ServerProcess.StartAsync(
            Repository.Server, new Dictionary<string, string> { ["ASPNETCORE_URLS"] = "http://127.0.0.1:1" }, "--urls", "http://127.0.0.1:0", "--page", _page.Folder);
        Assert.NotEqual(1, server.Address.Port);
    }

    [Fact]
    public async Task An_environment_of_developers_shows_no_more_than_another()
    {
        await using var server = await ServerProcess.StartAsync(
            Repository.Server, new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development" }, "--urls", "http://127.0.0.1:0", "--page", _page.Folder);
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(server.Address, "/nothing"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_told()
    {
        var (exitCode, output, error) = await ServerProcess.RunAsync("--urls", "http://127.0.0.1:0", "--page", Path.Combine(_page.Folder, "nowhere"));
        Assert.Equal(1, exitCode);
        Assert.Empty(output);
        Assert.Equal($"There is no folder {Path.Combine(_page.Folder, "nowhere")} (--page).\n", error.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("http://192.0.2.1:80")] // not this machine's
    [InlineData("nonsense")]
    [InlineData("https://127.0.0.1:0")] // no certificate
    public async Task An_address_it_cannot_listen_on_is_told_without_a_stack(string urls)
    {
        var (exitCode, output, error) = await ServerProcess.RunAsync("--urls", urls, "--page", _page.Folder);
        Assert.Equal(1, exitCode);
        Assert.Empty(output);
        Assert.StartsWith("The server cannot listen there: ", error, StringComparison.Ordinal);
        Assert.Contains("--urls", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var (exitCode, _, error) = await ServerProcess.RunAsync("--urls", $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}", "--page", _page.Folder);
        Assert.Equal(1, exitCode);
        Assert.Contains("address already in use. Choose another address with --urls.", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--url", "http://127.0.0.1:0")]
    [InlineData("--page")]
    [InlineData("index.html")]
    [InlineData("@arguments")]
    public async Task What_is_not_understood_is_not_guessed(params string[] arguments)
    {
        var (exitCode, output, error) = await ServerProcess.RunAsync(arguments);
        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.EndsWith("See --help.\n", error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_teaches()
    {
        var (exitCode, output, error) = await ServerProcess.RunAsync("--help");
        Assert.Equal(0, exitCode);
        Assert.Empty(error);
        foreach (string taught in (string[])["--urls", "--page", "http://127.0.0.1:5080", "dotnet run -c Release --project server/Provenance.Server", "dotnet publish"])
            Assert.Contains(taught, output, StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<bool> AnswersAsync(string host, int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(host, port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
