using Provenance.Verifier.Labels;
using Xunit;

namespace Provenance.Tests.Hostile;

/// <summary>
/// Every bit of small signed files flipped, and every shorter file: nothing that is hashed may change and be vouched for. What may change
/// is listed here, by name: the file then says the same, proven by the same bytes.
/// </summary>
[Long("sweep", "flips every bit and cuts at every byte of small signed files, and lists what no hash covers")]
public sealed class SweepTests
{
    /// <summary>Where a flipped bit may leave the file Trusted, and why that is no lie.</summary>
    private static readonly Dictionary<string, string> s_unprotected = new()
    {
        ["COSE: unprotected keys"] = "padding, time stamp or OCSP answers under another name are as good as absent",
        ["COSE: rVals"] = "a damaged OCSP answer counts as absent: revocation is then told as not checked",
        ["COSE: sigTst"] = "a damaged time stamp counts as absent: the time is then told as not proven",
        ["COSE: sigTst2"] = "the same",
        ["JPEG: common identifier"] = "a note says that it is not JP",
        ["JPEG: box instance"] = "any number does where there is one store",
        ["JPEG: number of the only piece"] = "there is no order to get wrong",
        ["BMFF: offset of the first proof"] = "proofs are found by walking the boxes; real files have zeros here",
        ["PNG: CRC of the store"] = "a note says that it is wrong",
        // Bits 5 to 7 of ISO 19566-5 §A.3 are reserved; these descriptions are outside every hash.
        ["store: toggles"] = "reserved bits",
        ["manifest: toggles"] = "reserved bits",
        ["c2pa.assertions: toggles"] = "reserved bits",
        ["c2pa.claim: toggles"] = "reserved bits",
        ["c2pa.claim.v2: toggles"] = "reserved bits",
        ["c2pa.signature: toggles"] = "reserved bits",
    };

    public static TheoryData<string> Files => ["jpeg", "png", "webp", "stamped", "older", "boxes", "film"];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_flipped_bit_is_noticed_wherever_a_hash_covers_it(string name)
    {
        var subject = Subject.Named(name);
        var original = await subject.VerifyAsync(subject.Bytes);
        string[] classes = ByteClasses.Of(subject.Asset);
        var unnoticed = new SortedDictionary<string, int>(StringComparer.Ordinal);
        int bits = subject.Bytes.Length * 8;
        // Rounds walk the bits in big steps that meet each once; any number of rounds is a sample of the whole file.
        int step = 7919, rounds = Math.Min(bits, Long.Count("sweep", small: 1000));
        Assert.Equal(1, Gcd(step, bits));
        for (int round = 0, bit = 0; round < rounds; round++, bit = (bit + step) % bits)
        {
            byte[] changed = [.. subject.Bytes];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            string what = $"{name}: bit {bit % 8} of byte {bit / 8} ({classes[bit / 8]})";
            var report = await subject.VerifyAsync(changed);
            if (report.State is not (ValidationState.Trusted or ValidationState.Valid))
                continue;
            unnoticed[classes[bit / 8]] = unnoticed.GetValueOrDefault(classes[bit / 8]) + 1;
            string? fault = await SignedContent.FindFaultAsync(subject.Bytes, original, changed, report);
            Assert.True(fault is null, $"{what}: {report.State}, yet {fault}");
        }
        foreach (var (part, count) in unnoticed)
            Assert.True(s_unprotected.ContainsKey(part), $"{name}: {count} flipped bits of '{part}' went unnoticed");
        // The whole file was swept: then the list holds nothing that is noticed after all.
        if (rounds == bits)
            Assert.Equal(classes.Where(s_unprotected.ContainsKey).Distinct().Order(StringComparer.Ordinal), unnoticed.Keys);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_shorter_file_is_never_vouched_for(string name)
    {
        var subject = Subject.Named(name);
        int step = Math.Max(1, subject.Bytes.Length / Long.Count("sweep", small: 500));
        for (int length = 0; length < subject.Bytes.Length; length += step)
        {
            var report = await subject.VerifyAsync(subject.Bytes[..length]);

            Assert.False(report.State is ValidationState.Trusted or ValidationState.Valid, $"{name}: {report.State} with {length} of {subject.Bytes.Length} bytes");
        }
    }

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);
}
