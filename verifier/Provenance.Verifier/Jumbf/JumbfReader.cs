using System.Buffers.Binary;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Jumbf;

/// <summary>
/// Reads one JUMBF superbox with everything in it (ISO 19566-5 §A.2): LBox (4), TBox (4), XLBox (8) if LBox is 1, payload.
/// Depth is counted, not recursed into; a length must end inside its parent; a superbox starts with its description.
/// </summary>
internal static class JumbfReader
{
    /// <summary>Reads the superbox that <paramref name="bytes"/> hold, from the first byte to the last.</summary>
    public static JumbfBox Read(ReadOnlyMemory<byte> bytes, Limits limits)
    {
        int boxes = 0;
        return Read(bytes, limits, ref boxes);
    }

    /// <summary>Reads the superbox that <paramref name="bytes"/> hold, and adds to <paramref name="boxes"/>, which counts those of a whole store.</summary>
    public static JumbfBox Read(ReadOnlyMemory<byte> bytes, Limits limits, ref int boxes)
    {
        var root = ReadHeader(bytes, 0, "JUMBF superbox");
        if (root.Type != JumbfType.Superbox)
            throw new MalformedDataException("JUMBF superbox", 0, $"'jumb' expected, '{JumbfType.Name(root.Type)}' found");
        if (root.Raw.Length != bytes.Length)
            throw new MalformedDataException("JUMBF superbox", root.Raw.Length, $"{bytes.Length - root.Raw.Length} bytes follow the end");

        // Open superboxes, outermost first: each is read box by box and closed when its payload is used up.
        var open = new Stack<Frame>();
        open.Push(Frame.Open(root, limits));
        while (true)
        {
            var frame = open.Peek();
            if (frame.Rest.Length == 0)
            {
                open.Pop();
                var closed = frame.Close();
                if (open.Count == 0)
                    return closed;
                open.Peek().Add(closed, limits);
                continue;
            }
            var box = ReadHeader(frame.Rest, frame.RestOffset, "JUMBF box");
            frame.Advance(box.Raw.Length);
            if (++boxes > limits.JumbfBoxes)
                throw new LimitExceededException("JUMBF box", box.Offset, nameof(Limits.JumbfBoxes), limits.JumbfBoxes);
            if (box.Type != JumbfType.Superbox)
                frame.Add(box, limits);
            else if (open.Count == limits.JumbfDepth)
                throw new LimitExceededException("JUMBF superbox", box.Offset, nameof(Limits.JumbfDepth), limits.JumbfDepth);
            else
                open.Push(Frame.Open(box, limits));
        }
    }

    private static JumbfBox ReadHeader(ReadOnlyMemory<byte> rest, long offset, string structure)
    {
        var span = rest.Span;
        if (span.Length < 8)
            throw new MalformedDataException(structure, offset, $"a box header has 8 bytes, {span.Length} left");
        long length = BinaryPrimitives.ReadUInt32BigEndian(span);
        uint type = BinaryPrimitives.ReadUInt32BigEndian(span[4..]);
        int header = 8;
        if (length == 1)
        {
            if (span.Length < 16)
                throw new MalformedDataException(structure, offset, $"an extended box header has 16 bytes, {span.Length} left");
            ulong extended = BinaryPrimitives.ReadUInt64BigEndian(span[8..]);
            length = extended > long.MaxValue ? long.MaxValue : (long)extended;
            header = 16;
        }
        // LBox 0 ("to the end") is refused: every box of a manifest store says how long it is (C2PA 2.5 §11.5.3).
        if (length < header)
            throw new MalformedDataException(structure, offset, $"a length of {length} is shorter than the header");
        if (length > span.Length)
            throw new MalformedDataException(structure, offset, $"a length of {length} reaches beyond the {span.Length} bytes of its parent");
        return new JumbfBox(type, rest[..(int)length], header, offset);
    }

    /// <summary>A superbox whose children are being read.</summary>
    private sealed class Frame
    {
        private readonly JumbfBox _box;
        private readonly JumbfDescription _description;
        private readonly List<JumbfBox> _children = [];

        private Frame(JumbfBox box, JumbfDescription description, ReadOnlyMemory<byte> rest, long restOffset) =>
            (_box, _description, Rest, RestOffset) = (box, description, rest, restOffset);

        public ReadOnlyMemory<byte> Rest { get; private set; }

        public long RestOffset { get; private set; }

        public static Frame Open(JumbfBox box, Limits limits)
        {
            long inside = box.Offset + box.HeaderLength;
            var first = ReadHeader(box.Payload, inside, "JUMBF description box");
            if (first.Type != JumbfType.Description)
                throw new MalformedDataException("JUMBF superbox", inside, $"the description box comes first, '{JumbfType.Name(first.Type)}' found");
            var description = JumbfDescription.Read(first.Payload, inside + first.HeaderLength, limits);
            return new(box, description, box.Payload[first.Raw.Length..], inside + first.Raw.Length);
        }

        public void Advance(int length)
        {
            Rest = Rest[length..];
            RestOffset += length;
        }

        public void Add(JumbfBox child, Limits limits)
        {
            if (_children.Count == limits.JumbfChildren)
                throw new LimitExceededException("JUMBF superbox", child.Offset, nameof(Limits.JumbfChildren), limits.JumbfChildren);
            _children.Add(child);
        }

        public JumbfBox Close() => new(_box.Type, _box.Raw, _box.HeaderLength, _box.Offset) { Description = _description, Children = _children };
    }
}
