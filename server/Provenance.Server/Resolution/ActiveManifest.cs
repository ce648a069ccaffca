using System.Buffers.Binary;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Jumbf;
using Provenance.Verifier.Manifests;

namespace Provenance.Server.Resolution;

/// <summary>Takes one manifest out of a store.</summary>
internal static class ActiveManifest
{
    /// <summary>Bytes of length and type before a box.</summary>
    private const int Head = 8;

    /// <summary>Whether a store holds manifests and nothing else: readers pass over other boxes, and no signature covers them.</summary>
    /// <param name="store">A store that was checked.</param>
    /// <param name="limits">Those it was checked with.</param>
    public static bool StandsAmongManifests(ReadOnlyMemory<byte> store, Limits limits) => JumbfReader.Read(store, limits).Children.All(ManifestStore.IsManifest);

    /// <summary>A store with this manifest and no other one.</summary>
    /// <param name="store">A store that was checked.</param>
    /// <param name="label">The label of the manifest, which one manifest has.</param>
    public static byte[] Alone(ReadOnlyMemory<byte> store, string label)
    {
        var root = JumbfReader.Read(store, Limits.Default);
        var description = root.Payload[..(root.Payload.Length - root.Children.Sum(child => child.Raw.Length))];
        var manifest = root.Children.Single(child => ManifestStore.IsManifest(child) && child.Label == label).Raw;
        var alone = new byte[checked(Head + description.Length + manifest.Length)];
        BinaryPrimitives.WriteInt32BigEndian(alone, alone.Length);
        BinaryPrimitives.WriteUInt32BigEndian(alone.AsSpan(4), JumbfType.Superbox);
        description.CopyTo(alone.AsMemory(Head));
        manifest.CopyTo(alone.AsMemory(Head + description.Length));
        return alone;
    }
}
