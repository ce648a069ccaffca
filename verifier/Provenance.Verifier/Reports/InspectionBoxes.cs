using System.Buffers.Binary;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Bytes.Brotli;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Jumbf;

namespace Provenance.Verifier.Reports;

/// <summary>
/// The boxes of a manifest store as nodes. Walks by itself, since the strict reader gives nothing for a store with one fault: here what
/// comes before the fault is shown, then the fault.
/// </summary>
/// <param name="bytes">The store, or a manifest that was unpacked.</param>
/// <param name="offsets">Where the bytes lie in the asset; null for unpacked ones.</param>
/// <param name="limits">Depth of boxes, what may be unpacked.</param>
/// <param name="cbor">CBOR items left for the store.</param>
internal sealed class InspectionBoxes(ReadOnlyMemory<byte> bytes, StoreOffsets? offsets, Limits limits, CborBudget cbor)
{
    /// <summary>Nodes are made on the call stack, so no limit may let it grow beyond this.</summary>
    private const int Depth = 32;

    private long _unpacked;

    public void AddAll(InspectionBranch parent) => AddBoxes(parent, 0, bytes.Length, null, 0);

    private void AddBoxes(InspectionBranch parent, int start, int end, JumbfDescription? holder, int depth)
    {
        for (int at = start; at < end && !parent.IsFull;)
        {
            var (header, length, fault) = ReadHeader(at, end);
            if (fault is not null)
            {
                parent.Add("fault", fault, Place(at, end - at));
                return;
            }
            AddBox(parent, at, header, length, holder, depth);
            at += length;
        }
        parent.EndIfFull();
    }

    private (int Header, int Length, string? Fault) ReadHeader(int at, int end)
    {
        var span = bytes.Span[at..end];
        if (span.Length < 8)
            return (0, 0, $"a box header has 8 bytes, {span.Length} left");
        ulong length = BinaryPrimitives.ReadUInt32BigEndian(span);
        int header = 8;
        if (length == 1 && span.Length >= 16)
            (length, header) = (BinaryPrimitives.ReadUInt64BigEndian(span[8..]), 16);
        return length < (ulong)header || length > (ulong)span.Length
            ? (0, 0, $"'{JumbfType.Name(BinaryPrimitives.ReadUInt32BigEndian(span[4..]))}': a length of {length} where {span.Length} bytes are left")
            : (header, (int)length, null);
    }

    private void AddBox(InspectionBranch parent, int at, int header, int length, JumbfDescription? holder, int depth)
    {
        uint type = BinaryPrimitives.ReadUInt32BigEndian(bytes.Span[(at + 4)..]);
        int start = at + header, end = at + length;
        if (type == JumbfType.Superbox)
        {
            var description = Describe(start, end);
            parent.Add("jumb", Place(at, length), SuperboxText(at, length, description), branch =>
            {
                if (depth >= Math.Min(limits.JumbfDepth, Depth))
                    throw new LimitExceededException("JUMBF superbox", at, nameof(Limits.JumbfDepth), limits.JumbfDepth);
                AddBoxes(branch, start, end, description, depth + 1);
            });
            return;
        }
        var content = bytes[start..end];
        if (type == JumbfType.Description)
            parent.Add("jumd", Place(at, length), null, branch => AddDescription(branch, JumbfDescription.Read(content, start, limits)));
        else if (type == JumbfType.Brotli)
            parent.Add("brob", Place(at, length), $"{content.Length} bytes packed", branch => AddUnpacked(branch, content));
        else
            InspectionContent.Add(parent, type, content, Place(at, length), holder, new(limits, cbor, (offset, part) => Place(start + offset, part)));
    }

    /// <summary>The description that opens a superbox; null where it cannot be read, which its own node then says.</summary>
    private JumbfDescription? Describe(int start, int end)
    {
        var (header, length, fault) = ReadHeader(start, end);
        if (fault is not null || BinaryPrimitives.ReadUInt32BigEndian(bytes.Span[(start + 4)..]) != JumbfType.Description)
            return null;
        try
        {
            return JumbfDescription.Read(bytes[(start + header)..(start + length)], start + header, limits);
        }
        catch (MalformedDataException)
        {
            return null;
        }
    }

    private string SuperboxText(int at, int length, JumbfDescription? description)
    {
        string text = description is null ? "no description"
            : $"{DiagnosticText.Quote(description.Label ?? "")} {(description.Type == JumbfType.EmbeddedFile ? "embedded file" : description.Type.ToString())}";
        int pieces = offsets?.PiecesOf(at, length) ?? 1;
        return $"{text}, 0x{at:X} in the {(offsets is null ? "unpacked manifest" : "store")}{(pieces > 1 ? $", in {pieces} pieces" : "")}";
    }

    private static void AddDescription(InspectionBranch branch, JumbfDescription description)
    {
        branch.Add("type", description.Type.ToString());
        branch.Add("toggles", $"0x{description.Toggles:X2}");
        if (description.Label is { } label)
            branch.Add("label", DiagnosticText.Quote(label));
        if (description.Id is { } id)
            branch.Add("id", id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (description.Salt is { } salt)
            branch.Add("salt", DiagnosticText.Hex(salt.Span));
    }

    private void AddUnpacked(InspectionBranch branch, ReadOnlyMemory<byte> packed)
    {
        // A packed manifest in a packed one has no meaning (C2PA 2.5 §11.5.2) and could go on for ever.
        if (offsets is null)
            throw new MalformedDataException("compressed manifest", 0, "a packed manifest in a packed manifest");
        // Each may grow a hundredfold; all together may not be more than a store could be.
        if (_unpacked > limits.StoreBytes)
            throw new LimitExceededException("compressed manifest", 0, nameof(Limits.StoreBytes), limits.StoreBytes);
        byte[] unpacked = BrotliDecoder.Decode(packed, limits);
        _unpacked += unpacked.Length;
        new InspectionBoxes(unpacked, null, limits, cbor).AddAll(branch);
    }

    private ByteRange? Place(long at, int length) => offsets?.InAsset(at) is { } offset ? new ByteRange(offset, length) : null;
}

/// <summary>What content is read with.</summary>
/// <param name="Limits">Limits.</param>
/// <param name="Cbor">CBOR items left for this store.</param>
/// <param name="Place">Where a part of the content lies in the asset.</param>
internal sealed record InspectionContext(Limits Limits, CborBudget Cbor, Func<long, int, ByteRange?> Place);
