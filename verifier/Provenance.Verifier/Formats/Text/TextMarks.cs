namespace Provenance.Verifier.Formats.Text;

/// <summary>What in a text may belong to a manifest store.</summary>
internal enum TextMarkKind
{
    /// <summary>U+FEFF and the selector of the first byte of a wrapper.</summary>
    Wrapper,

    /// <summary>The delimiter before a reference.</summary>
    BlockStart,

    /// <summary>The delimiter behind it.</summary>
    BlockEnd,

    /// <summary>The first delimiter of a checkpoint line.</summary>
    Checkpoint,

    /// <summary>The key of a checkpoint line of JSON.</summary>
    JsonCheckpoint,

    /// <summary>Base64 of bytes 12 to 23 of a manifest store: the type and most of the UUID of its description box.</summary>
    Base64Store,
}

/// <summary>A mark and where it starts.</summary>
internal readonly record struct TextMark(TextMarkKind Kind, long Offset);

/// <summary>
/// Finds the marks of a text in file order, block by block: each block is searched once for each mark, so that a text full of them costs no
/// more than one without.
/// </summary>
internal sealed class TextMarks(ReadWindow window)
{
    public static ReadOnlySpan<byte> BlockStart => "-----BEGIN C2PA MANIFEST-----"u8;

    public static ReadOnlySpan<byte> BlockEnd => "-----END C2PA MANIFEST-----"u8;

    private static ReadOnlySpan<byte> Wrapper => [0xEF, 0xBB, 0xBF, 0xF3, 0xA0, 0x84, 0xB3];

    private readonly List<TextMark> _found = [];
    private int _next;
    private long _position;

    /// <summary>The next mark; null at the end of the text.</summary>
    public async ValueTask<TextMark?> NextAsync()
    {
        while (_next == _found.Count)
        {
            if (_position >= window.Length)
                return null;
            _found.Clear();
            _next = 0;
            var block = await window.AtAsync(_position, ReadWindow.Size).ConfigureAwait(false);
            bool isLast = _position + block.Length == window.Length;
            // A mark may lie across the edge: it is found in the next block, which starts where no mark of this one can reach.
            int searched = isLast ? block.Length : block.Length - CheckpointLine.Begin.Length + 1;
            Search(block.Span, searched);
            _position += searched;
        }
        return _found[_next++];
    }

    private void Search(ReadOnlySpan<byte> block, int searched)
    {
        Collect(TextMarkKind.Wrapper, block, Wrapper, searched);
        Collect(TextMarkKind.BlockStart, block, BlockStart, searched);
        Collect(TextMarkKind.BlockEnd, block, BlockEnd, searched);
        Collect(TextMarkKind.Checkpoint, block, CheckpointLine.Begin, searched);
        Collect(TextMarkKind.JsonCheckpoint, block, CheckpointLine.JsonKey, searched);
        Collect(TextMarkKind.Base64Store, block, StoreTrace.MarkInBase64, searched);
        if (_found.Count > 1)
            _found.Sort((a, b) => a.Offset.CompareTo(b.Offset));
    }

    private void Collect(TextMarkKind kind, ReadOnlySpan<byte> block, ReadOnlySpan<byte> mark, int searched)
    {
        for (int at = 0; at < searched;)
        {
            int found = block[at..].IndexOf(mark);
            if (found < 0 || at + found >= searched)
                return;
            _found.Add(new(kind, _position + at + found));
            at += found + mark.Length;
        }
    }
}
