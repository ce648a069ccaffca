namespace Provenance.Server.Resolution;

internal enum SoftBindingKind
{
    Watermark,
    Fingerprint,
}

/// <summary>An algorithm of which values are registered and looked up.</summary>
/// <param name="Name">Its identifier: the "alg" of an assertion and of a query.</param>
/// <param name="Kind">Whether the value was put into the content or made of it.</param>
internal sealed record SoftBindingAlgorithm(string Name, SoftBindingKind Kind)
{
    /// <summary>What the database has room for.</summary>
    public const int LongestName = 100;

    /// <summary>
    /// PDQ with 256 bits, whose values are compared by distance; the value is the hash's 32 bytes in the order of its digits. PDQ is not on the
    /// list: nobody else need know this name, and an assertion should not have it. The 1 stands for the hash as Provenance.Server.Fingerprints reads it.
    /// </summary>
    public const string Pdq = "provenance.pdq.1";

    /// <summary>
    /// The list of soft binding algorithms (github.com/c2pa-org/softbinding-algorithm-list, commit 68246ad of 2026-04-15). None is deprecated.
    /// Values are compared as bytes, which is what a watermark wants; of fingerprints only equal ones are found, whatever else the algorithm allows.
    /// </summary>
    private static readonly string[] ListedWatermarks =
    [
        "com.digimarc.validate.1", "org.atsc.a336", "com.adobe.trustmark.Q", "com.adobe.trustmark.C", "ai.steg.api", "ai.trufo.gen1.image", "ai.trufo.gen1.image-lite",
        "app.overlai.watermark.1", "tv.kinetiq.watercast.48.1", "castLabs.watermark.1", "com.adobe.trustmark.P", "com.imatag.lamark.v1", "com.nagra.nexguard.watermark.1",
        "com.mentaport.watermark.1", "com.sonicorigin.watermark.1", "com.microsoft.invismark.1", "com.microsoft.wavmark.1", "ai.contentlens.image.basewmk",
        "ai.contentlens.image.ensemblewmk", "ai.contentlens.image.customwmk", "ai.contentlens.audio.mono", "ai.contentlens.audio.stereo", "es.lumatrace",
        "com.markany.watermark.1", "com.verimatrix.watermark.1", "com.writerslogic.zwc-watermark.1", "com.aiwatermark.videoseal.1", "com.aiwatermark.pixelseal.1",
        "com.aiwatermark.audioseal.1",
    ];

    private static readonly string[] ListedFingerprints = ["io.iscc.v0", "com.adobe.icn.dense", "com.digicaps.fingerprint.1"];

    /// <summary>The algorithms that are looked up here without being told: our own first.</summary>
    public static readonly IReadOnlyList<SoftBindingAlgorithm> Usual =
    [
        new(Pdq, SoftBindingKind.Fingerprint),
        .. ListedFingerprints.Select(name => new SoftBindingAlgorithm(name, SoftBindingKind.Fingerprint)),
        .. ListedWatermarks.Select(name => new SoftBindingAlgorithm(name, SoftBindingKind.Watermark)),
    ];
}
