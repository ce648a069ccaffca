using Provenance.Server.Guards;
using Provenance.Server.Settings;
using Provenance.Server.Verification;
using Provenance.Server.Verification.Bodies;
using Xunit;

namespace Provenance.Server.Tests.Verification;

/// <summary>What the spool counts: never more than there is, or it would be full for ever.</summary>
public sealed class SpoolTests : IDisposable
{
    private const int BodyBytes = 64 << 10;

    private readonly string _folder = Directory.CreateTempSubdirectory("provenance-spool-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_disk_that_is_full_leaves_nothing_counted()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs a disk that is full");
        var spool = OfOneBody();
        await using var disk = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        await FailsAsync(spool, disk, Problems.StorageFull);
    }

    [Fact]
    public async Task A_file_that_may_not_grow_leaves_nothing_counted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a file system whose bounds are known");
        var spool = OfOneBody();
        await using var file = new FileStream(Path.Combine(_folder, "far"), new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 });
        file.Position = long.MaxValue - BodyBytes;
        await FailsAsync(spool, file, Problems.StorageFull);
    }

    [Fact]
    public async Task A_write_that_is_cancelled_leaves_nothing_counted()
    {
        var spool = OfOneBody();
        await using (var file = spool.Open())
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await file.AppendAsync(new byte[BodyBytes], new CancellationToken(canceled: true)));
        await IsFreeAsync(spool);
    }

    [Fact]
    public async Task One_byte_more_than_there_is_room_for_is_refused_and_not_counted()
    {
        var spool = OfOneBody();
        await using (var file = spool.Open())
        {
            await file.AppendAsync(new byte[BodyBytes], TestContext.Current.CancellationToken);
            var refused = await Assert.ThrowsAsync<RefusedException>(async () => await file.AppendAsync(new byte[1], TestContext.Current.CancellationToken));
            Assert.Equal((Problems.Busy, BodyBytes), (refused.Problem, spool.Bytes));
        }
        await IsFreeAsync(spool);
    }

    private Spool OfOneBody() => new(new VerificationSettings { SpoolFolder = Path.Combine(_folder, "spool"), BodyBytes = BodyBytes, SpoolBytes = BodyBytes });

    private static async Task FailsAsync(Spool spool, FileStream file, Problem problem)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(async () => await spool.WriteAsync(file, new byte[BodyBytes], TestContext.Current.CancellationToken));
        Assert.Equal(problem, refused.Problem);
        await IsFreeAsync(spool);
    }

    private static async Task IsFreeAsync(Spool spool)
    {
        Assert.Equal(0, spool.Bytes);
        await using (var next = spool.Open())
        {
            await next.AppendAsync(new byte[BodyBytes], TestContext.Current.CancellationToken);
            Assert.Equal(BodyBytes, spool.Bytes);
        }
        Assert.Equal(0, spool.Bytes);
    }
}
