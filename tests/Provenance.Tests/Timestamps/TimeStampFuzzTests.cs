using System.Diagnostics;
using Provenance.TestKit;
using Provenance.Tests.X509.Ocsp;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cms;
using Provenance.Verifier.Timestamps;
using Provenance.Verifier.X509.Ocsp;
using Xunit;

namespace Provenance.Tests.Timestamps;

/// <summary>Whatever the bytes are, only <see cref="MalformedDataException"/> comes out, soon.</summary>
public sealed class TimeStampFuzzTests
{
    private const int Mutations = 20_000;

    private static readonly byte[] s_lengths = [0x80, 0x81, 0x82, 0x84, 0xFF, 0x7F, 0x00];

    private static readonly TestAuthority Ca = TestAuthority.Root("Fuzz Root");

    [Fact]
    public void Mutated_tokens_are_read_or_malformed()
    {
        var sound = new TokenFields(Ca.IssueTimeStamper("Fuzz Stamper"), [1]) { EssV1 = true };
        byte[][] seeds = [sound.Build(), sound.Response(), (sound with { Ber = true, SignerByKey = true, SignerVersion = 3 }).Build()];
        Fuzz(seeds, bytes => TimeStampToken.Parse(bytes, Limits.Default));
    }

    [Fact]
    public void Mutated_OCSP_responses_are_read_or_malformed()
    {
        var leaf = Ca.Issue("Fuzz Signer");
        var revoked = new SingleFields(leaf) { Status = SingleFields.Revoked(OcspFields.Noon, 1), Tail = OcspFields.Extension(critical: false) };
        Fuzz([new OcspFields(Ca.IssueOcspResponder("Fuzz Responder"), revoked, new SingleFields(leaf)) { DataTail = OcspFields.Extension(critical: false) }.Build()],
            bytes => OcspResponse.Parse(bytes, Limits.Default));
    }

    // Deep and wide values of as many bytes as the limit allows: time must stay linear and the stack untouched.
    [Theory]
    [InlineData("30", 0x80)] // indefinite lengths in each other
    [InlineData("24", 0x80)] // pieces of pieces of an OCTET STRING
    [InlineData("A0", 0x80)]
    public void Deep_nesting_ends_soon(string tag, int length)
    {
        byte[] pair = [Convert.FromHexString(tag)[0], (byte)length];
        byte[] deep = [.. Enumerable.Repeat(pair, 30_000).SelectMany(bytes => bytes), .. new byte[60_000]];
        var watch = Stopwatch.StartNew();
        Assert.ThrowsAny<MalformedDataException>(() => TimeStampToken.Parse(deep, Limits.Default));
        byte[] content = Tlv.Sequence(
            Tlv.Oid(CmsOids.SignedData),
            Tlv.Of(0xA0, Tlv.Sequence(Tlv.Integer(3), Tlv.Set(), Tlv.Sequence(Tlv.Oid(CmsOids.TstInfo), Tlv.Of(0xA0, deep)), Tlv.Set())));
        Assert.ThrowsAny<MalformedDataException>(() => TimeStampToken.Parse(content, Limits.Default));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{watch.Elapsed}");
    }

    [Fact]
    public void Thousands_of_attributes_and_answers_end_soon()
    {
        var sound = new TokenFields(Ca.IssueTimeStamper("Fuzz Stamper"), [1]);
        byte[][] attributes = [.. Enumerable.Range(0, 6000).Select(i => TokenFields.Attribute($"1.3.6.1.4.1.32473.{i}"))];
        var watch = Stopwatch.StartNew();
        TimeStampToken.Parse(sound with { MoreAttributes = attributes }, Limits.Default);
        var leaf = Ca.Issue("Fuzz Signer");
        var single = new SingleFields(leaf);
        var response = OcspResponse.Parse(new OcspFields(Ca.Certificate, [.. Enumerable.Repeat(single, 400)]) { Certificates = null }.Build(), Limits.Default);
        Assert.Equal(400, response.Responses.Count);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{watch.Elapsed}");
    }

    private static void Fuzz(byte[][] seeds, Action<byte[]> parse)
    {
        var random = new Random(20260314);
        int refused = 0;
        for (int i = 0; i < Mutations; i++)
        {
            byte[] bytes = Mutate(seeds[i % seeds.Length], random);
            try
            {
                parse(bytes);
            }
            catch (MalformedDataException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 1, Mutations - 1);
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        var bytes = new List<byte>(seed);
        for (int changes = random.Next(1, 4); changes > 0 && bytes.Count > 0; changes--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 9), bytes.Count - at));
                    break;
                case 3:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    // Lengths are what parsers trust most.
                    bytes[at] = s_lengths[random.Next(s_lengths.Length)];
                    break;
            }
        }
        return [.. bytes];
    }
}
