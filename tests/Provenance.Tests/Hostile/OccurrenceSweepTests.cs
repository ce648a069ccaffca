using System.Text;
using Newtonsoft.Json.Linq;
using Provenance.TestKit;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Labels;
using Xunit;
using VerificationPolicy = Provenance.Verifier.VerificationPolicy;

namespace Provenance.Tests.Hostile;

/// <summary>
/// The sweep of c2pa-rs issue 1555: each occurrence of a word in a file (the maker of the camera, dates, titles) is changed, one at a time.
/// Each change is noticed, or all of it lies where the report says that no hash covers it, or it lies beside the signature, where nothing
/// signed and nothing told as proven changes with it.
/// </summary>
[Long("sweep", "flips every bit and cuts at every byte of small signed files, and lists what no hash covers; changes each word of every corpus file, one occurrence at a time")]
public sealed class OccurrenceSweepTests
{
    private static readonly string[] s_words =
    [
        "Google", "Pixel", "Adobe", "Photoshop", "Firefly", "LEICA", "Leica", "NIKON", "Nikon", "Canon", "SONY", "Sony", "Apple", "OpenAI", "Microsoft", "Truepic", "DigiCert",
        "Example", "EX-1", "TestKit", "C2PA Signer", "http://", "image/jpeg",
    ];

    /// <summary>Some of each kind, small enough for every run.</summary>
    private static readonly string[] s_some =
    [
        "real-world/google-pixel10-PXL_20250818_155024632.jpg", "real-world/truepic-libc2pa-4.0.17-t8.jpg", "real-world/microsoft-designer.jpeg", "real-world/adobe-c2pa-actions-1.2.png",
        "real-world/elevenlabs-synthetic-voice-test-hiya.mp3", "made-signed/avif_exif_xmp-signed.avif", "c2pa-rs/video1.mp4", "made-signed/OOXML-stored-signed.docx", "c2pa-c/C.dng",
    ];

    private static readonly VerificationPolicy s_policy = Subject.Trusting with { Time = new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero) };

    public static TheoryData<string> Made => ["jpeg", "jpeg, camera data left out", "jpeg, half of the camera data left out", "png", "png, XMP left out", "webp", "mp4", "heic", "pdf", "dng"];

    public static TheoryData<string> Some => [.. s_some];

    [Theory]
    [MemberData(nameof(Made))]
    public async Task Each_occurrence_of_a_word_is_bound_or_told_to_be_open(string name) => Assert.NotEqual(0, await SweepAsync(name, Make(name), int.MaxValue));

    [Theory]
    [MemberData(nameof(Some))]
    public async Task So_it_is_in_files_of_real_makers(string path)
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        Assert.NotEqual(0, await SweepAsync(path, await File.ReadAllBytesAsync(Shared.Path("corpus", path), TestContext.Current.CancellationToken), Long.Count("sweep", small: 12)));
    }

    [Fact]
    public async Task So_it_is_in_every_file_whose_credential_holds()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        Assert.SkipUnless(Long.IsAsked("sweep"), "tests/long sweep does it");
        int words = 0;
        foreach (var item in (JArray)JObject.Parse(await File.ReadAllTextAsync(Shared.Path("corpus", "manifest.json"), TestContext.Current.CancellationToken))["items"]!)
        {
            string path = (string)item["path"]!;
            byte[] file = await File.ReadAllBytesAsync(Shared.Path("corpus", path), TestContext.Current.CancellationToken);
            if (AssetFormats.Find(file.AsSpan(0, Math.Min(file.Length, AssetFormats.HeadLength))) is not null && Holds(await VerifyAsync(file)))
                words += await SweepAsync(path, file, Long.Count("sweep", small: 12));
        }
        TestContext.Current.SendDiagnosticMessage($"{words} words were changed");
        Assert.NotEqual(0, words);
    }

    [Fact]
    public async Task A_change_that_nobody_notices_would_be_found()
    {
        // Proof that the sweep can fail: a report that forgets what is open.
        byte[] file = Make("jpeg, camera data left out");
        var before = await VerifyAsync(file);
        int at = file.AsSpan().IndexOf("Example Camera Works"u8);

        Assert.Null(FaultOf(before, await VerifyAsync(Changed(file, at, 7)), new(at, 7)));
        Assert.NotNull(FaultOf(before, before, new(0, 2)));
    }

    private static async Task<VerificationReport> VerifyAsync(byte[] file)
    {
        await using var source = AssetSource.FromMemory(file);
        return await Verifier.Verifier.VerifyAsync(source, s_policy, TestContext.Current.CancellationToken);
    }

    /// <summary>Whether content, signature and statements are vouched for, those of sources too.</summary>
    private static bool Holds(VerificationReport report) =>
        report.Facts is { Presence: CredentialPresence.Checked, Integrity: IntegrityFact.Intact, Sources: not (SourcesFact.Failing or SourcesFact.Unconfirmed) };

    /// <summary>Sweeps a file; returns how many words were changed.</summary>
    private static async Task<int> SweepAsync(string name, byte[] file, int most)
    {
        var before = await VerifyAsync(file);
        Assert.True(Holds(before), $"{name}: {Subject.Json(before)}");
        var words = Occurrences(file, before).ToList();
        var missed = new List<string>();
        // Evenly spread over the file.
        for (int i = 0; i < Math.Min(words.Count, most); i++)
        {
            var (at, length) = words[(int)((long)i * words.Count / Math.Min(words.Count, most))];
            var after = await VerifyAsync(Changed(file, at, length));
            if (FaultOf(before, after, new(at, length)) is { } fault)
                missed.Add($"'{Encoding.Latin1.GetString(file, at, length)}' at 0x{at:X}: {fault}");
        }
        Assert.True(missed.Count == 0, $"{name}: {string.Join("; ", missed)}");
        return Math.Min(words.Count, most);
    }

    /// <summary>Why a change went through; null where it was noticed, or where it may go through.</summary>
    private static string? FaultOf(VerificationReport before, VerificationReport after, ByteRange change)
    {
        if (!Holds(after))
            return null;
        var open = after.Uncovered!.Select(range => range.Range).ToList();
        var stores = after.Map!.Stores.SelectMany(store => store.Extent.Concat(store.LengthFields)).ToList();
        if (ByteRange.Subtract([change], open.Concat(stores)) is [var rest, ..])
            return $"{rest} changed, is hashed by the report's word, and went unnoticed";
        return SignedContent.SignedFault(before, after, alsoUnproven: false);
    }

    /// <summary>Words, and what looks like a date, in the order of the file, each byte once.</summary>
    private static IEnumerable<(int At, int Length)> Occurrences(byte[] file, VerificationReport report)
    {
        var active = report.Manifests[0];
        List<byte[]> words = [.. s_words.Concat([active.Title, active.Generator?.Split(' ', '/')[0], active.Certificate?.CommonName]).OfType<string>().Where(word => word.Length > 3).Distinct().Select(Encoding.UTF8.GetBytes)];
        for (int at = 0; at < file.Length - 4; at++)
        {
            int length = LengthOfDate(file.AsSpan(at));
            foreach (byte[] word in words)
            {
                if (length < word.Length && file[at] == word[0] && file.AsSpan(at).StartsWith(word))
                    length = word.Length;
            }
            if (length == 0)
                continue;
            yield return (at, length);
            at += length - 1;
        }
    }

    /// <summary>"2026-03-14" and "2026:03:14".</summary>
    private static int LengthOfDate(ReadOnlySpan<byte> text)
    {
        const string form = "20dd-dd-dd";
        if (text.Length < form.Length || text[0] != '2')
            return 0;
        for (int i = 0; i < form.Length; i++)
        {
            bool fits = form[i] switch { 'd' => char.IsAsciiDigit((char)text[i]), '-' => text[i] is (byte)'-' or (byte)':', var c => text[i] == c };
            if (!fits)
                return 0;
        }
        return form.Length;
    }

    private static byte[] Changed(byte[] file, int at, int length)
    {
        byte[] changed = [.. file];
        for (int i = at; i < at + length; i++)
            changed[i] ^= 1;
        return changed;
    }

    private static byte[] Make(string name)
    {
        var manifest = Subject.Manifest("sweep/" + name).Created().Titled("Example of a title").TimeStampedBy(Subject.Stamper).With(StandardAssertions.Metadata());
        var jpeg = TestJpeg.Small().WithExif().WithXmp().WithComment("Example comment of 2026-03-14");
        var png = TestPng.Small().WithExif().WithXmp().WithText("Author", "Example author");
        return (name switch
        {
            "jpeg" => manifest.Embed(jpeg),
            "jpeg, camera data left out" => manifest.BoundBy(LeavingOut("Exif\0\0"u8.ToArray(), 0, TestMetadata.Exif().Length + 6)).Embed(jpeg),
            "jpeg, half of the camera data left out" => manifest.BoundBy(LeavingOut("Exif\0\0"u8.ToArray(), 50, 40)).Embed(jpeg),
            "png" => manifest.Embed(png),
            "png, XMP left out" => manifest.BoundBy(LeavingOut("<?xpacket begin"u8.ToArray(), 0, TestMetadata.Xmp().Length)).Embed(png),
            "webp" => manifest.Embed(TestWebP.Small().WithExif().WithXmp()),
            "mp4" => manifest.Embed(TestMovie.Mp4().WithXmp()),
            "heic" => manifest.Embed(TestHeif.Heic().WithXmpItem()),
            _ => manifest.Embed(TestAssets.All[name]()),
        }).Bytes;
    }

    /// <summary>A hash that leaves out the store and some bytes behind a mark.</summary>
    private static Assertion LeavingOut(byte[] mark, int skip, int length) => HardBinding.Data("c2pa.hash.data", c =>
    {
        long at = c.Asset.Bytes.AsSpan().IndexOf(mark) + skip;
        return [.. new[] { c.Asset.Extent, new Extent(at, length) }.OrderBy(range => range.Start)];
    });
}
