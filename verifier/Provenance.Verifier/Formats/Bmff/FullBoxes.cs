namespace Provenance.Verifier.Formats.Bmff;

/// <summary>
/// Which boxes have a version and flags. The types that have none are known and few; of a type nobody here knows, an exclusion that asks for
/// a version is taken at its word.
/// </summary>
internal static class FullBoxes
{
    private static readonly HashSet<string> Without = new(StringComparer.Ordinal)
    {
        "ftyp", "styp", "mdat", "imda", "free", "skip", "wide", "moov", "trak", "tapt", "edts", "tref", "trgr", "mdia", "minf", "gmhd", "dinf", "stbl", "sinf",
        "schi", "rinf", "frma", "udta", "mvex", "moof", "traf", "mfra", "meco", "strk", "strd", "iprp", "ipco", "grpl", "hnti", "hinf", "ilst", "idat",
        "avcC", "hvcC", "av1C", "vpcC", "btrt", "pasp", "clap", "colr", "irot", "imir",
    };

    public static bool Has(BmffBox box) => !Without.Contains(box.Type);
}
