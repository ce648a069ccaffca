using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Provenance.Server.Tests.Verification;

/// <summary>What happens where more is asked than can be done (attacks J09, J10 and J14).</summary>
public sealed class WorkTests(OwnVerifyingServer server) : IClassFixture<OwnVerifyingServer>
{
    /// <summary>Each is hashed for a while, and there is no room for all of them.</summary>
    private const int Bodies = 200, BodyBytes = 4 << 20;

    [Fact]
    public async Task Two_hundred_at_once_are_answered_or_sent_away_and_others_do_not_wait()
    {
        await using var busy = await server.StartAsync(new { verification = new { atATime = 1, queue = 4, memoryBytes = 64 << 20, workSeconds = 30 } });
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
        var times = await others;
        times.Sort();
        Assert.True(times.Count > 3, $"{times.Count} looks");
        Assert.InRange(times[times.Count / 2].TotalMilliseconds, 0, 100);
        using var after = await client.PostAsync("/api/v1/verify", new ReadOnlyMemoryContent(body), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.InRange(ResidentMiB(busy.Id), 0, 400);
    }

    [Fact]
    public async Task Work_that_takes_too_long_is_given_up()
    {
        await using var strict = await server.StartAsync(new { verification = new { atATime = 1, queue = 64, workSeconds = 1, bodyBytes = 1 << 30, spoolBytes = 2L << 30, memoryBodyBytes = 64 << 10 } });
        using var client = new HttpClient { BaseAddress = strict.Address, Timeout = TimeSpan.FromMinutes(2) };
        // Hashed once for the digest: some seconds, from a file.
        using var answer = await client.PostAsync("/api/v1/verify?digest=true", new ReadOnlyMemoryContent(new byte[1 << 30]), TestContext.Current.CancellationToken);
        if (answer.StatusCode == HttpStatusCode.OK)
            Assert.Skip("This machine hashes a gibibyte in less than a second.");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        await FormTests.IsProblemAsync(answer, "time-over");
    }

    [Fact]
    public async Task Work_for_a_client_that_is_gone_is_given_up_at_once()
    {
        // The only place is taken by somebody who leaves; whoever comes next has it soon.
        string folder = Directory.CreateTempSubdirectory("provenance-spool-test-").FullName;
        await using var strict = await server.StartAsync(new { verification = new { atATime = 1, queue = 4, bodyBytes = 600 << 20, memoryBodyBytes = 64 << 10, spoolFolder = folder } });
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, strict.Address.Port, TestContext.Current.CancellationToken);
        const int bytes = 600 << 20;
        await socket.SendAsync(Encoding.Latin1.GetBytes($"POST /api/v1/verify?digest=true HTTP/1.1\r\nHost: a\r\nContent-Length: {bytes}\r\n\r\n"), TestContext.Current.CancellationToken);
        byte[] block = new byte[1 << 20];
        for (int i = 0; i < bytes >> 20; i++)
        {
            for (int sent = 0; sent < block.Length;)
                sent += await socket.SendAsync(block.AsMemory(sent), TestContext.Current.CancellationToken);
        }
        // All of it is there and nothing is answered yet: it is being hashed.
        await BodyTests.UntilAsync(() => Directory.GetFiles(folder) is [var only] && new FileInfo(only).Length == bytes, TimeSpan.FromSeconds(30));
        bool isAnswered = socket.Available > 0;
        var gone = Stopwatch.StartNew();
        socket.Close();
        await BodyTests.UntilAsync(() => Directory.GetFiles(folder).Length == 0, TimeSpan.FromSeconds(30));
        Directory.Delete(folder);
        Assert.SkipWhen(isAnswered, "This machine had hashed it before anybody could leave.");
        Assert.InRange(gone.ElapsedMilliseconds, 0, 250);
    }

    [Fact]
    public async Task A_disk_without_room_is_told_as_that()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Directory.Exists("/dev/shm"), "needs a shell that bounds files");
        await using var bounded = await ServerProcess.StartThroughAsync("trap '' XFSZ; ulimit -f 8192", await server.SettingsAsync(new { verification = new { memoryBodyBytes = 1 << 20 } }));
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
        await using var without = await server.StartAsync(new { verification = new { memoryBodyBytes = 1 << 20, spoolFolder = file } });
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
        Assert.DoesNotContain("<", said, StringComparison.Ordinal);
    }

    /// <summary>How long the page takes, asked again and again.</summary>
    private static async Task<List<TimeSpan>> WatchAsync(Uri address, CancellationToken over)
    {
        using var client = new HttpClient { BaseAddress = address };
        var times = new List<TimeSpan>();
        while (!over.IsCancellationRequested)
        {
            long start = Stopwatch.GetTimestamp();
            (await client.GetAsync("/words.json", CancellationToken.None)).Dispose();
            times.Add(Stopwatch.GetElapsedTime(start));
            await Task.Delay(20, CancellationToken.None);
        }
        return times;
    }

    private static long ResidentMiB(int process) =>
        long.Parse(File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) >> 10;
}
