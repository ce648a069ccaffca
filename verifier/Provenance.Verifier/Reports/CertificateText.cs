using System.Globalization;
using System.Numerics;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Reports;

/// <summary>What reports say of a certificate, in the spelling others expect.</summary>
internal static class CertificateText
{
    /// <summary>The serial number in decimal.</summary>
    public static string SerialNumber(Certificate certificate) =>
        new BigInteger(certificate.SerialNumber.Span, isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture);

    /// <summary>A time to the second in UTC (RFC 3339), fractions only where there are any.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
