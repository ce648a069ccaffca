using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Provenance.TestKit;

/// <summary>
/// A JUMBF box as a tree that can be changed before it becomes bytes (ISO 19566-5): a superbox with a description,
/// or a content box with a payload.
/// </summary>
public sealed class TestBox
{
    private const string IsoTail = "-0011-0010-8000-00AA00389B71";

    private readonly List<TestBox> _children = [];

    // Children as they were read, until somebody asks for them: chains of a thousand manifests are copied, not parsed.
    private byte[]? _unread;

    private TestBox(string type) => Type = type;

    /// <summary>Four characters: <c>jumb</c> for a superbox, else <c>cbor</c>, <c>json</c>, <c>bfdb</c>, …</summary>
    public string Type { get; set; }

    /// <summary>What a content box holds.</summary>
    public byte[] Payload { get; set; } = [];

    /// <summary>Content type UUID of a superbox.</summary>
    public byte[] ContentType { get; set; } = [];

    /// <summary>Toggle byte of the description box; the salt bit is added by <see cref="Private"/>.</summary>
    public byte Toggles { get; set; } = 0x03;

    /// <summary>Label of a superbox, without its NUL.</summary>
    public string Label { get; set; } = "";

    /// <summary>Whole private box behind the label (the salt), or empty.</summary>
    public byte[] Private { get; set; } = [];

    /// <summary>What stands inside a superbox behind its description.</summary>
    public List<TestBox> Children
    {
        get
        {
            ReadOnlySpan<byte> unread = _unread;
            _unread = null;
            for (int at = 0; at < unread.Length;)
            {
                int length = checked((int)BinaryPrimitives.ReadUInt32BigEndian(unread[at..]));
                _children.Add(Parse(unread.Slice(at, length)));
                at += length;
            }
            return _children;
        }
    }

    /// <summary>Changes the finished bytes of this box, header included.</summary>
    public Func<byte[], byte[]>? Changed { get; set; }

    public bool IsSuperbox => Type == "jumb" && ContentType.Length == 16;

    /// <summary>A superbox; <paramref name="contentType"/> is four ASCII characters of the ISO family, or a whole UUID.</summary>
    public static TestBox Super(string contentType, string label, params TestBox[] children)
    {
        var box = new TestBox("jumb") { ContentType = Uuid(contentType), Label = label };
        box.Children.AddRange(children);
        return box;
    }

    public static TestBox Content(string type, byte[] payload) => new(type) { Payload = payload };

    /// <summary>The 16 bytes of a content type.</summary>
    public static byte[] Uuid(string contentType) => contentType.Length == 4
        ? Convert.FromHexString(Convert.ToHexString(Encoding.ASCII.GetBytes(contentType)) + IsoTail.Replace("-", "", StringComparison.Ordinal))
        : Convert.FromHexString(contentType.Replace("-", "", StringComparison.Ordinal));

    /// <summary>Adds a salt box of 16 or 32 (or any) bytes to the description.</summary>
    public TestBox Salted(byte[] salt)
    {
        Private = Box("c2sh", salt);
        return this;
    }

    public byte[] ToBytes()
    {
        byte[] bytes = Box(Type, IsSuperbox ? HashedBytes() : Payload);
        return Changed is null ? bytes : Changed(bytes);
    }

    /// <summary>What a hashed URI hashes: the description box and all that follows, without the superbox's own header.</summary>
    public byte[] HashedBytes()
    {
        var output = new MemoryStream();
        output.Write(Description());
        if (_unread is not null) output.Write(_unread);
        else
            foreach (TestBox child in _children) output.Write(child.ToBytes());
        return output.ToArray();
    }

    /// <summary>The first child superbox with this label.</summary>
    public TestBox Child(string label) => Children.First(c => c.IsSuperbox && c.Label == label);

    /// <summary>The first child superbox of this content type (four characters).</summary>
    public TestBox? ChildOfType(string contentType) =>
        Children.FirstOrDefault(c => c.IsSuperbox && c.ContentType.AsSpan().SequenceEqual(Uuid(contentType)));

    /// <summary>The manifest inside a compressed one; any other box is itself.</summary>
    public TestBox Inflated()
    {
        if (Children is not [{ Type: "brob" } compressed]) return this;
        var output = new MemoryStream();
        using (var brotli = new BrotliStream(new MemoryStream(compressed.Payload), CompressionMode.Decompress)) brotli.CopyTo(output);
        return Parse(output.ToArray());
    }

    /// <summary>Reads boxes that this kit wrote; anything else may throw.</summary>
    public static TestBox Parse(ReadOnlySpan<byte> bytes)
    {
        string type = Encoding.ASCII.GetString(bytes[4..8]);
        ReadOnlySpan<byte> payload = bytes[8..checked((int)BinaryPrimitives.ReadUInt32BigEndian(bytes))];
        if (type != "jumb") return Content(type, payload.ToArray());

        int descriptionLength = checked((int)BinaryPrimitives.ReadUInt32BigEndian(payload));
        ReadOnlySpan<byte> description = payload[8..descriptionLength];
        int end = description[17..].IndexOf((byte)0) + 17;
        var box = new TestBox(type)
        {
            ContentType = description[..16].ToArray(),
            Toggles = (byte)(description[16] & ~0x10),
            Label = Encoding.UTF8.GetString(description[17..end]),
            Private = description[(end + 1)..].ToArray(),
        };
        box._unread = payload[descriptionLength..].ToArray();
        return box;
    }

    internal static byte[] Box(string type, byte[] payload)
    {
        byte[] bytes = new byte[8 + payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)bytes.Length);
        Encoding.ASCII.GetBytes(type, bytes.AsSpan(4));
        payload.CopyTo(bytes, 8);
        return bytes;
    }

    private byte[] Description()
    {
        byte toggles = (byte)(Toggles | (Private.Length > 0 ? 0x10 : 0));
        byte[] label = (toggles & 2) != 0 ? [.. Encoding.UTF8.GetBytes(Label), 0] : [];
        return Box("jumd", [.. ContentType, toggles, .. label, .. Private]);
    }
}
