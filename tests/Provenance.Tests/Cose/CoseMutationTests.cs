using Provenance.Verifier.Bytes;
using Xunit;

namespace Provenance.Tests.Cose;

public class CoseMutationTests
{
    [Fact]
    public void Of_20000_damaged_messages_none_does_worse_than_being_malformed()
    {
        var random = new Random(20_260_901);
        byte[][] sound = [Rich(33), Rich("x5chain"), new CoseMessage().Encode()];
        int accepted = 0, refused = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = Damage(sound[i % sound.Length], random);
            try
            {
                var message = CoseMessage.Parse(bytes, allowTrailingZeros: i % 2 == 0);
                _ = (message.Algorithm, message.IssuedAt, message.EncodeSignature(), message.SigStructure("Signature1", message.Payload is { } payload ? payload.Span : default));
                accepted++;
            }
            catch (MalformedDataException)
            {
                refused++;
            }
        }
        Assert.InRange(accepted, 500, 19_500);
        Assert.Equal(20_000, accepted + refused);
    }

    [Fact]
    public void A_message_that_is_cut_anywhere_is_malformed()
    {
        byte[] sound = Rich(33);
        Assert.NotNull(CoseMessage.Parse(sound));
        for (int length = 0; length < sound.Length; length++)
            Assert.Throws<MalformedDataException>(() => CoseMessage.Parse(sound[..length], allowTrailingZeros: true));
    }

    private static byte[] Rich(object label) => new CoseMessage
    {
        Protected = CoseMessage.Map((1, -7), (2, CoseMessage.Array(1, "iat")), (label, CoseMessage.Array(new byte[] { 1, 2 }, new byte[] { 3 })), ("iat", 1_700_000_000)),
        Unprotected = CoseMessage.Map(
            ("sigTst2", CoseMessage.Map(("tstTokens", CoseMessage.Array(CoseMessage.Map(("val", new byte[] { 4 })))))),
            ("rVals", CoseMessage.Map(("ocspVals", CoseMessage.Array(new byte[] { 5 })))),
            ("pad", new byte[9])),
        Payload = CoseMessage.Bytes([6, 7]),
    }.Encode();

    private static byte[] Damage(byte[] sound, Random random)
    {
        var bytes = sound.ToList();
        for (int times = random.Next(1, 4); times > 0; times--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveAt(at);
                    break;
                case 3:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                default:
                    int count = Math.Min(random.Next(1, 20), bytes.Count - at);
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, count));
                    break;
            }
        }
        return [.. bytes];
    }
}
