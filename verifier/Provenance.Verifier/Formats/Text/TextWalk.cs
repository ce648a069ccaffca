using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Text;

/// <summary>One pass over a text for all its ways to carry a manifest store.</summary>
internal sealed class TextWalk(AssetWalk walk, Limits limits)
{
    private const int None = -1;

    private long _blockStart = None;
    private int _stores, _blocks;
    private string? _blockUrl;
    private long _quoted = None;
    private long _checkpointAt = None;
    private CheckpointLine? _checkpoint;

    /// <summary>What looks like a store and is none: told only where no other is found (§A.8.4.2, §14.5.2.4).</summary>
    private MalformedDataException? _halfStore;

    private ReadWindow Window => walk.Window;

    public async ValueTask RunAsync()
    {
        var marks = new TextMarks(Window);
        while (await marks.NextAsync().ConfigureAwait(false) is { } mark)
        {
            switch (mark.Kind)
            {
                case TextMarkKind.Wrapper:
                    await WrapperAsync(mark.Offset).ConfigureAwait(false);
                    break;
                case TextMarkKind.BlockStart:
                    await HalfBlockAsync().ConfigureAwait(false);
                    _blockStart = mark.Offset;
                    break;
                case TextMarkKind.BlockEnd when _blockStart != None:
                    await BlockAsync(ByteRange.FromTo(_blockStart, mark.Offset + TextMarks.BlockEnd.Length)).ConfigureAwait(false);
                    _blockStart = None;
                    break;
                case TextMarkKind.Checkpoint or TextMarkKind.JsonCheckpoint:
                    await CheckpointAsync(mark).ConfigureAwait(false);
                    break;
                case TextMarkKind.Base64Store when _quoted == None:
                    _quoted = mark.Offset;
                    break;
            }
        }
        await HalfBlockAsync().ConfigureAwait(false);
        Conclude();
    }

    private void Store(StoreLocation store)
    {
        if (++_stores > limits.ContainerParts)
            throw new LimitExceededException("text", store.Extent[0].Offset, nameof(Limits.ContainerParts), limits.ContainerParts);
        walk.Store(store);
    }

    private async ValueTask WrapperAsync(long offset)
    {
        try
        {
            if (await TextWrapper.ReadAsync(Window, offset).ConfigureAwait(false) is not { } store)
                return;
            Store(store);
            walk.HashesNormalizedText = true;
        }
        catch (MalformedDataException fault) when (fault is not LimitExceededException)
        {
            _halfStore ??= fault;
        }
    }

    private async ValueTask BlockAsync(ByteRange block)
    {
        var between = ByteRange.FromTo(block.Offset + TextMarks.BlockStart.Length, block.End - TextMarks.BlockEnd.Length);
        var reference = await ManifestReference.ReadAsync(Window, between).ConfigureAwait(false);
        if (reference.IsNone)
        {
            walk.Note(block.Offset, "a manifest block that refers to nothing, passed over");
            return;
        }
        _blocks++;
        _blockUrl ??= reference.Url;
        if (reference.Base64 is not { } base64)
            return;
        try
        {
            Store(await TextBlock.StoreAsync(Window, block, base64).ConfigureAwait(false));
        }
        catch (MalformedDataException fault) when (fault is not LimitExceededException)
        {
            walk.StoreFault(fault);
        }
    }

    /// <summary>A block was begun and not ended. The standard sees none; if it holds a store, we say so.</summary>
    private async ValueTask HalfBlockAsync()
    {
        if (_blockStart == None || _halfStore is not null)
            return;
        var reference = await ManifestReference.ReadAsync(Window, ByteRange.FromTo(_blockStart + TextMarks.BlockStart.Length, Window.Length)).ConfigureAwait(false);
        if (reference.Base64 is not null)
            _halfStore = new("C2PA manifest block", _blockStart, "its end is missing (§14.5.2.4)");
    }

    /// <summary>The last checkpoint counts, be it well formed or not (§14.5.2.5).</summary>
    private async ValueTask CheckpointAsync(TextMark mark)
    {
        var before = await Window.AtAsync(Math.Max(0, mark.Offset - CommentSigns.Longest), (int)Math.Min(CommentSigns.Longest, mark.Offset)).ConfigureAwait(false);
        int newline = before.Span.LastIndexOf((byte)'\n');
        var line = before[(newline + 1)..];
        bool startsLine = newline >= 0 || before.Length == mark.Offset;
        // A line of JSON starts with its object; in any other line the words are only mentioned.
        bool isCandidate = startsLine && (mark.Kind == TextMarkKind.Checkpoint ? line.IsEmpty : line.Span.Trim(" \t"u8).StartsWith("{"u8));
        if (!isCandidate)
            return;
        _checkpointAt = mark.Offset - line.Length;
        _checkpoint = await CheckpointLine.ReadAsync(Window, _checkpointAt).ConfigureAwait(false);
    }

    private void Conclude()
    {
        if (_checkpointAt != None && _checkpoint is null)
        {
            walk.LacksCheckpoint = true;
            walk.StoreFault(new("checkpoint line", _checkpointAt, "the last line that starts like a checkpoint is none (§14.5.2.5)"));
        }
        if (_checkpoint is { } checkpoint)
        {
            walk.Checkpoint = checkpoint;
            walk.ManifestUrl = checkpoint.Reference.Url;
            if (checkpoint.Store is { } store)
                Store(store);
        }
        if (_blocks > 1 && _stores > 0)
            walk.StoreFault(new("C2PA manifest block", _blockStart, $"{_blocks} blocks where one may be (§A.9.4)"));
        else if (_blocks > 1)
            walk.Note(0, $"{_blocks} manifest blocks, so none counts (§A.9.4)");
        else
            walk.ManifestUrl ??= _blockUrl;
        if (_stores == 0)
            walk.StoreFault(_halfStore);
        if (!walk.HasStore && _quoted != None)
            walk.Note(_quoted, "Base64 of a manifest store, in no place the standard knows; not read");
        walk.RegionsAroundStores(RegionKind.Media, "text");
    }
}
