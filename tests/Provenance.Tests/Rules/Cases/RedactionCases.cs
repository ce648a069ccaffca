using Provenance.TestKit;

namespace Provenance.Tests.Rules.Cases;

/// <summary>What later claims removed from manifests below them (C2PA 2.5 §8.6, §14.10.2, §14.11.3.3).</summary>
internal static class RedactionCases
{
    private const string Note = "org.example.note";

    public static void Add(RuleCases cases)
    {
        Manners(cases);
        Forbidden(cases);
        Links(cases);
        Reach(cases);
    }

    private static void Manners(RuleCases cases)
    {
        cases.Add("redaction-removed", image => Redacting(image).Embed(image));
        cases.Add("redaction-blanked", image => Redacting(image, RedactionManner.ZeroedUuid).Embed(image));
        cases.Add("redaction-zeroed", image => Redacting(image, RedactionManner.ZeroedContent).Embed(image));
        cases.Add("redaction-kept", image => Redacting(image, RedactionManner.LeftInPlace).Embed(image));
        cases.Add("redaction-replaced", image => Redacting(image, RedactionManner.LeftInPlace).Store(store => NoteOf(store).Children[0].Payload = [0xA0]).Embed(image));
        cases.Add("redaction-blanked-with-something-in-it", image => Redacting(image, RedactionManner.ZeroedUuid).Store(store => NoteOf(store).Children[0].Payload[^1] = 1).Embed(image));
        cases.Add("redaction-not-declared", image =>
        {
            SignedAsset source = Source(image);
            return World.Silent().Opened(source).Store(store => store.Children[0].Child("c2pa.assertions").Children.RemoveAll(box => box.Label == Note)).Embed(image);
        });
    }

    private static void Forbidden(RuleCases cases)
    {
        cases.Change("redaction-of-itself", m => m.With(AssertionCases.Note()).Claim(claim => claim["redacted_assertions"] = new object[] { $"self#jumbf=/c2pa/{m.Label}/c2pa.assertions/{Note}" }));
        cases.Change("redaction-of-itself-relative", m => m.With(AssertionCases.Note()).Claim(claim => claim["redacted_assertions"] = new object[] { $"self#jumbf=c2pa.assertions/{Note}" }));
        cases.Add("redaction-of-actions", image => Redacting(image, RedactionManner.Removed, "c2pa.actions.v2").Embed(image));
        cases.Add("redaction-of-the-hard-binding", image => Redacting(image, RedactionManner.Removed, "c2pa.hash.data").Embed(image));
        cases.Add("redaction-of-the-hard-binding-in-force", image =>
        {
            SignedAsset source = Source(image);
            return World.Silent().Update().Opened(source).Redacts(source.ActiveLabel, "c2pa.hash.data").Embed(image);
        });
        cases.Add("redaction-of-a-signature", image =>
        {
            SignedAsset source = Source(image);
            return World.Silent().Opened(source).Claim(claim => claim["redacted_assertions"] = new object[] { $"self#jumbf=/c2pa/{source.ActiveLabel}/c2pa.signature" }).Embed(image);
        });
        cases.Add("redaction-under-a-near-name", image =>
        {
            SignedAsset source = Source(image);
            return World.Silent().Opened(source).Claim(claim => claim["redacted_assertions"] = new object[] { $"self#jumbf=/c2pa/{source.ActiveLabel}/c2pa.assertions/org.example.Note" })
                .Store(store => store.Children[0].Child("c2pa.assertions").Children.RemoveAll(box => box.Label == Note)).Embed(image);
        });
    }

    private static void Links(RuleCases cases)
    {
        static CaseFile With(TestAsset image, int version, Action<CborFields> change)
        {
            SignedAsset source = Source(image);
            return World.Silent().From((Ingredient.Parent(source) with { Version = version }).Fields(change)).Opened().Redacts(source.ActiveLabel, Note).Embed(image);
        }

        cases.Add("redaction-without-claim-signature", image => With(image, 3, fields => fields.Omit("claimSignature")));
        cases.Add("redaction-claim-signature-differs", image => With(image, 3, fields => ((CborFields)fields["claimSignature"]!)["hash"] = new byte[32]));
        cases.Add("redaction-claim-signature-of-another-box", image => With(image, 3, fields =>
            ((CborFields)fields["claimSignature"]!)["url"] = ((string)((CborFields)fields["claimSignature"]!)["url"]!).Replace("c2pa.signature", "c2pa.claim.v2", StringComparison.Ordinal)));
        cases.Add("redaction-below-an-ingredient-v2", image => With(image, 2, _ => { }));
        cases.Add("redaction-and-another-assertion-changed", image =>
        {
            SignedAsset source = World.Source(image: image, how: m => m.With(AssertionCases.Note(), Assertion.Json("org.example.other", "{\"a\":1}")));
            return World.Silent().Opened(source).Redacts(source.ActiveLabel, Note).Embed(image).BoxesChanged(store =>
                store.Children[0].Child("c2pa.assertions").Child("org.example.other").Children[0].Payload[^2] ^= 1);
        });
    }

    private static void Reach(RuleCases cases)
    {
        cases.Add("redaction-two-levels-down", image =>
        {
            SignedAsset source = Source(image), middle = World.Silent("middle").SignedBy(World.Camera).Opened(source).Embed(image);
            return World.Silent().Opened(middle).Redacts(source.ActiveLabel, Note).Embed(image);
        });
        cases.Add("redaction-of-a-manifest-beside", image =>
        {
            SignedAsset beside = World.Source("beside", image, m => m.With(AssertionCases.Note()));
            return World.Sound().CarryingAlong(beside).Redacts(beside.ActiveLabel, Note).Embed(image);
        });
        cases.Add("redaction-of-a-manifest-that-is-not-here", image => World.Sound().Redacts("urn:c2pa:00000000-0000-4000-8000-000000000000", Note).Embed(image));
        cases.Add("redaction-by-an-unreferenced-manifest", image =>
        {
            string active = World.Sound().Label;
            SignedAsset beside = World.Source("beside", image, m => m.Claim(claim => claim["redacted_assertions"] = new object[] { $"self#jumbf=/c2pa/{active}/c2pa.assertions/{Note}" }));
            return World.Sound().CarryingAlong(beside).With(AssertionCases.Note().Missing()).Embed(image);
        });
        cases.Add("redaction-by-a-source-of-the-active", image =>
        {
            string active = World.Sound().Label;
            SignedAsset source = World.Source(image: image, how: m => m.Claim(claim => claim["redacted_assertions"] = new object[] { $"self#jumbf=/c2pa/{active}/c2pa.assertions/{Note}" }));
            return World.Sound().Placed(source, "part").With(AssertionCases.Note().Missing()).Embed(image);
        });
        cases.Add("redaction-of-an-ingredient-with-its-manifest", image =>
        {
            SignedAsset lowest = World.Source("lowest", image), middle = World.Silent("middle").SignedBy(World.Camera).Opened(lowest).Embed(image);
            return World.Silent().Opened(middle).Redacts(middle.ActiveLabel, "c2pa.ingredient.v3").Store(store => store.Children.RemoveAll(box => box.Label == lowest.ActiveLabel)).Embed(image);
        });
        cases.Add("redaction-of-a-thumbnail", image =>
        {
            SignedAsset middle = World.Silent("middle").SignedBy(World.Camera).From(Ingredient.Parent() with { Thumbnail = World.Jpeg }).Opened().Embed(image);
            return World.Silent().Opened(middle).Redacts(middle.ActiveLabel, "c2pa.thumbnail.ingredient").Embed(image);
        });
        cases.Add("redaction-of-a-related-assertion", image =>
        {
            SignedAsset plain = World.Sound("middle").With(AssertionCases.Note()).Embed(image);
            SignedAsset middle = World.Sound("middle").SignedBy(World.Camera).With(AssertionCases.Note()).Action("c2pa.edited", a => a.Add("parameters", new CborFields
            { { "relatedAssertions", new object[] { ActionCases.Reference(plain, Note).With("url", "self#jumbf=c2pa.assertions/" + Note) } } })).Embed(image);
            return World.Silent().Opened(middle).Redacts(middle.ActiveLabel, Note).Embed(image);
        });
    }

    private static SignedAsset Source(TestAsset image) => World.Source(image: image, how: m => m.With(AssertionCases.Note()));

    private static ManifestBuilder Redacting(TestAsset image, RedactionManner manner = RedactionManner.Removed, string label = Note)
    {
        SignedAsset source = Source(image);
        return World.Silent().Opened(source).Redacts(source.ActiveLabel, label, manner);
    }

    private static TestBox NoteOf(TestBox store) => store.Children[0].Child("c2pa.assertions").Child(Note);
}
