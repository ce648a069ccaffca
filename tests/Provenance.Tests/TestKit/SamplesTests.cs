using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace Provenance.Tests.TestKit;

/// <summary>The committed pictures are what their README says, as far as that shows without verifying them.</summary>
public sealed class SamplesTests
{
    [Fact]
    public void The_changed_picture_differs_from_the_good_one_in_one_bit()
    {
        byte[] good = Read("good.jpg"), changed = Read("changed.jpg");

        Assert.Equal(good.Length, changed.Length);
        int at = Assert.Single(Enumerable.Range(0, good.Length), i => good[i] != changed[i]);
        Assert.Equal(1, good[at] ^ changed[at]);
    }

    [Fact]
    public void Only_the_picture_without_credentials_holds_no_store()
    {
        Assert.False(HoldsStore(Read("none.jpg")));
        Assert.True(HoldsStore(Read("good.jpg")));
        Assert.True(HoldsStore(Read("changed.jpg")));
        Assert.True(HoldsStore(Read("ai.jpg")));
    }

    [Theory]
    [InlineData("anchors.pem")]
    [InlineData("tsa-anchors.pem")]
    public void The_anchors_last_for_thirty_years(string name)
    {
        using X509Certificate2 anchor = X509CertificateLoader.LoadCertificateFromFile(PathOf(name));

        Assert.Equal(anchor.Subject, anchor.Issuer);
        Assert.Equal(2056, anchor.NotAfter.ToUniversalTime().Year);
    }

    private static bool HoldsStore(byte[] file) => file.AsSpan().IndexOf("c2pa.claim.v2"u8) > 0;

    private static byte[] Read(string name) => File.ReadAllBytes(PathOf(name));

    private static string PathOf(string name)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Provenance.sln"))) folder = folder.Parent;
        return Path.Combine(folder!.FullName, "tests", "samples", name);
    }
}
