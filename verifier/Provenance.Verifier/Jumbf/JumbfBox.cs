namespace Provenance.Verifier.Jumbf;

/// <summary>One box as stored. A superbox has a description and children; its children do not count the description.</summary>
internal sealed class JumbfBox
{
    public JumbfBox(uint type, ReadOnlyMemory<byte> raw, int headerLength, long offset) =>
        (Type, Raw, HeaderLength, Offset) = (type, raw, headerLength, offset);

    public uint Type { get; }

    /// <summary>The whole box, header included, as stored.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    public int HeaderLength { get; }

    /// <summary>Offset of the header in the manifest store, or in the manifest it was unpacked from.</summary>
    public long Offset { get; }

    /// <summary>The content; of a superbox all its boxes with the description box: what a hashed URI hashes (C2PA 2.5 §9.4.2.3).</summary>
    public ReadOnlyMemory<byte> Payload => Raw[HeaderLength..];

    public JumbfDescription? Description { get; init; }

    /// <summary>Superboxes and content boxes behind the description, in order.</summary>
    public IReadOnlyList<JumbfBox> Children { get; init; } = [];

    public bool IsSuperbox => Description is not null;

    public string? Label => Description?.Label;

    public bool Is(ContentType type) => Description?.Type == type;

    public IEnumerable<JumbfBox> ChildrenOf(ContentType type) => Children.Where(child => child.Is(type));

    /// <summary>The only child with this label; null where there is none or more than one (an ambiguous label resolves to nothing).</summary>
    public JumbfBox? Child(string label)
    {
        JumbfBox? found = null;
        foreach (var child in Children)
        {
            if (!string.Equals(child.Label, label, StringComparison.Ordinal))
                continue;
            if (found is not null)
                return null;
            found = child;
        }
        return found;
    }

    /// <summary>The payload of the one content box, if the superbox holds exactly one and it has this type.</summary>
    public ReadOnlyMemory<byte>? OnlyContent(uint type) =>
        Children is [var only] && only.Type == type ? only.Payload : (ReadOnlyMemory<byte>?)null; // a bare null would become an empty memory
}
