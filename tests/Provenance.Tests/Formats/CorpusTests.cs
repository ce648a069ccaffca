using System.Security.Cryptography;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Provenance.Verifier.IO;
using Xunit;

namespace Provenance.Tests.Formats;

/// <summary>The files of ../shared/corpus: where their store lies, beside what the reference and the store itself say.</summary>
public sealed class CorpusTests
{
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".webp", ".c2pa", ".wav", ".avi", ".mp3", ".flac"];

    /// <summary>Files with a store for the reference, and with a store that does not add up for us.</summary>
    private static readonly Dictionary<string, string> Faults = new()
    {
        ["malformed/made-mutations/IMG_0003-signed--app11-duplicated.jpg"] = "the store twice under one number; the reference takes the first",
        ["malformed/made-mutations/IMG_0003-signed--boxlen-ffffffff.jpg"] = "LBox and pieces disagree; the reference does not compare them",
        ["made-variants/jb-trailing-in-store.jpg"] = "bytes behind the box in its last piece",
        ["made-variants/pl-multi-z-wrong.jpg"] = "a gap in the sequence numbers",
        ["made-variants/pl-store-twice.jpg"] = "the store twice under one number",
        ["made-variants/tam-lbox-store.jpg"] = "LBox and pieces disagree",
    };

    /// <summary>Files without a store for the reference that hold one for us, whose content is then for the JUMBF reader to judge.</summary>
    private static readonly Dictionary<string, string> Stores = new()
    {
        ["made-variants/jb-empty-store.jpg"] = "a store without manifests",
        ["made-variants/jb-manifest-unknown.jpg"] = "a store whose only manifest is of an unknown type",
        ["made-variants/tam-brob-twice.png"] = "a store whose only manifest cannot be inflated",
    };

    /// <summary>Files whose recorded exclusion differs from the store's extent although the reference accepts the hash.</summary>
    private static readonly Dictionary<string, string> Exclusions = new()
    {
        ["public-testfiles/truepic-20230212-landscape.jpg"] = "excludes everything from SOI to the end of the store (digest §4.1)",
        ["made-variants/hb-excl-one-byte-long.jpg"] = "excludes one byte too many; the digest matches, the verdict is a mismatch",
        ["made-variants/hb-excl-to-eof-altered.jpg"] = "excludes the picture too",
    };

    [Fact]
    public async Task Where_the_reference_finds_a_store_so_do_we()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var wrong = new List<string>();
        var faults = new List<string>();
        int found = 0;
        foreach (var file in CorpusFile.All(Extensions).Where(file => file.Found == "True"))
        {
            var map = await file.MapAsync();
            if (map.StoreFault is not null && map.Stores.Count == 0)
                faults.Add(file.Path);
            else if (map.StoreFault is not null || map.Stores.Count != 1)
                wrong.Add($"{file.Path}: {map.Stores.Count} stores, {map.StoreFault?.Message}");
            found++;
        }
        Assert.Empty(wrong);
        Assert.Equal(Faults.Keys.Order(StringComparer.Ordinal), faults.Order(StringComparer.Ordinal));
        Assert.True(found > 300, $"{found} files");
    }

    [Fact]
    public async Task Where_the_reference_finds_none_neither_do_we()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var stores = new List<string>();
        foreach (var file in CorpusFile.All(Extensions).Where(file => file.Found == "False" || file.Error.Contains("RemoteManifestUrl", StringComparison.Ordinal)))
        {
            var map = await file.MapAsync();
            if (map.Stores.Count > 0 || map.StoreFault is not null)
                stores.Add(file.Path);
        }
        Assert.Equal(Stores.Keys.Order(StringComparer.Ordinal), stores.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task No_refused_file_that_holds_a_store_is_called_one_without()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var vanished = new List<string>();
        foreach (var file in CorpusFile.All(Extensions).Where(file => file.Found is not ("True" or "False")))
        {
            byte[] bytes = await File.ReadAllBytesAsync(file.FullPath);
            if (bytes.AsSpan().IndexOf("jumb"u8) < 0 || bytes.AsSpan().IndexOf("c2pa"u8) < 0)
                continue;
            try
            {
                var map = await file.MapAsync();
                if (map.Stores.Count == 0 && map.StoreFault is null)
                    vanished.Add(file.Path);
            }
            catch (MalformedDataException)
            {
                // Said to be unreadable, as the reference says.
            }
        }
        Assert.Empty(vanished);
    }

    [Fact]
    public async Task The_extent_is_the_exclusion_of_every_data_hash_that_matches()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var wrong = new List<string>();
        int compared = 0;
        foreach (var file in CorpusFile.All([.. Extensions.Where(extension => extension != ".c2pa")]).Where(file => file.Success.Contains("assertion.dataHash.match")))
        {
            await using var source = FileAssetSource.Open(file.FullPath);
            var map = await file.MapAsync();
            if (map.Stores.Count == 0)
                continue;
            var store = await CorpusFile.ReadAsync(source, map.Stores[0].Payload);
            // An update manifest lengthens the store behind the recorded range (C2PA 2.5 §14.12.1): compared by its start.
            bool isUpdate = store.AsSpan().IndexOf("c2um"u8) >= 0;
            var extent = Assert.Single(map.Stores[0].Extent);
            bool agrees = CorpusFile.DataHashes(store).Any(exclusions =>
                exclusions.Any(exclusion => exclusion == extent || (isUpdate && exclusion.Offset == extent.Offset && exclusion.Length < extent.Length)));
            if (!agrees)
                wrong.Add(file.Path);
            compared++;
        }
        Assert.Equal(Exclusions.Keys.Order(StringComparer.Ordinal), wrong.Order(StringComparer.Ordinal));
        Assert.True(compared > 200, $"{compared} files");
    }

    [Theory]
    [InlineData("real-world/microsoft-designer.jpeg")]
    [InlineData("real-world/truepic-libc2pa-4.0.17-t8.jpg")]
    [InlineData("real-world/google-gemini-triple.png")]
    [InlineData("made-variants/box-own.jpg")]
    [InlineData("made-variants/box-own-minimal.jpg")]
    [InlineData("made-variants/box-own.png")]
    [InlineData("made-variants/box-own-meta.png")]
    [InlineData("made-variants/box-builder.png")]
    public async Task Boxes_are_those_of_the_general_box_hash_and_hash_to_its_values(string path)
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var file = CorpusFile.One(path);
        await using var source = FileAssetSource.Open(file.FullPath);
        var map = await file.MapAsync();
        var boxes = (await map.Format.ListBoxesAsync(source, map, Limits.Default, default))!;
        var entries = CorpusFile.BoxHashEntries(await CorpusFile.ReadAsync(source, map.Stores[0].Payload));
        Assert.Equal(entries.SelectMany(entry => entry.Names), boxes.Select(box => box.Name));
        int next = 0;
        foreach (var (names, hash) in entries)
        {
            var range = ByteRange.FromTo(boxes[next].Range.Offset, boxes[next + names.Count - 1].Range.End);
            next += names.Count;
            if (names is ["C2PA"])
                Assert.Equal(map.Stores[0].Extent, [range]);
            else
                Assert.Equal(hash, SHA256.HashData((await source.ReadAsync(range, default)).Span));
        }
    }

    [Fact]
    public async Task Boxes_can_be_listed_of_every_picture_that_is_whole()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        int listed = 0;
        foreach (var file in CorpusFile.All(".jpg", ".jpeg", ".png", ".webp").Where(file => file.Path.StartsWith("real-world/", StringComparison.Ordinal)))
        {
            await using var source = FileAssetSource.Open(file.FullPath);
            var map = await file.MapAsync();
            var boxes = (await map.Format.ListBoxesAsync(source, map, Limits.Default, default))!;
            Assert.Equal(0, boxes[0].Range.Offset);
            Assert.All(boxes.Zip(boxes.Skip(1)), pair => Assert.True(pair.First.Range.End <= pair.Second.Range.Offset, file.Path));
            Assert.Equal(map.Stores.Count, boxes.Count(box => box.Name == "C2PA"));
            listed++;
        }
        Assert.True(listed > 20, $"{listed} files");
    }

    [Theory]
    [InlineData("c2pa-rs/cloud.jpg", "https://cai-manifests.adobe.com/manifests/adobe-urn-uuid-5f37e182-3687-462e-a7fb-573462780391")]
    [InlineData("c2pa-rs/libpng-test_with_url.png", "http://localhost:5000/libpng-test.c2pa")]
    [InlineData("made-remote/libpng-test-remote-only.png", "https://example.invalid/manifests/libpng.c2pa")]
    [InlineData("made-variants/remote-only.jpg", "https://example.invalid/m/3.c2pa")]
    [InlineData("real-world/adobe-photoshop-27.4-remote-manifest.jpg", "https://cai-manifests.adobe.com/manifests/urn-c2pa-d41d1251-5724-47d0-b86c-00c43c656d92-adobe")]
    public async Task A_remote_store_is_named(string path, string expected)
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var map = await CorpusFile.One(path).MapAsync();
        Assert.Empty(map.Stores);
        Assert.Equal(new XmpProvenance(expected, null), XmpProvenance.Find(map.Xmp!.Value.Span));
    }

    private const string Utf16 = "no-credentials/exiftool/XMP.jpg";

    [Fact]
    public async Task A_packet_in_UTF_16_is_answered_with_a_reason()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var map = await CorpusFile.One(Utf16).MapAsync();
        Assert.Contains("UTF-8", XmpProvenance.Find(map.Xmp!.Value.Span).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_files_the_reference_calls_remote_name_a_remote_store()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var named = new List<string>();
        int packets = 0;
        foreach (var file in CorpusFile.All(Extensions).Where(file => file.Found == "False"))
        {
            if ((await file.MapAsync()).Xmp is not { } xmp)
                continue;
            packets++;
            var result = XmpProvenance.Find(xmp.Span);
            if (result.Reference is not null || (result.Reason is not null && file.Path != Utf16))
                named.Add($"{file.Path}: {result}");
        }
        Assert.Empty(named);
        Assert.True(packets > 20, $"{packets} packets");
    }
}
