using System.Buffers.Binary;
using System.Text.Json;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.SafeTensors;

/// <summary>
/// A SafeTensors file. The manifest store is the string c2pa:manifest in the object __metadata__ of its header (C2PA 2.5 §A.3.16):
/// <code>
/// length of the header 8, little-endian | header, a JSON object, spaces behind it | tensors
/// </code>
/// </summary>
internal sealed class SafeTensorsFormat : IAssetFormat
{
    private const string Structure = "SafeTensors header";

    private const int LengthBytes = 8;

    public string Name => "SafeTensors";

    public IReadOnlyList<string> MediaTypes { get; } = ["application/vnd.safetensors"];

    public IReadOnlyList<string> Extensions { get; } = [".safetensors"];

    public StorePlacement Placement { get; } = StorePlacement.Embedded("A.3.16", "__metadata__ in the header", "c2pa.hash.data");

    /// <summary>No magic number: a length below 4 GiB, whose upper bytes no text starts with, and an object of JSON.</summary>
    public bool Matches(ReadOnlySpan<byte> head) =>
        head.Length >= LengthBytes + 2 && BinaryPrimitives.ReadUInt64LittleEndian(head) is >= 2 and <= uint.MaxValue
        && head[LengthBytes] == '{' && head[(LengthBytes + 1)..].TrimStart(" \t\r\n"u8) is [(byte)'"' or (byte)'}', ..];

    public async ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var walk = new AssetWalk(source, limits, cancellation);
        try
        {
            var start = await walk.Window.AtAsync(0, LengthBytes).ConfigureAwait(false);
            long length = (long)BinaryPrimitives.ReadUInt64LittleEndian(start.Span);
            if (length > source.Length - LengthBytes)
                throw new MalformedDataException(Structure, 0, $"{length} bytes declared, {source.Length - LengthBytes} left (§14.12.1.6)");
            if (length > limits.HeaderBytes)
                throw new LimitExceededException(Structure, 0, nameof(Limits.HeaderBytes), limits.HeaderBytes);
            var header = await source.ReadAsync(new ByteRange(LengthBytes, length), cancellation).ConfigureAwait(false);
            foreach (var value in FindValues(header.Span, limits))
                walk.Store(KeyedStore.Of(value));
        }
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            if (e.Structure == KeyedStore.Structure)
                walk.StoreFault(e);
            await walk.DamagedAsync(e).ConfigureAwait(false);
        }
        walk.RegionsAroundStores(RegionKind.Media, "SafeTensors");
        return walk.ToMap(this, MediaTypes[0]);
    }

    /// <summary>Where in the file the values of the key lie, without their quotes. More than one is told by the caller: JSON does not forbid it.</summary>
    private static List<ByteRange> FindValues(ReadOnlySpan<byte> header, Limits limits)
    {
        var values = new List<ByteRange>();
        var json = new Utf8JsonReader(header, new JsonReaderOptions { MaxDepth = limits.JsonDepth });
        try
        {
            bool isMetadata = false;
            while (json.Read())
            {
                if (json.TokenType != JsonTokenType.PropertyName)
                    continue;
                if (json.CurrentDepth == 1)
                    isMetadata = json.ValueTextEquals("__metadata__"u8);
                bool isStore = isMetadata && json.CurrentDepth == 2 && json.ValueTextEquals(KeyedStore.Key);
                if (!isStore)
                    continue;
                json.Read();
                if (json.TokenType != JsonTokenType.String || json.ValueIsEscaped)
                    throw new MalformedDataException(KeyedStore.Structure, LengthBytes + json.TokenStartIndex, "a string of Base64 without escapes expected (§A.3.16.1)");
                if (values.Count == limits.ContainerParts)
                    throw new LimitExceededException(Structure, 0, nameof(Limits.ContainerParts), limits.ContainerParts);
                values.Add(new ByteRange(LengthBytes + json.TokenStartIndex + 1, json.ValueSpan.Length));
            }
        }
        catch (JsonException e)
        {
            throw new MalformedDataException(Structure, LengthBytes + json.BytesConsumed, $"a JSON object of the declared length expected: line {e.LineNumber + 1}, byte {e.BytePositionInLine} is none (RFC 8259, §14.12.1.6)");
        }
        catch (InvalidOperationException)
        {
            // What the reader says to a name with half a surrogate pair.
            throw new MalformedDataException(Structure, LengthBytes + json.TokenStartIndex, "a name is no Unicode (RFC 8259 §8.2)");
        }
        return values;
    }

    public ValueTask<IReadOnlyList<NamedBox>?> ListBoxesAsync(AssetSource source, AssetMap map, Limits limits, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<NamedBox>?>(null);
}
