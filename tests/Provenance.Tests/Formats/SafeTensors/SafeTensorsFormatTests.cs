using System.Text;
using Provenance.TestKit;
using Provenance.Tests.Rules;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Xunit;
using static Provenance.Tests.Formats.Sample;

namespace Provenance.Tests.Formats.SafeTensors;

public sealed class SafeTensorsFormatTests
{
    private static readonly string s_value = Convert.ToBase64String(Store());

    [Theory]
    [InlineData("02000000000000007B7D", true)]
    [InlineData("FFFFFFFF000000007B2022", true)]
    [InlineData("01000000000000007B7D", false)]
    [InlineData("00000000010000007B7D", false)]
    [InlineData("02000000000000005B5D", false)]
    [InlineData("02000000000000007B61", false)]
    public void A_file_starts_with_a_length_and_an_object(string head, bool isOne) => Assert.Equal(isOne ? "SafeTensors" : null, AssetFormats.Find(Convert.FromHexString(head))?.Name);

    [Theory]
    [InlineData("{\"__metadata__\":{\"c2pa:manifest\":\"#\"}}", 1)]
    [InlineData("{\"__metadata__\":{\"a\":\"b\",\"c2pa\\u003Amanifest\":\"#\"}}", 1)]
    [InlineData("{\"__metadata__\":{\"c2pa:manifest\":\"#\",\"c2pa:manifest\":\"#\"}}", 2)]
    [InlineData("{\"__metadata__\":{\"c2pa:manifest\":\"#\"},\"__metadata__\":{\"c2pa:manifest\":\"#\"}}", 2)]
    [InlineData("{\"c2pa:manifest\":\"#\"}", 0)]
    [InlineData("{\"metadata\":{\"c2pa:manifest\":\"#\"}}", 0)]
    [InlineData("{\"__metadata__\":{},\"w\":{\"c2pa:manifest\":\"#\"}}", 0)]
    [InlineData("{\"__metadata__\":{\"a\":{\"c2pa:manifest\":\"#\"}}}", 0)]
    [InlineData("{\"__metadata__\":{\"c2pa:Manifest\":\"#\"}}", 0)]
    public async Task The_store_is_one_string_of_the_metadata(string header, int stores)
    {
        byte[] file = TestSafeTensors.Write(header.Replace("#", s_value, StringComparison.Ordinal));
        var map = await MapAsync(file);
        Assert.Equal(stores, map.Stores.Count);
        Assert.All(map.Stores, store => Assert.Equal(Encoding.ASCII.GetBytes(s_value), Cut(file, store.Extent)));
        Assert.Null(map.StoreFault);
    }

    [Theory]
    [InlineData("{\"__metadata__\":{\"c2pa:manifest\":1}}")]
    [InlineData("{\"__metadata__\":{\"c2pa:manifest\":null}}")]
    [InlineData("{\"__metadata__\":{\"c2pa:manifest\":\"AA\\u003d=\"}}")]
    public async Task A_value_that_is_no_plain_string_is_told(string header) => Assert.NotNull((await MapAsync(TestSafeTensors.Write(header))).StoreFault);

    [Theory]
    [InlineData("{\"a\":\"\"} {}")]
    [InlineData("{\"a\":\"\"")]
    [InlineData("{\"a\":\"\",}")]
    [InlineData("{\"__metadata_\\ud800\":\"\"}")]
    public async Task A_header_that_is_no_object_of_its_length_is_noted(string header) => Assert.Single((await MapAsync(TestSafeTensors.Write(header))).Notes);

    [Fact]
    public async Task A_damaged_header_with_a_store_is_never_without_credentials()
    {
        byte[] file = World.Sound("model").Embed(TestSafeTensors.Small()).Bytes;
        for (int at = 0; at <= 8; at++)
        {
            byte[] changed = [.. file];
            changed[at] ^= 1;
            if (AssetFormats.Find(changed)?.Name == "SafeTensors")
                Assert.NotEqual(Provenance.Verifier.Labels.Label.None, (await new CaseFile(changed).VerifyAsync()).Label);
        }
    }

    [Fact]
    public async Task A_header_is_as_long_as_the_limit_and_no_longer()
    {
        byte[] file = TestSafeTensors.Write("{\"a\":\"\"}");
        Assert.Empty((await MapAsync(file, Limits.Default with { HeaderBytes = 8 })).Notes);
        await Assert.ThrowsAsync<LimitExceededException>(() => MapAsync(file, Limits.Default with { HeaderBytes = 7 }));
    }
}
