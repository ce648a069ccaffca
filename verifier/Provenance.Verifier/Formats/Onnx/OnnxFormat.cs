using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Onnx;

/// <summary>
/// An ONNX model: one ModelProto message. The manifest store is the value of c2pa:manifest among its metadata_props (C2PA 2.5 §A.3.15). Tensors
/// that a model keeps in other files are in no hash.
/// </summary>
internal sealed class OnnxFormat : IAssetFormat
{
    private const long IrVersion = 1, Graph = 7, MetadataProps = 14;

    private const long Key = 1, Value = 2;

    /// <summary>The largest version of the format thought of; 13 is the latest.</summary>
    private const byte LastIrVersion = 64;

    public string Name => "ONNX";

    public IReadOnlyList<string> MediaTypes { get; } = ["application/onnx"];

    public IReadOnlyList<string> Extensions { get; } = [".onnx"];

    public StorePlacement Placement { get; } = StorePlacement.Embedded("A.3.15", "metadata_props", "c2pa.hash.data");

    /// <summary>
    /// No magic number: fields of a ModelProto and no others from the first byte on, the version first as every library writes it, and behind
    /// it a field that is no number.
    /// </summary>
    public bool Matches(ReadOnlySpan<byte> head)
    {
        if (head.Length < 4 || head[0] != 0x08 || head[1] is 0 or > LastIrVersion)
            return false;
        try
        {
            var second = ProtobufField.Read(head[2..], 2);
            for (long at = 2; at < head.Length;)
            {
                var field = ProtobufField.Read(head[(int)at..], at);
                if (!IsKnown(field))
                    return false;
                at = field.Content.End;
            }
            return second.Type == WireType.LengthDelimited;
        }
        catch (MalformedDataException)
        {
            // The head may end inside a field's header: then what was read before it counts.
            return head.Length == AssetFormats.HeadLength;
        }
    }

    private static bool IsKnown(ProtobufField field) => field.Number switch
    {
        // model_version; of the others, the strings, graph, opset_import, metadata_props, training_info, functions, configuration.
        5 => field.Type == WireType.Varint,
        2 or 3 or 4 or 6 or Graph or 8 or MetadataProps or 20 or 25 or 26 => field.Type == WireType.LengthDelimited,
        _ => false,
    };

    public async ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var walk = new AssetWalk(source, limits, cancellation);
        try
        {
            int parts = 0;
            for (long at = 0; at < source.Length;)
            {
                if (++parts > limits.ContainerParts)
                    throw new LimitExceededException("ONNX", at, nameof(Limits.ContainerParts), limits.ContainerParts);
                var field = await ProtobufField.ReadAsync(walk.Window, at, source.Length).ConfigureAwait(false);
                if (field is { Number: MetadataProps, Type: WireType.LengthDelimited } && await ReadPairAsync(walk.Window, field.Content, limits).ConfigureAwait(false) is { } value)
                    walk.Store(KeyedStore.Of(value));
                at = field.Content.End;
            }
        }
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            if (e.Structure == KeyedStore.Structure)
                walk.StoreFault(e);
            await walk.DamagedAsync(e).ConfigureAwait(false);
        }
        walk.RegionsAroundStores(RegionKind.Media, "ONNX");
        return walk.ToMap(this, MediaTypes[0]);
    }

    /// <summary>StringStringEntryProto { 1: key, 2: value }: where the value lies, if the key is that of the store.</summary>
    private static async ValueTask<ByteRange?> ReadPairAsync(ReadWindow window, ByteRange entry, Limits limits)
    {
        bool isStore = false;
        int keys = 0, parts = 0;
        var values = new List<ByteRange>();
        for (long at = entry.Offset; at < entry.End;)
        {
            if (++parts > limits.ContainerParts)
                throw new LimitExceededException("ONNX metadata_props", at, nameof(Limits.ContainerParts), limits.ContainerParts);
            var field = await ProtobufField.ReadAsync(window, at, entry.End).ConfigureAwait(false);
            if (field is { Number: Key, Type: WireType.LengthDelimited })
            {
                keys++;
                var key = await window.AtAsync(field.Content.Offset, (int)Math.Min(field.Content.Length, KeyedStore.Key.Length + 1)).ConfigureAwait(false);
                isStore |= key.Span.SequenceEqual(KeyedStore.Key);
            }
            else if (field is { Number: Value, Type: WireType.LengthDelimited })
            {
                values.Add(field.Content);
            }
            at = field.Content.End;
        }
        if (!isStore)
            return null;
        return keys == 1 && values is [var value] ? value : throw new MalformedDataException(KeyedStore.Structure, entry.Offset, "one key and one value expected (§A.3.15.1)");
    }

    public ValueTask<IReadOnlyList<NamedBox>?> ListBoxesAsync(AssetSource source, AssetMap map, Limits limits, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<NamedBox>?>(null);
}
