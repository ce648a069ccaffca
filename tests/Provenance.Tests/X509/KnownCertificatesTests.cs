using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.X509;
using Xunit;

namespace Provenance.Tests.X509;

public sealed class KnownCertificatesTests
{
    private readonly KnownCertificates _known = new();

    [Fact]
    public void The_same_bytes_are_read_once_wherever_they_lie()
    {
        byte[] der = TestAuthority.SelfSigned("S").Der, among = [1, 2, 3, .. der, 4];
        var first = _known.Read(der);
        Assert.Same(first, _known.Read(among.AsMemory(3, der.Length)));
        Assert.Equal(der, first.Raw.ToArray());
    }

    [Fact]
    public void What_is_remembered_does_not_change_with_the_bytes_it_was_read_from()
    {
        byte[] der = TestAuthority.SelfSigned("S").Der, before = [.. der];
        var read = _known.Read(der);
        Array.Clear(der);
        Assert.Equal(before, read.Raw.ToArray());
        Assert.Throws<MalformedDataException>(() => _known.Read(der));
    }

    [Fact]
    public void Certificates_that_end_alike_are_told_apart()
    {
        byte[] der = TestAuthority.SelfSigned("S").Der, other = [.. der];
        // A byte of the serial number: the signature, and with it the end, stays.
        int serial = other.AsSpan().IndexOf([(byte)0x02, (byte)Certificate.Parse(der).SerialNumber.Length]) + 2;
        other[serial + 1] ^= 1;
        var (first, second) = (_known.Read(der), _known.Read(other));
        Assert.NotEqual(first.SerialNumber.ToArray(), second.SerialNumber.ToArray());
        Assert.Equal(first.SerialNumber.ToArray(), _known.Read(der).SerialNumber.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    public void What_is_no_certificate_is_none_each_time(int length)
    {
        for (int i = 0; i < 2; i++)
        {
            Assert.Throws<MalformedDataException>(() => _known.Read(new byte[length]));
            Assert.Null(_known.TryRead(new byte[length]));
        }
    }
}
