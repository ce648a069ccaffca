using System.Formats.Asn1;

namespace Provenance.TestKit;

/// <summary>
/// A time-stamping authority (RFC 3161) whose clock says what the test wants. The token is written field by field, so
/// that each of its rules can be broken.
/// </summary>
public sealed class TestTimeStampAuthority
{
    /// <summary>Pi day 2026, 09:26:53 UTC: when the samples are stamped.</summary>
    public static readonly DateTimeOffset UsualTime = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    private readonly Action<TokenRecipe>? _change;

    public TestTimeStampAuthority(TestCertificate certificate, Action<TokenRecipe>? change = null)
    {
        Certificate = certificate;
        _change = change;
    }

    public TestCertificate Certificate { get; }

    public string AnchorPem => Certificate.Root.Pem;

    /// <summary>An authority with a root and a leaf of its own.</summary>
    public static TestTimeStampAuthority Create(string name = "Example Time Stamping", TestKey? key = null, Action<CertificateRecipe>? leaf = null) =>
        new(TestAuthority.Root(name + " Root CA").IssueTimeStamper(name, key, leaf));

    /// <summary>The same authority with other habits.</summary>
    public TestTimeStampAuthority With(Action<TokenRecipe> change) => new(Certificate, recipe =>
    {
        _change?.Invoke(recipe);
        change(recipe);
    });

    /// <summary>The same authority at another time.</summary>
    public TestTimeStampAuthority At(DateTimeOffset time) => With(r => r.Time = time);

    public TestTimeStampAuthority At(string time) => At(DateTimeOffset.Parse(time, null, System.Globalization.DateTimeStyles.AssumeUniversal));

    /// <summary>A token over these bytes (they are hashed here).</summary>
    public byte[] Token(byte[] message)
    {
        var recipe = new TokenRecipe(Certificate);
        _change?.Invoke(recipe);
        return recipe.Build(message);
    }

    /// <summary>A TimeStampResp (RFC 3161 §2.4.2) with the status given, granted unless told otherwise.</summary>
    public static byte[] Response(byte[]? token, int status = 0)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence()) writer.WriteInteger(status);
            if (token is not null) writer.WriteEncodedValue(token);
        }
        return writer.Encode();
    }

    /// <summary>A stamp for <see cref="CoseRecipe.Stamps"/>; covers and header go with the claim version unless given.</summary>
    public StampRecipe Stamp(StampGeneration? covers = null, string? header = null, bool? wrapped = null) =>
        new() { Token = Token, Covers = covers, Header = header, Wrapped = wrapped };
}
