using System.Diagnostics;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Xunit;

namespace Provenance.Tests.Formats;

/// <summary>Damaged files: nothing but <see cref="MalformedDataException"/> may come out, in bounded time, and the same twice.</summary>
public sealed class MutationTests
{
    private const int Rounds = 3_000;

    private static readonly string[] Signed =
        ["made-variants/hb-no-name.jpg", "made-variants/pl-multi-z-wrong.jpg", "made-variants/premeta-meta-png.png", "made-variants/tiny-1x1.webp", "made-variants/sidecar.c2pa"];

    public static TheoryData<string> Files => [.. AssetFormats.All.Where(format => format.Placement.Kind == PlacementKind.Embedded).Select(format => format.Name), .. Signed];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_prefix_is_answered(string file)
    {
        byte[] bytes = await ReadAsync(file);
        for (int length = 0; length < bytes.Length; length++)
            await AnswerAsync(bytes[..length]);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Thousands_of_random_changes_are_answered(string file)
    {
        byte[] bytes = await ReadAsync(file);
        byte[] interesting = [0x00, 0x01, 0x7F, 0x80, 0xD0, 0xD9, 0xDA, 0xEB, 0xFF];
        var random = new Random(20261121);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] changed = [.. bytes];
            // Half of the changes where the structure is: the start of the file, and of the store.
            for (int change = random.Next(4); change >= 0; change--)
            {
                int at = random.Next(random.Next(2) == 0 ? Math.Min(200, changed.Length) : changed.Length);
                changed[at] = random.Next(2) == 0 ? interesting[random.Next(interesting.Length)] : (byte)random.Next(256);
            }
            await AnswerAsync(changed);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task No_changed_byte_makes_a_store_vanish_unnoticed(string file)
    {
        byte[] bytes = await ReadAsync(file);
        byte[] mark = [.. "jumdc2pa\0\x11\0\x10"u8];
        var vanished = new List<string>();
        for (int at = 0; at < bytes.Length && at < 4000; at++)
        {
            foreach (byte value in new byte[] { 0x00, 0x01, 0x7F, 0x80, 0xFF, (byte)(bytes[at] ^ 1), (byte)(bytes[at] ^ 0x20) })
            {
                byte[] changed = [.. bytes];
                changed[at] = value;
                int store = changed.AsSpan().IndexOf(mark);
                if (store < 0 || AssetFormats.Find(changed) is null)
                    continue;
                var map = await AnswerAsync(changed);
                // A part that the container itself gives another name, or the bytes behind its end, are a store for nobody.
                if (map is { Stores.Count: 0, StoreFault: null } && !map.Regions.Any(region => region.Range.Contains(new ByteRange(store, mark.Length)) && region.Name != "bytes between segments"))
                    vanished.Add($"0x{at:X} = {value:X2}: {string.Join("; ", map.Notes.Select(note => note.Text))}");
            }
        }
        Assert.Empty(vanished);
    }

    private static async Task<byte[]> ReadAsync(string file)
    {
        if (AssetFormats.All.FirstOrDefault(format => format.Name == file) is { } format)
            return Sample.Signed(format);
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        return await File.ReadAllBytesAsync(Shared.Path("corpus", file));
    }

    private static async Task<AssetMap?> AnswerAsync(byte[] bytes)
    {
        if (AssetFormats.Find(bytes.AsSpan(0, Math.Min(AssetFormats.HeadLength, bytes.Length))) is not { } format)
            return null;
        var clock = Stopwatch.StartNew();
        var source = AssetSource.FromMemory(bytes);
        AssetMap? map = null;
        try
        {
            map = await format.MapAsync(source, Limits.Default, CancellationToken.None);
            Assert.All(map.Stores.SelectMany(store => store.Extent.Concat(store.Payload)), range => Assert.InRange(range.End, range.Offset, bytes.Length));
            Assert.Equal(Sample.Describe(map), Sample.Describe(await format.MapAsync(new CountingSource(bytes), Limits.Default, CancellationToken.None)));
            if (map.Xmp is { } xmp)
                XmpProvenance.Find(xmp.Span);
            await format.ListBoxesAsync(source, map, Limits.Default, CancellationToken.None);
        }
        catch (MalformedDataException)
        {
            // The one exception a parser throws.
        }
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2));
        return map;
    }
}
