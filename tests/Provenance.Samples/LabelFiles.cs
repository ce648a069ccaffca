using System.Text.Json;
using Provenance.TestKit;

namespace Provenance.Samples;

/// <summary>A picture for each label, named after it, the anchors they are judged with, and a picture whose words are hostile.</summary>
internal static class LabelFiles
{
    private static readonly TestAuthority s_root = TestAuthority.Root("Example Root CA");
    private static readonly TestAuthority s_authority = s_root.Intermediate("Example Issuing CA");
    private static readonly TestCertificate s_signer = s_authority.Issue("Example Signer");
    private static readonly TestCertificate s_expired = s_authority.Issue("Example Expired Signer", change: c => c.Valid("2024-01-01", "2025-01-01"));
    private static readonly TestAuthority s_stranger = TestAuthority.Root("Unlisted Root CA").Intermediate("Unlisted Issuing CA");
    private static readonly TestTimeStampAuthority s_stamps = TestTimeStampAuthority.Create();

    /// <param name="folder">Where they go.</param>
    /// <param name="strings">A file with a JSON array of strings, of which the hostile picture is full.</param>
    public static void Write(string folder, string strings)
    {
        Directory.CreateDirectory(folder);
        void Save(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(folder, name), bytes);

        SignedAsset known = Manifest("known").TimeStampedBy(s_stamps).Embed(Picture());
        Save("intact-known.jpg", known.Bytes);
        Save("intact-unknown-issuer.jpg", Manifest("unknown").SignedBy(s_stranger.Issue("Unlisted Signer")).Embed(Picture()).Bytes);
        Save("intact-time-unproven.jpg", Manifest("expired").SignedBy(s_expired).Embed(Picture()).Bytes);
        byte[] withdrawn = TestOcspResponder.Delegated(s_authority).Respond(s_signer, OcspAnswer.Revoked);
        Save("revoked.jpg", Manifest("revoked").TimeStampedBy(s_stamps).Stapled(withdrawn).Embed(Picture()).Bytes);
        Save("broken.jpg", known.MediaChanged());
        Save("unreadable.jpg", known.StoreChanged(store => store.Truncated(store.Length - 40)));
        Save("not-checked.jpg", Picture().WithXmp(TestMetadata.Xmp("https://example.org/elsewhere.c2pa")).Bytes);
        Save("none.jpg", Picture().Bytes);
        Save("hostile.jpg", Hostile(JsonSerializer.Deserialize<string[]>(File.ReadAllText(strings))!).Bytes);
        File.WriteAllText(Path.Combine(folder, "anchors.pem"), s_root.AnchorPem);
        File.WriteAllText(Path.Combine(folder, "tsa-anchors.pem"), s_stamps.AnchorPem);
    }

    private static TestJpeg Picture() => TestJpeg.Of(TestPicture.Landscape(160, 120)).WithExif();

    private static ManifestBuilder Manifest(string seed) => new ManifestBuilder("label/" + seed).Created().SignedBy(s_signer);

    /// <summary>Each string stands where a report shows words of a file: titles, names of tools, actions, sources, certificates.</summary>
    private static SignedAsset Hostile(string[] strings)
    {
        string Next(int i) => strings[i % strings.Length];
        // A certificate's strings hold no NUL, no lone surrogate and no more than 64 characters.
        string Subject(int i) => new([.. ("S" + Next(i)).Where(c => c != '\0' && !char.IsSurrogate(c)).Take(60)]);
        var signer = s_authority.Issue(Subject(0), change: c => c.Organization(Subject(1)));
        var source = new ManifestBuilder("label/hostile/source").Titled(Next(2)).Created().SignedBy(signer).Embed(Picture());
        var builder = new ManifestBuilder("label/hostile").GeneratedBy(Next(3), Next(4)).Titled(Next(5));
        for (int i = 0; i < strings.Length; i += 3)
        {
            int at = i;
            builder = builder.Action(at == 0 ? "c2pa.created" : "c2pa.edited", action => action
                .With("description", Next(at))
                .With("softwareAgent", new CborFields { { "name", Next(at + 1) } })
                .Add("digitalSourceType", "http://x/" + Next(at + 2)));
        }
        return builder.Placed(source, Next(6)).SignedBy(signer).Embed(Picture());
    }
}
