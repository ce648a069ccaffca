using System.Buffers.Binary;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Parquet;

/// <summary>
/// An Apache Parquet file. The manifest store is the value of c2pa:manifest in the key_value_metadata of its footer (C2PA 2.5 §A.3.14):
/// <code>
/// "PAR1" | columns | footer, a FileMetaData in Thrift's compact protocol | its length 4, little-endian | "PAR1"
/// </code>
/// A file with an encrypted footer ("PARE") can hold none.
/// </summary>
internal sealed class ParquetFormat : IAssetFormat
{
    private const string Structure = "Parquet footer";

    private const int KeyValueMetadata = 5;

    private const int TailLength = 8;

    public string Name => "Parquet";

    public IReadOnlyList<string> MediaTypes { get; } = ["application/vnd.apache.parquet"];

    public IReadOnlyList<string> Extensions { get; } = [".parquet"];

    public StorePlacement Placement { get; } = StorePlacement.Embedded("A.3.14", "key_value_metadata in the footer", "c2pa.hash.data");

    private static ReadOnlySpan<byte> Magic => "PAR1"u8;

    public bool Matches(ReadOnlySpan<byte> head) => head.StartsWith(Magic);

    public async ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var walk = new AssetWalk(source, limits, cancellation);
        try
        {
            if (source.Length < Magic.Length + TailLength)
                throw new MalformedDataException(Structure, source.Length, "it is missing");
            var tail = await walk.Window.AtAsync(source.Length - TailLength, TailLength).ConfigureAwait(false);
            long length = BinaryPrimitives.ReadUInt32LittleEndian(tail.Span), end = source.Length - TailLength;
            if (!tail.Span[4..].SequenceEqual(Magic) || length > end - Magic.Length)
                throw new MalformedDataException(Structure, end, "its length and PAR1 expected at the end of the file");
            if (length > limits.HeaderBytes)
                throw new LimitExceededException(Structure, end, nameof(Limits.HeaderBytes), limits.HeaderBytes);
            var footer = await source.ReadAsync(ByteRange.FromTo(end - length, end), cancellation).ConfigureAwait(false);
            foreach (var value in FindValues(footer.Span, end - length, limits))
                walk.Store(KeyedStore.Of(value));
        }
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            if (e.Structure == KeyedStore.Structure)
                walk.StoreFault(e);
            await walk.DamagedAsync(e).ConfigureAwait(false);
        }
        walk.RegionsAroundStores(RegionKind.Media, "Parquet");
        return walk.ToMap(this, MediaTypes[0]);
    }

    private static List<ByteRange> FindValues(ReadOnlySpan<byte> footer, long offset, Limits limits)
    {
        var values = new List<ByteRange>();
        var thrift = new ThriftCompact(footer, offset);
        int field = 0;
        while (thrift.ReadField(ref field) is not ThriftType.Stop and var type)
        {
            if (field != KeyValueMetadata || type != ThriftType.List)
            {
                thrift.Skip(type);
                continue;
            }
            var (count, element) = thrift.ReadList();
            if (element != ThriftType.Struct && count > 0)
                throw thrift.Malformed("key_value_metadata is a list of structs");
            for (; count > 0; count--)
            {
                if (ReadPair(ref thrift) is not { } value)
                    continue;
                if (values.Count == limits.ContainerParts)
                    throw new LimitExceededException(Structure, value.Offset, nameof(Limits.ContainerParts), limits.ContainerParts);
                values.Add(value);
            }
        }
        return values;
    }

    /// <summary>KeyValue { 1: key, 2: value }: where the value lies, if the key is that of the store.</summary>
    private static ByteRange? ReadPair(ref ThriftCompact thrift)
    {
        int field = 0;
        bool isStore = false;
        int keys = 0;
        var values = new List<ByteRange>();
        while (thrift.ReadField(ref field) is not ThriftType.Stop and var type)
        {
            if (field is not (1 or 2) || type != ThriftType.Binary)
            {
                thrift.Skip(type);
                continue;
            }
            var text = thrift.ReadBinary(out var range);
            if (field == 2)
                values.Add(range);
            else
                (keys, isStore) = (keys + 1, isStore || text.SequenceEqual(KeyedStore.Key));
        }
        if (!isStore)
            return null;
        return keys == 1 && values is [var value] ? value : throw new MalformedDataException(KeyedStore.Structure, thrift.Offset, "one key and one value expected (§A.3.14.1)");
    }

    public ValueTask<IReadOnlyList<NamedBox>?> ListBoxesAsync(AssetSource source, AssetMap map, Limits limits, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<NamedBox>?>(null);
}
