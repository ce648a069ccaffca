using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Xunit;
using static Provenance.Tests.Formats.Sample;

namespace Provenance.Tests.Formats.Onnx;

public sealed class OnnxFormatTests
{
    private static readonly byte[] s_value = Ascii(Convert.ToBase64String(Store()));

    [Theory]
    [InlineData("08081200", true)]
    [InlineData("0808120161", true)]
    [InlineData("08403A80808001", true)]
    [InlineData("08003A00", false)]
    [InlineData("08413A00", false)]
    [InlineData("0908120161", false)]
    [InlineData("08082801", false)]
    [InlineData("08084A00", false)]
    [InlineData("0808120010", false)]
    [InlineData("08081200FF", false)]
    [InlineData("080812", false)]
    public void A_model_starts_with_its_version_and_has_the_fields_of_one(string head, bool isModel) =>
        Assert.Equal(isModel ? "ONNX" : null, AssetFormats.Find(Convert.FromHexString(head))?.Name);

    [Fact]
    public async Task The_store_is_the_value_of_its_key()
    {
        byte[] file = [.. TestOnnx.Small().Bytes, .. TestOnnx.Entry("c2pa:manifest", s_value)];
        var map = await MapAsync(file);
        Assert.Equal([new ByteRange(file.Length - s_value.Length, s_value.Length)], Assert.Single(map.Stores).Extent);
        Assert.Empty((await MapAsync([.. TestOnnx.Small().Bytes, .. TestOnnx.Entry("c2pa:manifest2", s_value)])).Stores);
        Assert.Equal(2, (await MapAsync([.. file, .. TestOnnx.Entry("c2pa:manifest", s_value)])).Stores.Count);
    }

    [Fact]
    public async Task An_entry_of_two_keys_or_values_is_told()
    {
        byte[] key = TestOnnx.Message(1, Ascii("c2pa:manifest")), value = TestOnnx.Message(2, s_value);
        async Task<AssetMap> EntryAsync(params byte[][] fields) => await MapAsync([.. TestOnnx.Small().Bytes, .. TestOnnx.Message(14, Join(fields))]);
        Assert.Single((await EntryAsync(value, key)).Stores);
        Assert.NotNull((await EntryAsync(key, value, value)).StoreFault);
        Assert.NotNull((await EntryAsync(key, key, value)).StoreFault);
        Assert.NotNull((await EntryAsync(key)).StoreFault);
        Assert.Null((await EntryAsync(value)).StoreFault);
    }

    [Fact]
    public async Task Metadata_of_the_graph_is_not_the_models()
    {
        byte[] file = [.. TestOnnx.Small().Bytes, .. TestOnnx.Message(25, TestOnnx.Entry("c2pa:manifest", s_value))];
        Assert.Empty((await MapAsync(file)).Stores);
    }

    [Fact]
    public async Task A_field_ends_with_its_message()
    {
        byte[] model = TestOnnx.Small().Bytes;
        Assert.Empty((await MapAsync([.. model, 0x1A, 0x01, 0x61])).Notes);
        foreach (byte[] wrong in new byte[][] { [0x1A, 0x02, 0x61], [0x1B], [0x02, 0x00], [0x28, 0x80], [0x28, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02], [0x2C] })
            Assert.Single((await OnnxMapAsync([.. model, .. wrong])).Notes);
        // A store behind the damage is out of reach, and never none.
        await Assert.ThrowsAsync<MalformedDataException>(() => OnnxMapAsync([.. model, 0x1B, .. TestOnnx.Entry("c2pa:manifest", s_value)]));
    }

    [Fact]
    public async Task A_model_has_as_many_fields_as_the_limit_and_no_more()
    {
        byte[] model = TestOnnx.Small().Bytes;
        var limits = Limits.Default with { ContainerParts = 10 };
        byte[] Fields(int count) => [.. model, .. Enumerable.Repeat<byte[]>([0x1A, 0x00], count).SelectMany(field => field)];
        await MapAsync(Fields(6), limits);
        await Assert.ThrowsAsync<LimitExceededException>(() => MapAsync(Fields(7), limits));
    }

    private static Task<AssetMap> OnnxMapAsync(byte[] bytes) =>
        AssetFormats.All.Single(format => format.Name == "ONNX").MapAsync(AssetSource.FromMemory(bytes), Limits.Default, CancellationToken.None).AsTask();
}
