using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Formats.Bmff;

namespace Provenance.Metadata;

/// <summary>
/// Tags of MP4 and QuickTime: user data of the film, the list that iTunes made, and the keyed list of QuickTime (QuickTime File Format, "User
/// data atoms" and "Metadata").
/// <code>
/// moov: udta: "©xyz": length 2, language 2, text …
/// moov: [udta:] meta: keys: count, (size, "mdta", name)…   ilst: (index or "©too": data: type 4, locale 4, text)…
/// </code>
/// </summary>
internal sealed class FilmTags
{
    /// <summary>Bytes of one tag.</summary>
    private const int TagLength = 256 << 10;

    /// <summary>Boxes looked at: the tables of sound and pictures are stepped over.</summary>
    private const int MostBoxes = 2048;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private readonly ReadWindow _window;
    private readonly BoxBudget _budget;
    private readonly List<MetadataEntry> _entries = [];
    private readonly List<ByteRange> _ranges = [];
    private int _length;

    private FilmTags(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        _window = new ReadWindow(source, cancellation);
        _budget = new BoxBudget(limits with { BmffBoxes = MostBoxes });
    }

    /// <summary>What the tags say.</summary>
    public IReadOnlyList<MetadataEntry> Entries => _entries;

    /// <summary>Where they stand.</summary>
    public IReadOnlyList<ByteRange> Ranges => _ranges;

    /// <summary>Reads the tags in the content of a moov box.</summary>
    /// <exception cref="LimitExceededException">There are more boxes or bytes than are read.</exception>
    public static async ValueTask<FilmTags> ReadAsync(AssetSource source, ByteRange film, Limits limits, CancellationToken cancellation)
    {
        var tags = new FilmTags(source, limits, cancellation);
        var boxes = BoxSequence.Children(tags._window, tags._budget, film);
        while (await boxes.NextAsync().ConfigureAwait(false) is { } box)
        {
            if (box.Type == "udta")
                await tags.ReadUserDataAsync(box).ConfigureAwait(false);
            else if (box.Type == "meta")
                await tags.ReadMetaAsync(box).ConfigureAwait(false);
        }
        return tags;
    }

    private async ValueTask ReadUserDataAsync(BmffBox userData)
    {
        var boxes = BoxSequence.Children(_window, _budget, userData.Content);
        while (await boxes.NextAsync().ConfigureAwait(false) is { } box)
        {
            if (box.Type == "meta")
                await ReadMetaAsync(box).ConfigureAwait(false);
            else if (box.Type[0] == '©' && await BytesAsync(box.Content).ConfigureAwait(false) is { Length: >= 4 } text)
            {
                // Length 2, language 2; some writers leave both out.
                int length = BinaryPrimitives.ReadUInt16BigEndian(text.Span);
                Add(box.Type, length <= text.Length - 4 ? text.Slice(4, length) : text, box.Range);
            }
        }
    }

    private async ValueTask ReadMetaAsync(BmffBox meta)
    {
        if (await BmffContainers.ChildrenAsync(_window, meta).ConfigureAwait(false) is not { } inside)
            return;
        List<string>? keys = null;
        var boxes = BoxSequence.Children(_window, _budget, inside);
        while (await boxes.NextAsync().ConfigureAwait(false) is { } box)
        {
            if (box.Type == "keys" && await BytesAsync(box.Content).ConfigureAwait(false) is { } table)
                keys = ReadKeys(table.Span);
            else if (box.Type == "ilst")
                await ReadListAsync(box, keys).ConfigureAwait(false);
        }
    }

    private async ValueTask ReadListAsync(BmffBox list, List<string>? keys)
    {
        var items = BoxSequence.Children(_window, _budget, list.Content);
        while (await items.NextAsync().ConfigureAwait(false) is { } item)
        {
            var inside = BoxSequence.Children(_window, _budget, item.Content);
            if (await inside.NextAsync().ConfigureAwait(false) is not { Type: "data", Content.Length: > 8 } data || NameOf(item.Type, keys) is not { } name)
                continue;
            if (await BytesAsync(data.Content).ConfigureAwait(false) is { Length: > 8 } value && BinaryPrimitives.ReadUInt32BigEndian(value.Span) is 1) // UTF-8
                Add(name, value[8..], item.Range);
        }
    }

    /// <summary>The index of a key, from 1, in place of a type; or a type.</summary>
    private static string? NameOf(string type, List<string>? keys)
    {
        if (keys is null)
            return type;
        int index = type[0] << 24 | type[1] << 16 | type[2] << 8 | type[3];
        return index >= 1 && index <= keys.Count ? keys[index - 1] : null;
    }

    private static List<string> ReadKeys(ReadOnlySpan<byte> table)
    {
        var keys = new List<string>();
        for (var rest = table.Length < 8 ? default : table[8..]; rest.Length >= 8;)
        {
            uint size = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (size < 8 || size > (uint)rest.Length)
                break;
            keys.Add(Encoding.UTF8.GetString(rest[8..(int)size]));
            rest = rest[(int)size..];
        }
        return keys;
    }

    private async ValueTask<ReadOnlyMemory<byte>?> BytesAsync(ByteRange range)
    {
        _length += (int)Math.Min(range.Length, TagLength + 1);
        if (range.Length > TagLength || _length > MetadataLimits.BlockBytes)
            throw new LimitExceededException("film tags", range.Offset, nameof(MetadataLimits.BlockBytes), MetadataLimits.BlockBytes);
        byte[] bytes = new byte[range.Length];
        for (int at = 0; at < bytes.Length;)
        {
            var part = await _window.AtAsync(range.Offset + at, Math.Min(ReadWindow.Size, bytes.Length - at)).ConfigureAwait(false);
            part.CopyTo(bytes.AsMemory(at));
            at += part.Length;
        }
        return bytes;
    }

    private void Add(string name, ReadOnlyMemory<byte> text, ByteRange range)
    {
        string value = ExifText.Plain(text.Span);
        if (value.Length == 0)
            return;
        _ranges.Add(range);
        if (name is "©xyz" or "com.apple.quicktime.location.ISO6709")
            AddPosition(value);
        else
            _entries.Add(new("film " + name, value));
    }

    /// <summary>ISO 6709 annex H: "+37.5090+127.0243+045.1/", degrees with a fraction.</summary>
    private void AddPosition(string value)
    {
        string[] names = ["latitude", "longitude", "altitude"];
        var rest = value.AsSpan();
        foreach (string name in names)
        {
            int next = rest.Length > 1 ? rest[1..].IndexOfAnyExcept(Digits) : -1;
            var part = rest.IsEmpty || rest[0] is not ('+' or '-') ? default : next < 0 ? rest : rest[..(next + 1)];
            if (!double.TryParse(part, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
                return;
            _entries.Add(new("film " + name, number.ToString("0.######", CultureInfo.InvariantCulture)));
            rest = rest[part.Length..];
        }
    }
}
