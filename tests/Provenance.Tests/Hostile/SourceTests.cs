using System.Diagnostics;
using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.IO;
using Provenance.Verifier.Labels;
using Xunit;

namespace Provenance.Tests.Hostile;

/// <summary>Sources that give little, give late, fail, lie about their length or are cancelled: the answer is the same, or it is theirs.</summary>
public sealed class SourceTests
{
    public static TheoryData<string> Subjects => [.. Subject.All.Select(subject => subject.Name)];

    [Theory]
    [MemberData(nameof(Subjects))]
    public async Task The_report_is_the_same_from_every_source(string name)
    {
        var subject = Subject.Named(name);
        string expected = Subject.Json(await subject.VerifyAsync(subject.Bytes));
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, subject.Bytes, TestContext.Current.CancellationToken);
            (string, AssetSource)[] sources =
            [
                ("a file", FileAssetSource.Open(path)),
                ("a stream", StreamAssetSource.FromSeekable(new MemoryStream(subject.Bytes))),
                ("a pipe", await StreamAssetSource.FromUnseekableAsync(new PipeStream(subject.Bytes, most: 17), subject.Bytes.Length, default)),
                ("single bytes", new AwkwardSource(subject.Bytes) { Most = _ => 1 }),
                ("odd pieces", new AwkwardSource(subject.Bytes) { Most = read => read * 7919 % 613 }),
                ("odd pieces, later", new AwkwardSource(subject.Bytes) { Most = read => read * 7919 % 613, IsLazy = true }),
            ];
            foreach (var (what, source) in sources)
            {
                await using (source)
                {
                    string actual = Subject.Json(await Verifier.Verifier.VerifyAsync(source, subject.Companions, Subject.Trusting));
                    Assert.True(expected == actual, $"{what}: {actual}, expected {expected}");
                }
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public async Task An_error_of_reading_travels_untouched_wherever_it_comes(string name)
    {
        var subject = Subject.Named(name);
        for (int at = 0; at < subject.Bytes.Length; at += 1 + (subject.Bytes.Length / 97))
        {
            var error = new IOException("the disk is gone");
            var source = new AwkwardSource(subject.Bytes) { Failing = (at, error), Most = _ => 512 };

            Assert.Same(error, await Assert.ThrowsAsync<IOException>(async () => await Verifier.Verifier.VerifyAsync(source, subject.Companions, Subject.Trusting)));
        }
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public async Task A_file_that_becomes_shorter_is_an_error_of_reading(string name)
    {
        var subject = Subject.Named(name);
        for (int end = 0; end < subject.Bytes.Length; end += 1 + (subject.Bytes.Length / 97))
        {
            var source = new AwkwardSource(subject.Bytes) { End = end };

            await Assert.ThrowsAsync<EndOfStreamException>(async () => await Verifier.Verifier.VerifyAsync(source, subject.Companions, Subject.Trusting));
        }
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public async Task A_cancelled_verification_reads_no_further(string name)
    {
        var subject = Subject.Named(name);
        var counted = new AwkwardSource(subject.Bytes);
        await Verifier.Verifier.VerifyAsync(counted, subject.Companions, Subject.Trusting);
        for (int read = 1; read <= counted.Reads; read++)
        {
            using var cancelling = new CancellationTokenSource();
            var source = new AwkwardSource(subject.Bytes) { Cancelling = (read, cancelling) };
            var pending = Verifier.Verifier.VerifyAsync(source, subject.Companions, Subject.Trusting, cancelling.Token).AsTask();
            if (read == counted.Reads && await Task.WhenAny(pending) is { IsCompletedSuccessfully: true })
                continue; // everything was there when the last read ended

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
            Assert.Equal(read, source.Reads);
        }
    }

    [Fact]
    public async Task A_verification_that_was_cancelled_before_reads_nothing()
    {
        var subject = Subject.Named("png");
        var source = new AwkwardSource(subject.Bytes);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Verifier.Verifier.VerifyAsync(source, subject.Companions, Subject.Trusting, new CancellationToken(canceled: true)));
        Assert.Equal(0, source.Reads);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Verifier.Verifier.VerifyAsync(AssetSource.FromMemory(subject.Bytes), subject.Companions, Subject.Trusting, new CancellationToken(canceled: true)));
    }

    public static TheoryData<string> LargeFiles => ["jpeg", "png", "webp", "jpeg boxes"];

    private static byte[] Large(string kind)
    {
        byte[] noise = Seeded.Bytes("noise", 1 << 20);
        byte[] bulk = [.. Enumerable.Repeat(noise, 20).SelectMany(part => part)];
        var manifest = Subject.Manifest(kind).Created();
        return kind switch
        {
            "jpeg" => manifest.Embed(TestJpeg.Small().WithTrailing(bulk)),
            "jpeg boxes" => manifest.BoundBy(HardBinding.Boxes()).Embed(TestJpeg.OfAbout(1 << 20)),
            "png" => manifest.Embed(TestPng.Small().WithChunk("noIS", bulk)),
            _ => manifest.Embed(TestWebP.Small().WithChunk("NOIS", bulk)),
        } is var asset ? asset.Bytes : [];
    }

    [Theory]
    [MemberData(nameof(LargeFiles))]
    public async Task A_large_file_is_read_once_and_never_whole(string kind)
    {
        byte[] file = Large(kind);
        var source = new AwkwardSource(file);
        var report = await Verifier.Verifier.VerifyAsync(source, Subject.Trusting);

        Assert.Equal(ValidationState.Trusted, report.State);
        Assert.InRange(source.LargestRead, 1, 1 << 20);
        // To list its boxes a JPEG's coded data is searched for markers, which is a reading of its own.
        double times = kind == "jpeg boxes" ? 2.1 : 1.1;
        Assert.InRange(source.BytesRead, 1, (long)(times * file.Length) + (2 << 20));
    }

    [Theory]
    [MemberData(nameof(LargeFiles))]
    public async Task A_cancelled_verification_of_a_large_file_ends_at_once(string kind)
    {
        byte[] file = Large(kind);
        using var cancelling = new CancellationTokenSource();
        var watch = new Stopwatch();
        cancelling.Token.Register(watch.Start);
        var source = new AwkwardSource(file) { Cancelling = (kind == "jpeg boxes" ? 3 : 20, cancelling) };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Verifier.Verifier.VerifyAsync(source, Subject.Trusting, cancelling.Token));
        Assert.InRange(watch.ElapsedMilliseconds, 0, 250);
    }
}
