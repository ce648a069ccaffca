using System.Security.Cryptography;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Xunit;
using HashAlgorithm = Provenance.Verifier.Crypto.HashAlgorithm;

namespace Provenance.Tests.Crypto;

public class SystemCryptoHashTests
{
    private static readonly SystemCrypto Crypto = new();

    [Theory]
    [InlineData(HashAlgorithm.Sha1, "A9993E364706816ABA3E25717850C26C9CD0D89D")]
    [InlineData(HashAlgorithm.Sha256, "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData(HashAlgorithm.Sha384, "CB00753F45A35E8BB5A03D699AC65007272C32AB0EDED1631A8B605A43FF5BED8086072BA1E7CC2358BAECA134C825A7")]
    [InlineData(HashAlgorithm.Sha512, "DDAF35A193617ABACC417349AE20413112E6FA4E89A97EA20A9EEEE64B55D39A2192992A274FC1A836BA3C23A3FEEBBD454D4423643CE80E2A9AC94FA54CA49F")]
    public async Task The_digest_of_abc_is_the_one_in_FIPS_180(HashAlgorithm algorithm, string expected) =>
        Assert.Equal(expected, Convert.ToHexString(await Crypto.HashAsync(algorithm, "abc"u8.ToArray(), CancellationToken.None)));

    [Theory]
    [InlineData(0)]
    [InlineData(256 << 10)]
    [InlineData((256 << 10) + 1)]
    [InlineData(700_001)]
    public async Task Bytes_in_hand_of_any_length_hash_like_one_call(int length)
    {
        byte[] bytes = Bytes(length);
        Assert.Equal(SHA256.HashData(bytes), await Crypto.HashAsync(HashAlgorithm.Sha256, bytes, CancellationToken.None));
    }

    [Theory]
    [InlineData(true, 1 << 20)]
    [InlineData(false, 1 << 20)]
    [InlineData(false, 1)]
    public async Task Parts_are_hashed_in_the_order_given(bool inMemory, int bytesPerRead)
    {
        byte[] bytes = Bytes(600_000);
        AssetSource source = inMemory ? AssetSource.FromMemory(bytes) : new SlowSource(bytes, bytesPerRead);
        DigestPart[] parts = [DigestPart.Of(new ByteRange(300_000, 300_000)), DigestPart.Of("between"u8.ToArray()), DigestPart.Of(new ByteRange(0, 0)), DigestPart.Of(new ByteRange(5, 7))];
        var progress = new Total();

        byte[] digest = await Crypto.HashAsync(HashAlgorithm.Sha384, source, parts, progress, CancellationToken.None);

        Assert.Equal(SHA384.HashData((byte[])[.. bytes[300_000..], .. "between"u8, .. bytes[5..12]]), digest);
        Assert.Equal(300_014, progress.Value);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_range_up_to_the_end_is_hashed_and_one_beyond_is_the_callers_mistake(bool inMemory)
    {
        byte[] bytes = Bytes(10);
        AssetSource source = inMemory ? AssetSource.FromMemory(bytes) : new SlowSource(bytes, 100);
        Assert.Equal(SHA256.HashData(bytes.AsSpan(4)), await Hash(source, new ByteRange(4, 6)));
        foreach (var range in new[] { new ByteRange(4, 7), new ByteRange(-1, 2), new ByteRange(11, 0), new ByteRange(2, -1), new ByteRange(long.MaxValue, long.MaxValue) })
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Hash(source, range));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancelling_stops_within_a_MiB(bool inMemory)
    {
        byte[] bytes = Bytes(4 << 20);
        AssetSource source = inMemory ? AssetSource.FromMemory(bytes) : new SlowSource(bytes, 1 << 20);
        using var cancellation = new CancellationTokenSource();
        var progress = new Total(onReport: cancellation.Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Crypto.HashAsync(HashAlgorithm.Sha256, source, [DigestPart.Of(new ByteRange(0, bytes.Length))], progress, cancellation.Token));
        Assert.InRange(progress.Value, 1, 1 << 20);
    }

    [Fact]
    public async Task An_error_of_the_source_travels_untouched()
    {
        var source = new SlowSource(Bytes(1000), 100) { FailsAt = 500 };
        await Assert.ThrowsAsync<IOException>(() => Hash(source, new ByteRange(0, 1000)));
    }

    private static async Task<byte[]> Hash(AssetSource source, ByteRange range) =>
        await Crypto.HashAsync(HashAlgorithm.Sha256, source, [DigestPart.Of(range)], null, CancellationToken.None);

    private static byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private sealed class Total(Action? onReport = null) : IProgress<long>
    {
        public long Value { get; private set; }

        public void Report(long value)
        {
            Value += value;
            onReport?.Invoke();
        }
    }

    /// <summary>A source that is not in memory and reads a few bytes at a time.</summary>
    private sealed class SlowSource(byte[] bytes, int bytesPerRead) : AssetSource
    {
        public long FailsAt { get; init; } = long.MaxValue;

        public override long Length => bytes.Length;

        public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellation)
        {
            if (offset >= FailsAt)
                throw new IOException("the disk is gone");
            int count = (int)Math.Min(Math.Min(buffer.Length, bytesPerRead), bytes.Length - offset);
            bytes.AsMemory((int)offset, count).CopyTo(buffer);
            return ValueTask.FromResult(count);
        }
    }
}
