using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Jumbf;
using Xunit;

namespace Provenance.Tests.Jumbf;

public sealed class JumbfBoxTests
{
    [Fact]
    public void The_only_content_is_given_out_under_its_type_alone()
    {
        var box = Read(TestBox.Super("cbor", "a", TestBox.Content("cbor", [0xA0])));

        Assert.Equal([0xA0], box.OnlyContent(JumbfType.Cbor)!.Value.ToArray());
        Assert.Null(box.OnlyContent(JumbfType.Json));
    }

    [Fact]
    public void Content_beside_other_content_is_not_the_only_one() =>
        Assert.Null(Read(TestBox.Super("cbor", "a", TestBox.Content("cbor", [0xA0]), TestBox.Content("cbor", [0xA0]))).OnlyContent(JumbfType.Cbor));

    [Fact]
    public void A_box_without_salt_has_none_and_one_with_salt_has_it()
    {
        byte[] salt = [.. Enumerable.Range(1, 16).Select(i => (byte)i)];

        Assert.Null(Read(TestBox.Super("cbor", "a")).Description!.Salt);
        Assert.Equal(salt, Read(TestBox.Super("cbor", "a").Salted(salt)).Description!.Salt!.Value.ToArray());
    }

    private static JumbfBox Read(TestBox box) => JumbfReader.Read(box.ToBytes(), Limits.Default);
}
