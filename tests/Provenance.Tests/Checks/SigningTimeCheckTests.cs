using Provenance.TestKit;
using Provenance.Verifier.Status;
using Xunit;

namespace Provenance.Tests.Checks;

public sealed class SigningTimeCheckTests
{
    private static readonly DateTimeOffset s_stamped = TestTimeStampAuthority.UsualTime;

    private static async Task<StatusCode?> CodeAsync(DateTimeOffset? claimed, bool stamped = false)
    {
        var manifest = Statements.Sound().Cose(cose => cose.ProtectedChange = header => header.AddIfPresent("iat", claimed?.ToUnixTimeSeconds()));
        var report = await Statements.VerifyAsync(stamped ? manifest.TimeStampedBy(Statements.Tsa) : manifest);
        Assert.DoesNotContain(report.Findings, finding => finding.IsFailure);
        Assert.Equal(stamped, report.SignedAt is not null);
        return report.Findings.SingleOrDefault(finding => finding.Code.Text.StartsWith("timeOfSigning.", StringComparison.Ordinal))?.Code;
    }

    [Fact]
    public async Task A_claimed_time_within_the_certificates_is_inside() => Assert.Equal(StatusCodes.TimeOfSigningInsideValidity, await CodeAsync(s_stamped));

    [Fact]
    public async Task Without_a_claimed_time_nothing_is_said() => Assert.Null(await CodeAsync(null));

    [Fact]
    public async Task A_claimed_time_before_the_certificate_is_outside()
    {
        var first = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(StatusCodes.TimeOfSigningInsideValidity, await CodeAsync(first));
        Assert.Equal(StatusCodes.TimeOfSigningOutsideValidity, await CodeAsync(first.AddSeconds(-1)));
    }

    [Fact]
    public async Task A_claimed_time_after_the_time_stamp_is_outside()
    {
        Assert.Equal(StatusCodes.TimeOfSigningInsideValidity, await CodeAsync(s_stamped, stamped: true));
        Assert.Equal(StatusCodes.TimeOfSigningOutsideValidity, await CodeAsync(s_stamped.AddSeconds(1), stamped: true));
    }
}
