using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Provenance.Server.Page;
using Xunit;

namespace Provenance.Server.Tests;

/// <summary>Clients that ask for a file and then do not take it.</summary>
public sealed class SlowReaderTests
{
    private const string BigFile = "/big.bin";
    private const int BigBytes = 32 * 1024 * 1024; // beyond what the buffers of a connection take in

    /// <summary>With a rate so high that the minutes it would take at ours become seconds.</summary>
    [Fact]
    public async Task Who_stops_reading_loses_the_connection_and_who_reads_gets_all()
    {
        using var page = new StandInPage();
        page.Save(BigFile, new byte[BigBytes]);
        await using var app = ServerApplication.Build(new ServerOptions(new(), Urls: "http://127.0.0.1:0"), PageFiles.Read(page.Folder));
        var limits = app.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;
        Assert.Equal(ConnectionLimits.SlowestReader, limits.MinResponseDataRate);
        limits.MinResponseDataRate = new MinDataRate(16 * 1024 * 1024, TimeSpan.FromSeconds(2));
        await app.StartAsync(TestContext.Current.CancellationToken);
        var address = new Uri(app.Urls.Single());
        string request = $"GET {BigFile} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";

        using var lazy = await Wire.ConnectAsync(address, receiveBuffer: 4096);
        await lazy.SendAsync(request);
        using var eager = await Wire.ConnectAsync(address);
        await eager.SendAsync(request);
        Assert.InRange(await CountAsync(eager), BigBytes, BigBytes + 4096);

        await Task.Delay(TimeSpan.FromSeconds(8), TestContext.Current.CancellationToken);
        Assert.InRange(await CountAsync(lazy), 1, BigBytes - 1);

        static async Task<long> CountAsync(Wire wire)
        {
            long bytes = 0;
            while (await wire.ReadAsync() is { Length: > 0 } part)
                bytes += part.Length;
            return bytes;
        }
    }
}
