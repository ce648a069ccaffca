using Provenance.Verifier.Bytes;
using Provenance.Verifier.Bytes.Brotli;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Jumbf;

namespace Provenance.Verifier.Manifests;

/// <summary>A manifest that is there and cannot be read: compressed wrongly, or of no known type.</summary>
/// <param name="Label">Its label, if it has one.</param>
/// <param name="Fault">What is wrong.</param>
internal sealed record UnreadableManifest(string? Label, MalformedDataException Fault);

/// <summary>The parsed store. It keeps the bytes as stored of whatever is hashed or signed.</summary>
internal sealed class ManifestStore
{
    private readonly Dictionary<string, Manifest> _byLabel;

    private readonly Dictionary<string, int> _places;

    private ManifestStore(IReadOnlyList<Manifest> manifests, IReadOnlyList<UnreadableManifest> unreadable, bool activeIsReadable, Dictionary<string, int> places, ReadOnlyMemory<byte>? bytes)
    {
        _places = places;
        Bytes = bytes;
        Manifests = manifests;
        Unreadable = unreadable;
        Active = activeIsReadable ? manifests[^1] : null;
        _byLabel = manifests.ToDictionary(manifest => manifest.Label, StringComparer.Ordinal);
    }

    /// <summary>All bytes; null where several stores count as one.</summary>
    public ReadOnlyMemory<byte>? Bytes { get; }

    /// <summary>The manifests that could be read, in the order of the store.</summary>
    public IReadOnlyList<Manifest> Manifests { get; }

    public IReadOnlyList<UnreadableManifest> Unreadable { get; }

    /// <summary>The last manifest superbox of the store (C2PA 2.5 §11.1.4); null where there is none or it cannot be read.</summary>
    public Manifest? Active { get; }

    public Manifest? Find(string label) => _byLabel.GetValueOrDefault(label);

    /// <summary>Which of the stores that count as one holds a manifest, from 0.</summary>
    public int PlaceOf(Manifest manifest) => _places[manifest.Label];

    /// <inheritdoc cref="Parse(IReadOnlyList{ReadOnlyMemory{byte}}, Limits)"/>
    public static ManifestStore Parse(ReadOnlyMemory<byte> bytes, Limits limits) => Parse([bytes], limits);

    /// <summary>
    /// Reads stores that count as one, in order; each fills its bytes to the last. A later store may repeat a manifest of an earlier one, as
    /// it keeps the history of the content, byte for byte: then it stands where it is repeated.
    /// </summary>
    /// <exception cref="MalformedDataException">The boxes break ISO 19566-5 or the shape of §11.1, or two manifests share a label.</exception>
    public static ManifestStore Parse(IReadOnlyList<ReadOnlyMemory<byte>> stores, Limits limits)
    {
        int boxes = 0;
        var children = new List<StoredBox>();
        for (int place = 0; place < stores.Count; place++)
        {
            var root = JumbfReader.Read(stores[place], limits, ref boxes);
            if (!root.Is(JumbfType.ManifestStore) || root.Label != "c2pa")
                throw new MalformedDataException("manifest store", 0, $"type and label 'c2pa' expected, '{root.Description!.Type}' and '{root.Label}' found (§11.1.4)");
            RequireC2paBoxes(root);
            foreach (var child in root.Children)
                children.Add(new(child, place));
        }

        var budget = new CborBudget(limits);
        var manifests = new List<Manifest>();
        var unreadable = new List<UnreadableManifest>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        bool lastIsReadable = false;
        int unpacked = 0;
        foreach (var (box, place) in WithoutRepeats(children, limits))
        {
            places.Add(box.Label!, place);
            lastIsReadable = false;
            try
            {
                var inner = box.Is(JumbfType.CompressedManifest) ? Unpack(box, limits with { BrotliOutputBytes = limits.BrotliOutputBytes - unpacked }, ref boxes) : box;
                unpacked += ReferenceEquals(inner, box) ? 0 : inner.Raw.Length; // the limit holds for all of a store together
                manifests.Add(new(box, inner, KindOf(inner)!.Value, budget));
                lastIsReadable = true;
            }
            catch (MalformedDataException fault)
            {
                unreadable.Add(new(box.Label, fault));
            }
        }
        return new(manifests, unreadable, lastIsReadable, places, stores.Count == 1 ? stores[0] : (ReadOnlyMemory<byte>?)null);
    }

    /// <summary>A box and the number of the store it stands in.</summary>
    private sealed record StoredBox(JumbfBox Box, int Place);

    /// <summary>The manifests, each of a label of its own; unknown boxes are skipped (§11.5.3.4).</summary>
    private static IEnumerable<StoredBox> WithoutRepeats(IEnumerable<StoredBox> children, Limits limits)
    {
        var manifests = new List<StoredBox>();
        var byLabel = new Dictionary<string, StoredBox>(StringComparer.Ordinal);
        foreach (var child in children)
        {
            var box = child.Box;
            if (!IsManifest(box))
                continue;
            if (manifests.Count == limits.Manifests)
                throw new LimitExceededException("manifest store", box.Offset, nameof(Limits.Manifests), limits.Manifests);
            bool isTaken = byLabel.TryGetValue(box.Label ?? "", out var earlier);
            if (string.IsNullOrEmpty(box.Label) || (isTaken && (earlier!.Place == child.Place || !earlier.Box.Raw.Span.SequenceEqual(box.Raw.Span))))
                throw new MalformedDataException("manifest store", box.Offset, $"each manifest has a label of its own, '{box.Label}' is absent or taken (§9.1)");
            byLabel[box.Label] = child;
            manifests.Add(child);
        }
        return manifests.Where(child => ReferenceEquals(byLabel[child.Box.Label!].Box, child.Box));
    }

    /// <summary>The box a reference of <paramref name="holder"/> points to; null where there is none or the way is ambiguous.</summary>
    public JumbfBox? Resolve(JumbfUri? uri, Manifest holder)
    {
        if (uri is null)
            return null;
        var manifest = uri.Manifest is null ? holder : Find(uri.Manifest);
        var box = manifest?.Box;
        foreach (string label in uri.Path)
            box = box?.Child(label);
        return box;
    }

    /// <summary>Whether a box of a store is a manifest of a known type, packed or not (§11.1.4).</summary>
    public static bool IsManifest(JumbfBox box) => KindOf(box) is not null || box.Is(JumbfType.CompressedManifest);

    private static ManifestKind? KindOf(JumbfBox box) =>
        box.Is(JumbfType.StandardManifest) || box.Is(JumbfType.OlderStandardManifest) ? ManifestKind.Standard
        : box.Is(JumbfType.UpdateManifest) ? ManifestKind.Update
        : null;

    /// <summary>A compressed manifest is one 'brob' box whose output is one whole manifest of the same label (§11.5.2).</summary>
    private static JumbfBox Unpack(JumbfBox box, Limits limits, ref int boxes)
    {
        var compressed = box.OnlyContent(JumbfType.Brotli)
            ?? throw new MalformedDataException("compressed manifest", box.Offset, "exactly one 'brob' box expected (§11.5.2)");
        var inner = JumbfReader.Read(BrotliDecoder.Decode(compressed, limits), limits, ref boxes);
        RequireC2paBoxes(inner);
        if (KindOf(inner) is null || inner.Label != box.Label)
            throw new MalformedDataException("compressed manifest", box.Offset, $"a manifest labelled '{box.Label}' expected, '{inner.Label}' found (§11.5.2)");
        return inner;
    }

    /// <summary>Every superbox down to the assertions must be requestable and labelled (§11.5.3.2).</summary>
    private static void RequireC2paBoxes(JumbfBox root)
    {
        var pending = new Stack<JumbfBox>();
        pending.Push(root);
        while (pending.TryPop(out var box))
        {
            if (!box.Description!.IsRequestableAndLabelled)
                throw new MalformedDataException("JUMBF description box", box.Offset, $"toggles 0x{box.Description.Toggles:X2}: requestable and labelled expected (§11.5.3.2)");
            foreach (var child in box.Children)
            {
                if (child.IsSuperbox)
                    pending.Push(child);
            }
        }
    }
}
