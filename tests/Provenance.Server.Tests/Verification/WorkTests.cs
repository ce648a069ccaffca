using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Newtonsoft.Json.Linq;
using Provenance.Server.Guards;
using Provenance.Server.Settings;
using Provenance.Server.Telemetry;
using Provenance.Server.Verification;
using Xunit;

namespace Provenance.Server.Tests.Verification;

/// <summary>What happens where more is asked than can be done (attacks J09, J10 and J14).</summary>
[Collection(Alone.Name)]
public sealed class WorkTests(OwnVerifyingServer server) : IClassFixture<OwnVerifyingServer>
{
    /// <summary>Each is hashed for a while, and there is no room for all of them.</summary>
    private const int Bodies = 200, BodyBytes = 4 << 20;

    private const int LongBytes = 256 << 20;

    [Fact]
    public async Task Two_hundred_at_once_are_answered_or_sent_away_and_others_do_not_wait()
    {
        await using var busy = await server.StartAsync(new { atATime = 1, queue = 4, memoryBytes = 64 << 20, workSeconds = 30, bodiesPerClient = Bodies });
        using var client = new HttpClient { BaseAddress = busy.Address, Timeout = TimeSpan.FromMinutes(2) };
        byte[] body = new byte[BodyBytes];
        using var over = new CancellationTokenSource();
        var others = WatchAsync(busy.Address, over.Token);
        var answers = await Task.WhenAll(Enumerable.Range(0, Bodies).Select(async _ =>
        {
            using var answer = await client.PostAsync("/api/v1/verify?digest=true", new ReadOnlyMemoryContent(body), TestContext.Current.CancellationToken);
            return (answer.StatusCode, answer.Headers.RetryAfter?.Delta);
        }));
        await over.CancelAsync();
        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.OK || (answer.StatusCode is HttpStatusCode.ServiceUnavailable && answer.Delta == TimeSpan.FromSeconds(1)), answer.ToString()));
        Assert.Contains(answers, answer => answer.StatusCode is HttpStatusCode.OK);
        Assert.Contains(answers, answer => answer.StatusCode is HttpStatusCode.ServiceUnavailable);
        // How soon, tests/benchmarks/server measures.
        Assert.True(await others > 1);
        using var after = await client.PostAsync("/api/v1/verify", new ReadOnlyMemoryContent(body), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        // All bodies held at once would be 800 MiB and the process beside them.
        Assert.InRange(ResidentMiB(busy.Id), 0, 600);
    }

    [Fact]
    public async Task Work_that_takes_too_long_is_given_up()
    {
        using var metrics = new ServerMetrics();
        using var places = new WorkPlaces(new VerificationSettings { WorkSeconds = 1 }, metrics);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => places.RunAsync(EndlessAsync, TestContext.Current.CancellationToken));
        Assert.Equal(Problems.TimeOver, refused.Problem);
    }

    [Fact]
    public async Task As_many_wait_as_the_queue_holds_and_no_more()
    {
        using var metrics = new ServerMetrics();
        using var places = new WorkPlaces(new VerificationSettings { AtATime = 1, Queue = 1 }, metrics);
        using var gone = new CancellationTokenSource();
        var (working, waiting) = (places.RunAsync(EndlessAsync, gone.Token), places.RunAsync(EndlessAsync, gone.Token));
        Assert.True(places.IsFull);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => places.RunAsync(EndlessAsync, TestContext.Current.CancellationToken));
        Assert.Equal(Problems.Busy, refused.Problem);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => working);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(7, await places.RunAsync(_ => ValueTask.FromResult(7), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Work_for_a_client_that_is_gone_is_given_up_at_once()
    {
        string folder = Directory.CreateTempSubdirectory("provenance-spool-test-").FullName;
        await using var strict = await server.StartAsync(new { atATime = 1, queue = 4, bodyBytes = LongBytes, memoryBodyBytes = 64 << 10, spoolFolder = folder });
        // The best of some: other programs are at work on this machine.
        long? best = null;
        for (int i = 0; i < 5 && best is null or > 250; i++)
            best = await GoneAsync(strict.Address, folder) is { } time ? Math.Min(best ?? time, time) : best;
        Directory.Delete(folder);
        Assert.SkipWhen(best is null, "This machine had hashed it before anybody could leave.");
        Assert.InRange(best!.Value, 0, 250);
    }

    /// <summary>Sends a body, leaves while it is hashed, and tells after how many ms its file was gone; null where the answer came first.</summary>
    private static async Task<long?> GoneAsync(Uri address, string folder)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, address.Port, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.Latin1.GetBytes($"POST /api/v1/verify?digest=true HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {LongBytes}\r\n\r\n"), TestContext.Current.CancellationToken);
        byte[] block = new byte[1 << 20];
        for (int i = 0; i < LongBytes >> 20; i++)
        {
            for (int sent = 0; sent < block.Length;)
                sent += await socket.SendAsync(block.AsMemory(sent), TestContext.Current.CancellationToken);
        }
        await BodyTests.UntilAsync(() => socket.Available > 0 || (Directory.GetFiles(folder) is [var only] && new FileInfo(only).Length == LongBytes), TimeSpan.FromSeconds(60));
        bool isAnswered = socket.Available > 0;
        var gone = Stopwatch.StartNew();
        socket.Close();
        await BodyTests.UntilAsync(() => Directory.GetFiles(folder).Length == 0, TimeSpan.FromSeconds(60));
        return isAnswered ? null : gone.ElapsedMilliseconds;
    }

    private static async ValueTask<int> EndlessAsync(CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation);
        return 0;
    }

    [Fact]
    public async Task A_disk_without_room_is_told_as_that()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Directory.Exists("/dev/shm"), "needs a shell that bounds files");
        await using var bounded = await ServerProcess.StartThroughAsync("export DOTNET_EnableWriteXorExecute=0; trap '' XFSZ; ulimit -f 8192", server.Arguments(new { memoryBodyBytes = 1 << 20 }));
        using var client = new HttpClient { BaseAddress = bounded.Address };
        using (var answer = await client.PostAsync("/api/v1/verify", new ReadOnlyMemoryContent(new byte[16 << 20]), TestContext.Current.CancellationToken))
        {
            Assert.Equal(507, (int)answer.StatusCode);
            await FormTests.IsProblemAsync(answer, "storage-full");
        }
        using (var answer = await client.PostAsync("/api/v1/verify", new ReadOnlyMemoryContent(new byte[1 << 20]), TestContext.Current.CancellationToken))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using (var answer = await client.PostAsync("/api/v1/verify", new ReadOnlyMemoryContent(new byte[4 << 20]), TestContext.Current.CancellationToken))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_spool_that_cannot_be_written_to_is_told_and_small_bodies_go_on()
    {
        string file = Path.GetTempFileName();
        await using var without = await server.StartAsync(new { memoryBodyBytes = 1 << 20, spoolFolder = file });
        using var client = new HttpClient { BaseAddress = without.Address };
        using (var answer = await client.PostAsync("/api/v1/verify", new ReadOnlyMemoryContent(new byte[2 << 20]), TestContext.Current.CancellationToken))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            await FormTests.IsProblemAsync(answer, "storage-unavailable");
        }
        using (var answer = await client.PostAsync("/api/v1/verify", new ReadOnlyMemoryContent(new byte[1 << 20]), TestContext.Current.CancellationToken))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        File.Delete(file);
        using (var answer = await client.PostAsync("/api/v1/verify", new ReadOnlyMemoryContent(new byte[2 << 20]), TestContext.Current.CancellationToken))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Directory.Delete(file);
    }

    [Fact]
    public async Task A_report_of_a_file_with_endless_words_ends_at_a_mebibyte_and_says_so()
    {
        using var answer = await server.SendAsync(SignedPictures.WithWords(3000));
        string said = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.InRange(said.Length, 100_000, 1 << 20);
        Assert.True((bool?)JObject.Parse(said)["truncated"]);
        Assert.DoesNotContain(said.TrimEnd('\n'), char.IsControl);
    }

    /// <summary>How often health was told meanwhile.</summary>
    private static async Task<int> WatchAsync(Uri address, CancellationToken over)
    {
        using var client = new HttpClient { BaseAddress = address };
        int told = 0;
        while (!over.IsCancellationRequested)
        {
            using var answer = await client.GetAsync("/health/live", CancellationToken.None);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            told++;
            await Task.Delay(20, CancellationToken.None);
        }
        return told;
    }

    private static long ResidentMiB(int process) =>
        long.Parse(File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) >> 10;
}
