using System.Security.Cryptography;
using Provenance.TestKit;

namespace Provenance.Tests.Rules.Cases;

/// <summary>How the content came to be, and what was done to it (C2PA 2.5 §14.10.1.2, §14.10.4.2.4).</summary>
internal static class ActionCases
{
    public static void Add(RuleCases cases)
    {
        Inception(cases);
        Shape(cases);
        Times(cases);
        Ingredients(cases);
        OtherManifests(cases);
        Redacted(cases);
        Watermarks(cases);
        Related(cases);
        Old(cases);
    }

    private static void Inception(RuleCases cases)
    {
        Silent(cases, "actions-absent", m => m);
        Silent(cases, "actions-gathered", m => m.Created().ActionsIn(AssertionList.Gathered));
        Silent(cases, "inception-absent", m => m.Action("c2pa.edited"));
        Silent(cases, "inception-second", m => m.Action("c2pa.edited").Created());
        Silent(cases, "inception-first", m => m.Created().Action("c2pa.edited"));
        Silent(cases, "inception-twice", m => m.Created().Created());
        cases.Add("inception-created-and-opened", image => World.Silent().Created().Opened(World.Source(image: image)).Embed(image));
        Silent(cases, "inception-in-both-lists", m => m.Created().With(MoreActions("c2pa.created").Gathered()));
        Silent(cases, "inception-in-one-of-two-lists", m => m.Created().With(MoreActions("c2pa.edited").Gathered()));
        Silent(cases, "inception-in-a-second-assertion", m => m.Action("c2pa.edited").With(MoreActions("c2pa.created")));
        Silent(cases, "created-without-source-type", m => m.Created(null));
        Silent(cases, "created-with-an-unknown-source-type", m => m.Created("https://example.org/other"));
        Silent(cases, "actions-v1-label-in-claim-v2", m => m.Created().ActionsLabelled("c2pa.actions"));
    }

    private static void Shape(RuleCases cases)
    {
        cases.Change("actions-without-list", m => m.Actions(a => a.Omit("actions")));
        cases.Change("actions-empty", m => m.Actions(a => a["actions"] = Array.Empty<object>()));
        cases.Change("actions-not-a-list", m => m.Actions(a => a["actions"] = new CborFields()));
        Silent(cases, "actions-as-json", m => m.With(Assertion.Json("c2pa.actions.v2", "{\"actions\":[{\"action\":\"c2pa.created\"}]}")));
        cases.Change("action-without-name", m => m.Action("", a => a.Omit("action")));
        cases.Change("actions-not-saying-all", m => m.Actions(a => a.Omit("allActionsIncluded")));
        cases.Change("action-unknown", m => m.Action("org.example.polished"));
    }

    private static void Times(RuleCases cases)
    {
        Timed(cases, "action-when", ("when", "2026-03-14T09:00:00Z"));
        Timed(cases, "action-when-without-tag", ("when", "2026-03-14T09:00:00Z"), tag: null);
        Timed(cases, "action-when-as-number", ("when", 1773478800), tag: 1);
        Timed(cases, "action-when-in-the-future", ("when", "2999-01-01T00:00:00Z"));
        Range(cases, "action-start-at-end", "2026-03-14T09:00:00Z", "2026-03-14T10:00:00+01:00");
        Range(cases, "action-start-after-end", "2026-03-14T09:00:01Z", "2026-03-14T10:00:00+01:00");
        cases.Change("action-start-after-end-as-bounds", m => m.Action("c2pa.edited", a =>
        {
            a.Add("whenStart", new CborFields { { "value", new CborTagged(0, "2026-03-14T09:00:01Z") }, { "timeStampType", "lowerBound" } });
            a.Add("whenEnd", new CborFields { { "value", new CborTagged(0, "2026-03-14T09:00:00Z") }, { "timeStampType", "upperBound" } });
        }));
        cases.Change("action-when-and-start", m => m.Action("c2pa.edited", a =>
        {
            a.Add("when", new CborTagged(0, "2026-03-14T09:00:00Z"));
            a.Add("whenStart", new CborTagged(0, "2026-03-14T09:00:00Z"));
        }));
    }

    private static void Ingredients(RuleCases cases)
    {
        cases.Add("opened", image => World.Silent().Opened(World.Source(image: image)).Embed(image));
        Silent(cases, "opened-without-parameters", m => m.Action("c2pa.opened"));
        Silent(cases, "opened-with-empty-list", m => m.Action("c2pa.opened", Empty));
        Silent(cases, "opened-a-component", m => m.From(Ingredient.Component()).ActionOn("c2pa.opened", i => true));
        Silent(cases, "opened-nothing-that-is-there", m => m.From(Ingredient.Parent()).Action("c2pa.opened", a =>
            a.Add("parameters", new CborFields { { "ingredients", new object[] { new CborFields { { "url", "self#jumbf=c2pa.assertions/c2pa.ingredient.v3__7" }, { "hash", new byte[32] } } } } })));
        Silent(cases, "opened-in-the-other-list", m => m.From(Ingredient.Parent() with { List = AssertionList.Gathered }).Opened());
        Silent(cases, "opened-in-the-same-list", m => m.From(Ingredient.Parent()).Opened());
        cases.Change("placed", m => m.Placed(null, "part"));
        cases.Change("placed-without-parameters", m => m.Action("c2pa.placed"));
        cases.Change("placed-a-parent", m => m.From(Ingredient.Parent()).ActionOn("c2pa.placed", i => true));
        cases.Change("placed-a-part-and-a-parent", m => m.From(Ingredient.Component()).From(Ingredient.Parent()).ActionOn("c2pa.placed", i => true));
        cases.Change("placed-in-the-other-list", m => m.From(Ingredient.Component() with { List = AssertionList.Gathered }).ActionOn("c2pa.placed", i => true));
        foreach (string name in (string[])["transcoded", "repackaged"])
        {
            cases.Change(name, m => m.Action("c2pa." + name));
            Silent(cases, name + "-of-the-parent", m => m.From(Ingredient.Parent()).Opened().ActionOn("c2pa." + name, i => true));
            cases.Change(name + "-of-a-component", m => m.From(Ingredient.Component()).ActionOn("c2pa." + name, i => true));
        }
    }

    private static void OtherManifests(RuleCases cases)
    {
        foreach (string name in (string[])["removed", "deleted"])
        {
            cases.Add(name + "-from-another-manifest", image =>
            {
                SignedAsset source = World.Source(image: image, how: m => m.Placed(null, "part"));
                return World.Silent().Opened(source).Action("c2pa." + name, a => References(a, Reference(source, "c2pa.ingredient.v3"))).Embed(image);
            });
            cases.Add(name + "-from-this-manifest", image => World.Sound().From(Ingredient.Component()).ActionOn("c2pa." + name, i => true).Embed(image));
            cases.Add(name + "-of-what-is-no-ingredient", image =>
            {
                SignedAsset source = World.Source(image: image);
                return World.Silent().Opened(source).Action("c2pa." + name, a => References(a, Reference(source, "c2pa.actions.v2"))).Embed(image);
            });
            cases.Change(name + "-without-parameters", m => m.Action("c2pa." + name));
        }
    }

    private static void Redacted(RuleCases cases)
    {
        static ManifestBuilder Redacting(TestAsset image, Action<CborFields> action, out SignedAsset source)
        {
            source = World.Source(image: image, how: m => m.With(AssertionCases.Note()));
            return World.Silent().Opened(source).Redacts(source.ActiveLabel, "org.example.note").Action("c2pa.redacted", action);
        }

        static void Names(CborFields action, SignedAsset source, string label) =>
            action.With("reason", "c2pa.PII.present").Add("parameters", new CborFields { { "redacted", $"self#jumbf=/c2pa/{source.ActiveLabel}/c2pa.assertions/{label}" } });

        cases.Add("redacted", image =>
        {
            SignedAsset source = World.Source(image: image, how: m => m.With(AssertionCases.Note()));
            return World.Silent().Opened(source).Redacts(source.ActiveLabel, "org.example.note").Action("c2pa.redacted", a => Names(a, source, "org.example.note")).Embed(image);
        });
        cases.Add("redacted-naming-another", image =>
        {
            SignedAsset source = World.Source(image: image, how: m => m.With(AssertionCases.Note()));
            return World.Silent().Opened(source).Redacts(source.ActiveLabel, "org.example.note").Action("c2pa.redacted", a => Names(a, source, "org.example.other")).Embed(image);
        });
        cases.Add("redacted-without-parameter", image => Redacting(image, a => a.Add("reason", "c2pa.PII.present"), out _).Embed(image));
        cases.Add("redacted-without-reason", image =>
        {
            SignedAsset source = World.Source(image: image, how: m => m.With(AssertionCases.Note()));
            return World.Silent().Opened(source).Redacts(source.ActiveLabel, "org.example.note").Action("c2pa.redacted", a => { Names(a, source, "org.example.note"); a.Omit("reason"); }).Embed(image);
        });
    }

    private static void Watermarks(RuleCases cases)
    {
        foreach (string name in (string[])["watermarked", "watermarked.bound"])
        {
            string id = name.Replace('.', '-');
            cases.Change(id, m => m.Action("c2pa." + name).With(AssertionCases.SoftBinding()));
            cases.Change(id + "-without-soft-binding", m => m.Action("c2pa." + name));
        }
        cases.Change("watermarked-unbound", m => m.Action("c2pa.watermarked.unbound"));
    }

    private static void Related(RuleCases cases)
    {
        void Related(string name, Func<SignedAsset, object> list) => cases.Add(name, image =>
        {
            SignedAsset plain = World.Sound().With(AssertionCases.Note()).Placed(null, "part").Embed(image);
            return World.Sound().With(AssertionCases.Note()).Placed(null, "part")
                .Action("c2pa.edited", a => a.Add("parameters", new CborFields { { "relatedAssertions", list(plain) } })).Embed(image);
        });
        static CborFields Own(SignedAsset plain, string label) => Reference(plain, label).With("url", "self#jumbf=c2pa.assertions/" + label);
        Related("related-assertions", plain => new object[] { Own(plain, "org.example.note") });
        Related("related-assertions-empty", _ => Array.Empty<object>());
        Related("related-assertions-not-a-list", plain => Own(plain, "org.example.note"));
        Related("related-assertions-absent", plain => new object[] { Own(plain, "org.example.note").With("url", "self#jumbf=c2pa.assertions/org.example.other") });
        Related("related-assertions-changed", plain => new object[] { Own(plain, "org.example.note").With("hash", new byte[32]) });
        Related("related-assertions-of-an-ingredient", plain => new object[] { Own(plain, "c2pa.ingredient.v3") });
        cases.Add("related-assertions-of-another-manifest", image =>
        {
            SignedAsset source = World.Source(image: image, how: m => m.With(AssertionCases.Note()));
            return World.Silent().Opened(source).Action("c2pa.edited", a => a.Add("parameters", new CborFields { { "relatedAssertions", new object[] { Reference(source, "org.example.note") } } })).Embed(image);
        });
    }

    private static void Old(RuleCases cases)
    {
        cases.Add("v1-without-actions", image => World.Silent().OldClaim().Embed(image));
        cases.Add("v1-without-inception", image => World.Silent().OldClaim().Action("c2pa.edited").Embed(image));
        cases.Add("v1-opened-without-ingredient", image => World.Silent().OldClaim().Action("c2pa.opened").Embed(image));
        cases.Add("v1-watermarked-without-soft-binding", image => World.Old().Action("c2pa.watermarked").Embed(image));
        cases.Add("v1-with-two-actions-assertions", image => World.Old().With(Assertion.Cbor("c2pa.actions__1", new CborFields { { "actions", new object[] { new CborFields { { "action", "c2pa.edited" } } } } })).Embed(image));
    }

    /// <summary>A reference to an assertion of another file's active manifest.</summary>
    internal static CborFields Reference(SignedAsset asset, string label) => new()
    {
        { "url", $"self#jumbf=/c2pa/{asset.ActiveLabel}/c2pa.assertions/{label}" },
        { "hash", SHA256.HashData(asset.ActiveManifest.Child("c2pa.assertions").Child(label).HashedBytes()) },
    };

    private static void References(CborFields action, params CborFields[] references) => action.Add("parameters", new CborFields { { "ingredients", references } });

    private static void Empty(CborFields action) => References(action);

    private static Assertion MoreActions(string name) => Assertion.Cbor("c2pa.actions.v2__1", new CborFields
    {
        { "actions", new object[] { new CborFields { { "action", name }, { "digitalSourceType", DigitalSource.Camera } } } },
        { "allActionsIncluded", true },
    });

    private static void Silent(RuleCases cases, string name, Func<ManifestBuilder, ManifestBuilder> how) => cases.Add(name, image => how(World.Silent()).Embed(image));

    private static void Timed(RuleCases cases, string name, (string Key, object Value) time, ulong? tag = 0) =>
        cases.Change(name, m => m.Action("c2pa.edited", a => a.Add(time.Key, tag is { } number ? new CborTagged(number, time.Value) : time.Value)));

    private static void Range(RuleCases cases, string name, string start, string end) => cases.Change(name, m => m.Action("c2pa.edited", a =>
    {
        a.Add("whenStart", new CborTagged(0, start));
        a.Add("whenEnd", new CborTagged(0, end));
    }));
}
