using System.Buffers.Binary;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Provenance.Server.Settings;
using Provenance.Verifier;
using Provenance.Verifier.Labels;

namespace Provenance.Server.Verification.Labels;

/// <summary>
/// Labels of files and URLs that were checked before: in memory, so many and for so long, the longest unused forgotten first. A label holds
/// for these bytes under these lists, by this engine; it is found by all of that together, so that no other question gets it.
/// </summary>
internal sealed class RememberedLabels(VerificationSettings settings, TimeProvider time)
{
    private static readonly string s_engine = typeof(VerificationReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    private readonly Lock _turn = new();
    private readonly Dictionary<Key, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = [];

    /// <summary>SHA-256 of everything that a label depends on.</summary>
    private readonly record struct Key(long A, long B, long C, long D);

    private readonly record struct Entry(Key Key, Label Label, long At);

    /// <summary>
    /// Remembers what a report says of its bytes, if it names them. A report that rests on a store from beside the file, or that looked for one,
    /// is not one on the bytes alone (attacks.md J12): who sent the file, or serves it, chose the store.
    /// </summary>
    public void Remember(VerificationReport report, string lists)
    {
        if (report is { Digest: { } digest, Origin: ManifestOrigin.Embedded or ManifestOrigin.None })
            Remember(KeyOf("sha256", digest.Span, lists), report.Label);
    }

    /// <summary>Remembers what was found at a URL.</summary>
    /// <param name="url">The URL in its one spelling.</param>
    /// <param name="label">The label.</param>
    /// <param name="lists">The version of the lists.</param>
    public void RememberUrl(string url, Label label, string lists) => Remember(KeyOf("url", Encoding.UTF8.GetBytes(url), lists), label);

    /// <summary>The label of a file by the SHA-256 of its bytes; null where none is remembered.</summary>
    public Label? Find(ReadOnlySpan<byte> digest, string lists) => Find(KeyOf("sha256", digest, lists));

    /// <summary>The label of what was last found at a URL; null where none is remembered.</summary>
    public Label? FindUrl(string url, string lists) => Find(KeyOf("url", Encoding.UTF8.GetBytes(url), lists));

    private void Remember(Key key, Label label)
    {
        if (settings.RememberedLabels == 0)
            return;
        lock (_turn)
        {
            if (_entries.Remove(key, out var old))
                _byUse.Remove(old);
            else if (_entries.Count == settings.RememberedLabels)
                Forget(_byUse.Last!);
            _entries[key] = _byUse.AddFirst(new Entry(key, label, time.GetTimestamp()));
        }
    }

    private Label? Find(Key key)
    {
        lock (_turn)
        {
            if (!_entries.TryGetValue(key, out var node))
                return null;
            if (time.GetElapsedTime(node.Value.At) > TimeSpan.FromHours(settings.RememberedHours))
            {
                Forget(node);
                return null;
            }
            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Label;
        }
    }

    private void Forget(LinkedListNode<Entry> node)
    {
        _byUse.Remove(node);
        _entries.Remove(node.Value.Key);
    }

    /// <summary>The parts behind one another, each with its length before it.</summary>
    private static Key KeyOf(string kind, ReadOnlySpan<byte> subject, string lists)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Encoding.UTF8.GetBytes(kind));
        Append(hash, subject);
        Append(hash, Encoding.UTF8.GetBytes(lists));
        Append(hash, Encoding.UTF8.GetBytes(s_engine));
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return new(
            BinaryPrimitives.ReadInt64LittleEndian(digest), BinaryPrimitives.ReadInt64LittleEndian(digest[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(digest[16..]), BinaryPrimitives.ReadInt64LittleEndian(digest[24..]));
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }
}
