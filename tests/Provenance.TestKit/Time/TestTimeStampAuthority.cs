namespace Provenance.TestKit;

public sealed class TestTimeStampAuthority
{
    public static byte[] Response(byte[] token) => token;
}
