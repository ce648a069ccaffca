using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Ogg;

/// <summary>
/// The logical bitstream of a manifest store: one packet of \0c2pa and the store (C2PA 2.5 §A.3.7), over as many pages as it takes. Whole
/// pages are left out of a hash, because their checksums follow from the store; so nothing else may stand in them
/// (docs/decisions/0012).
/// </summary>
internal sealed class StoreStream
{
    /// <summary>The structure that faults of a store are told of.</summary>
    public const string Structure = "Ogg C2PA stream";

    private readonly List<ByteRange> _pages = [], _payload = [];
    private readonly Limits _limits;
    private uint _sequence;
    private bool _hasEnded, _isClosed;

    /// <param name="first">The stream's first page, which is still to be added.</param>
    /// <param name="isReused">Another stream has this serial number.</param>
    /// <param name="limits">The limits.</param>
    public StoreStream(OggPage first, bool isReused, Limits limits)
    {
        (_limits, _sequence) = (limits, first.Sequence);
        if (isReused)
            Reject(first, SecondStream);
    }

    // Content could hide among the pages that are left out.
    private const string SecondStream = "the serial number stands for a second stream (RFC 3533 §4)";

    /// <summary>How the stream's first packet starts.</summary>
    public static ReadOnlySpan<byte> Identifier => "\0c2pa"u8;

    /// <summary>Why the stream is no store that can be read; null where nothing speaks against it.</summary>
    public MalformedDataException? Fault { get; private set; }

    /// <summary>Takes the stream's next page, the first one included.</summary>
    public void Add(OggPage page)
    {
        bool isStart = _pages.Count == 0;
        if (isStart != page.IsFirst)
            Reject(page, isStart ? "the first page is not marked as such (RFC 3533 §6)" : SecondStream);
        else if (_isClosed)
            Reject(page, "a page follows the stream's last");
        else if (page.Sequence != _sequence)
            Reject(page, $"page {_sequence} expected, {page.Sequence} found");
        else
            TakeBody(page, isStart);
        if (_pages.Count >= _limits.ContainerParts)
            throw new LimitExceededException(Structure, page.Range.Offset, nameof(Limits.ContainerParts), _limits.ContainerParts);
        _pages.Add(page.Range);
        _sequence = unchecked(page.Sequence + 1);
        _isClosed = page.IsLast;
    }

    private void TakeBody(OggPage page, bool isStart)
    {
        if (page.HasMorePackets || (_hasEnded && page.Body.Length > 0))
        {
            Reject(page, "more than the packet of the manifest store");
            return;
        }
        // An empty page may close the stream.
        if (_hasEnded || (page.Body.Length == 0 && !page.EndsPacket))
            return;
        if (page.IsContinued == isStart)
            Reject(page, isStart ? "the first page continues a packet" : "the packet does not go on");
        int skipped = isStart ? Identifier.Length : 0;
        if (page.FirstPacketLength > skipped)
            _payload.Add(new ByteRange(page.Body.Offset + skipped, page.FirstPacketLength - skipped));
        _hasEnded = page.EndsPacket;
    }

    /// <summary>The page's checksum is wrong: players drop it, and look for pages of sound inside of it.</summary>
    public void RejectChecksum(OggPage page) => Reject(page, "the checksum of the page is wrong (RFC 3533 §6)");

    private void Reject(OggPage page, string rule) => Fault ??= new MalformedDataException(Structure, page.Range.Offset, rule);

    /// <summary>No page is left.</summary>
    public void End()
    {
        if (!_hasEnded)
            Fault ??= new MalformedDataException(Structure, _pages[0].Offset, "the packet of the manifest store does not end");
        else if (_payload.Count == 0)
            Fault ??= new MalformedDataException(Structure, _pages[0].Offset, "the manifest store is empty");
    }

    /// <summary>The store, if there is no fault.</summary>
    public StoreLocation ToStore() => new(ByteRange.Merge(_pages), _payload);
}
