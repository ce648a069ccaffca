using Provenance.Verifier.Cose;
using Xunit;

namespace Provenance.Tests.Cose;

public class CoseTimeStampTests
{
    private static readonly byte[] Token = [0x30, 0x01];

    [Theory]
    [InlineData("sigTst", CoseTimeStampHeader.SigTst)]
    [InlineData("sigTst2", CoseTimeStampHeader.SigTst2)]
    public void One_token_in_one_header_is_the_time_stamp(string label, object header)
    {
        var message = Read((label, Container(Token)));
        Assert.Null(message.TimeStampFault);
        Assert.Equal((CoseTimeStampHeader)header, message.TimeStamp?.Header);
        Assert.Equal(Token, message.TimeStamp?.Token.ToArray());
    }

    [Fact]
    public void More_than_one_token_leaves_none() => Faulty(("sigTst2", Container(Token, Token)));

    [Fact]
    public void No_token_where_one_is_announced_is_a_fault() => Faulty(("sigTst2", Container()));

    [Fact]
    public void Both_headers_leave_no_time_stamp() => Faulty(("sigTst", Container(Token)), ("sigTst2", Container(Token)));

    [Fact]
    public void A_header_of_another_shape_is_a_fault()
    {
        Faulty(("sigTst2", Token));
        Faulty(("sigTst2", CoseMessage.Map()));
        Faulty(("sigTst2", CoseMessage.Map(("tstTokens", Token))));
        Faulty(("sigTst2", CoseMessage.Map(("tstTokens", CoseMessage.Map(("val", Token))))));
        Faulty(("sigTst2", CoseMessage.Map(("tstTokens", CoseMessage.Array(Token)))));
        Faulty(("sigTst2", CoseMessage.Map(("tstTokens", CoseMessage.Array(CoseMessage.Map(("val", "text")))))));
        Faulty(("sigTst", 1), ("sigTst2", Container(Token)));
    }

    [Fact]
    public void A_time_stamp_in_the_protected_header_is_none()
    {
        var message = new CoseMessage { Protected = CoseMessage.Map(("sigTst2", Container(Token))) }.Parse();
        Assert.Null(message.TimeStamp);
        Assert.Null(message.TimeStampFault);
    }

    private static object Container(params byte[][] tokens) =>
        CoseMessage.Map(("tstTokens", CoseMessage.Array([.. tokens.Select(token => CoseMessage.Map(("val", token)))])));

    private static void Faulty(params (object, object)[] unprotected)
    {
        var message = Read(unprotected);
        Assert.NotNull(message.TimeStampFault);
        Assert.Null(message.TimeStamp);
    }

    private static CoseSign1 Read(params (object, object)[] unprotected) => new CoseMessage { Unprotected = CoseMessage.Map(unprotected) }.Parse();
}
