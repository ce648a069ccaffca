using System.Text;
using Provenance.Server.Fingerprints;
using Provenance.Server.Settings;

namespace Provenance.Server.Resolution;

/// <summary>The algorithms of the list, those that the settings name, and PDQ.</summary>
internal sealed class KnownAlgorithms : IBindingAlgorithms
{
    private readonly Dictionary<string, SoftBindingKind> _kinds;

    public KnownAlgorithms(ResolutionSettings settings)
    {
        All =
        [
            .. SoftBindingAlgorithm.Usual
                .Concat(settings.FurtherFingerprints.Select(name => new SoftBindingAlgorithm(name, SoftBindingKind.Fingerprint)))
                .Concat(settings.FurtherWatermarks.Select(name => new SoftBindingAlgorithm(name, SoftBindingKind.Watermark)))
                .DistinctBy(algorithm => algorithm.Name),
        ];
        _kinds = All.ToDictionary(algorithm => algorithm.Name, algorithm => algorithm.Kind, StringComparer.Ordinal);
    }

    public IReadOnlyList<SoftBindingAlgorithm> All { get; }

    public bool Knows(string algorithm) => _kinds.ContainsKey(algorithm);

    public bool IsWatermark(string algorithm) => _kinds.TryGetValue(algorithm, out var kind) && kind == SoftBindingKind.Watermark;

    public ReadOnlyMemory<byte>? InOneForm(string algorithm, ReadOnlyMemory<byte> value, bool isText)
    {
        if (!Knows(algorithm))
            return null;
        // Text stands for its bytes: that is how those who read a watermark ask for it.
        if (algorithm != SoftBindingAlgorithm.Pdq)
            return value;
        bool isHash = isText ? ReadText(Encoding.UTF8.GetString(value.Span), out var hash) : PdqHash.TryRead(value.Span, out hash);
        // Not "? … : null", where null would be a null array, and that an empty value, which is one.
        if (!isHash || hash.IsNearlyConstant)
            return null;
        return hash.ToBytes();
    }

    private static bool ReadText(string text, out PdqHash hash) => PdqHash.TryParse(text, out hash) || PdqHash.TryParseBase64(text, out hash);
}
