using System.Diagnostics;
using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Manifests.Assertions;
using Xunit;

namespace Provenance.Tests.Manifests.Assertions;

public sealed class ActionsAssertionTests
{
    private static ActionsAssertion Read(object actions, Action<CborFields>? change = null)
    {
        var fields = new CborFields { { "actions", actions } };
        change?.Invoke(fields);
        return Made.Clean<ActionsAssertion>("c2pa.actions.v2", fields);
    }

    private static CborFields Action(string name, params (string Key, object? Value)[] more)
    {
        var fields = new CborFields { { "action", name } };
        foreach (var (key, value) in more)
            fields.Add(key, value);
        return fields;
    }

    [Fact]
    public void Every_field_of_a_version_2_action_is_read()
    {
        var actions = Read(new[]
        {
            Action("c2pa.redacted",
                ("whenStart", new CborFields { { "value", Made.Date("2026-01-01T00:00:00Z") }, { "timeStampType", "lowerBound" } }),
                ("whenEnd", new CborFields { { "value", Made.Date("2026-01-02T00:00:00Z") }, { "timestampType", "upperBound" } }),
                ("softwareAgent", new CborFields { { "name", "Editor" }, { "version", "2.0" }, { "operating_system", "Linux" }, { "icon", Made.Uri("c2pa.icon") } }),
                ("description", "words"), ("digitalSourceType", "x"), ("reason", "c2pa.PII.present"),
                ("changes", new[] { new CborFields { { "region", new[] { new CborFields { { "type", "frame" }, { "frame", new CborFields { { "start", 1 }, { "end", 4 } } } } } } } }),
                ("parameters", new CborFields
                {
                    { "redacted", "self#jumbf=/c2pa/x/c2pa.assertions/y" }, { "relatedAssertions", new[] { Made.Uri("c2pa.soft-binding") } },
                    { "ingredients", new[] { Made.Uri("c2pa.ingredient.v3") } }, { "sourceLanguage", "de" }, { "targetLanguage", "en" },
                    { "name", "com.litware.n" }, { "multipleInstances", true }, { "com.litware.own", 5 },
                })),
        }, fields => fields.Add("allActionsIncluded", true));

        Assert.True(actions.AllActionsIncluded);
        var action = Assert.Single(actions.Actions);
        Assert.Equal((TimeBound.Lower, "2026-01-01T00:00:00Z"), (action.WhenStart!.Bound, action.WhenStart.Text));
        Assert.Equal((TimeBound.Upper, "2026-01-02T00:00:00Z"), (action.WhenEnd!.Bound, action.WhenEnd.Text));
        Assert.Equal("Editor 2.0", action.SoftwareAgent!.ToString());
        Assert.Equal("Linux", action.SoftwareAgent.OperatingSystem);
        Assert.Equal("self#jumbf=c2pa.assertions/c2pa.icon", action.SoftwareAgent.Icon!.Url);
        Assert.Equal(("words", "x", "c2pa.PII.present"), (action.Description, action.DigitalSourceType, action.Reason));
        Assert.Equal(new RegionFrames(1, 4), action.Changes[0].Ranges[0].Frames);
        Assert.Equal("self#jumbf=/c2pa/x/c2pa.assertions/y", action.Parameters.Redacted);
        Assert.Equal("self#jumbf=c2pa.assertions/c2pa.soft-binding", Assert.Single(action.Parameters.RelatedAssertions).Url);
        Assert.Equal("self#jumbf=c2pa.assertions/c2pa.ingredient.v3", Assert.Single(action.Parameters.Ingredients).Url);
        Assert.Equal(("de", "en", "com.litware.n", true), (action.Parameters.SourceLanguage, action.Parameters.TargetLanguage, action.Parameters.Name, action.Parameters.MultipleInstances));
        Assert.Equal(5, action.Parameters.All["com.litware.own"]!.Int64);
    }

    [Fact]
    public void A_version_1_action_has_its_own_fields()
    {
        var actions = Made.Clean<ActionsAssertion>("c2pa.actions", new CborFields
        {
            {
                "actions", new[]
                {
                    Action("c2pa.opened", ("when", "2022-01-24T10:00:00Z"), ("softwareAgent", "Editor 1"), ("changed", "a;b"), ("instanceId", "xmp:iid:1"),
                        ("parameters", new CborFields { { "ingredient", Made.Uri("c2pa.ingredient") }, { "description", "d" } })),
                    Action("c2pa.edited", ("instanceID", new CborTagged(37, Convert.FromHexString("00112233445566778899aabbccddeeff"))), ("ingredients", new[] { Made.Uri("c2pa.ingredient__1") })),
                }
            },
        });

        Assert.Equal(("2022-01-24T10:00:00Z", "Editor 1", "a;b", "xmp:iid:1"),
            (actions.Actions[0].When!.Text, actions.Actions[0].SoftwareAgent!.Name, actions.Actions[0].Changed, actions.Actions[0].InstanceId));
        Assert.Equal("d", actions.Actions[0].Parameters.Description);
        Assert.Equal("self#jumbf=c2pa.assertions/c2pa.ingredient", Assert.Single(actions.Actions[0].Parameters.Ingredients).Url);
        Assert.Equal("00112233445566778899aabbccddeeff", actions.Actions[1].InstanceId);
        Assert.Equal("self#jumbf=c2pa.assertions/c2pa.ingredient__1", Assert.Single(actions.Actions[1].Parameters.Ingredients).Url);
        Assert.Null(actions.AllActionsIncluded);
    }

    [Fact]
    public void Templates_lie_below_an_action_those_for_all_lowest()
    {
        var actions = Read(
            new[] { Action("com.litware.f", ("parameters", new CborFields { { "name", "own" } })), Action("c2pa.cropped", ("description", "own")), Action("c2pa.edited") },
            fields => fields.Add("templates", new[]
            {
                Action("com.litware.f", ("description", "first"), ("icon", Made.Uri("c2pa.icon")), ("parameters", new CborFields { { "name", "t" }, { "p", 1 }, { "q", 1 } })),
                Action("*", ("description", "all"), ("digitalSourceType", "all"), ("softwareAgent", new CborFields { { "name", "All" } }), ("parameters", new CborFields { { "p", 0 }, { "r", 0 } })),
                Action("com.litware.f", ("description", "second"), ("parameters", new CborFields { { "q", 2 } })),
            }));

        var filter = actions.Actions[0];
        Assert.Equal(("second", "all", "All"), (filter.Description, filter.DigitalSourceType, filter.SoftwareAgent!.Name));
        Assert.Equal("self#jumbf=c2pa.assertions/c2pa.icon", filter.Icon!.Url);
        Assert.Equal("own", filter.Parameters.Name);
        Assert.Equal(["name=own", "p=1", "q=2", "r=0"],
            filter.Parameters.All.Entries.Select(entry => $"{entry.Key}={entry.Value.Text ?? entry.Value.Int64?.ToString()}").Order(StringComparer.Ordinal));
        Assert.Equal(("own", "all"), (actions.Actions[1].Description, actions.Actions[1].DigitalSourceType));
        Assert.Null(actions.Actions[1].Icon);
        Assert.Equal(("all", "All"), (actions.Actions[2].Description, actions.Actions[2].SoftwareAgent!.Name));
    }

    [Fact]
    public void The_older_name_of_template_parameters_counts_below_the_present_one()
    {
        var actions = Read(new[] { Action("c2pa.edited") }, fields => fields.Add("templates", new[]
        {
            Action("c2pa.edited", ("parameters", new CborFields { { "a", "new" } }), ("templateParameters", new CborFields { { "a", "old" }, { "b", "old" } })),
        }));
        Assert.Equal(["a=new", "b=old"], actions.Actions[0].Parameters.All.Entries.Select(entry => $"{entry.Key}={entry.Value.Text}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_agent_named_by_index_replaces_that_of_a_template()
    {
        var actions = Read(new[] { Action("c2pa.edited", ("softwareAgentIndex", 1)), Action("c2pa.cropped") }, fields =>
        {
            fields.Add("templates", new[] { Action("*", ("softwareAgent", new CborFields { { "name", "Template" } })) });
            fields.Add("softwareAgents", new[] { new CborFields { { "name", "Zero" } }, new CborFields { { "name", "One" } } });
        });
        Assert.Equal("One", actions.Actions[0].SoftwareAgent!.Name);
        Assert.Equal("Template", actions.Actions[1].SoftwareAgent!.Name);
    }

    [Theory]
    [InlineData(1, "One")]
    [InlineData(2, null)]
    [InlineData(-1, null)]
    public void An_agent_index_must_lie_in_the_list(int index, string? name)
    {
        var actions = Made.Read<ActionsAssertion>("c2pa.actions.v2", new CborFields
        {
            { "actions", new[] { Action("c2pa.edited", ("softwareAgentIndex", index)) } },
            { "softwareAgents", new[] { new CborFields { { "name", "Zero" } }, new CborFields { { "name", "One" } } } },
        });
        Assert.Equal(name, actions.Actions[0].SoftwareAgent?.Name);
        Assert.Equal(name is null ? 1 : 0, actions.Notes.Count);
    }

    [Fact]
    public void A_related_action_says_only_what_differs()
    {
        var actions = Read(new[]
        {
            Action("c2pa.edited", ("when", Made.Date("2026-01-01T00:00:00Z")), ("description", "first"), ("parameters", new CborFields { { "a", "1" }, { "b", "1" } }),
                ("related", new[] { Action("c2pa.cropped", ("parameters", new CborFields { { "b", "2" } })), new CborFields { { "description", "other" } } })),
        });
        var related = actions.Actions[0].Related;
        Assert.Equal(("c2pa.cropped", "first", "2026-01-01T00:00:00Z"), (related[0].Name, related[0].Description, related[0].When!.Text));
        Assert.Equal(("1", "2"), (related[0].Parameters.All["a"]!.Text, related[0].Parameters.All["b"]!.Text));
        Assert.Equal(("c2pa.edited", "other"), (related[1].Name, related[1].Description));
        Assert.Empty(related[0].Related);
    }

    [Fact]
    public void An_action_without_a_name_is_left_out_with_a_note()
    {
        var actions = Made.Read<ActionsAssertion>("c2pa.actions.v2", new CborFields { { "actions", new object[] { 1, Action("c2pa.edited") } } });
        Assert.Equal(1, Assert.Single(actions.Actions).Index);
        Assert.Equal("actions[0].action: the name of the action is missing", Assert.Single(actions.Notes));
    }

    [Theory]
    [InlineData("A0")] // {}
    [InlineData("A167616374696F6E7380")] // {"actions": []}
    [InlineData("A167616374696F6E73A0")] // {"actions": {}}
    public void Without_a_list_of_actions_it_is_none(string hex) =>
        Assert.Throws<MalformedDataException>(() => Made.Read(Made.Cbor("c2pa.actions.v2", CborRaw.Hex(hex))));

    [Fact]
    public void What_a_template_holds_is_read_once_for_all_its_actions()
    {
        // 4,000 actions over a template of 20,000 references: one by one these would be eighty million.
        var template = Action("*", ("icon", new CborFields { { "url", "self#jumbf=" + new string('x', 200_000) }, { "hash", new byte[1] } }),
            ("parameters", new CborFields { { "ingredients", Enumerable.Repeat(Made.Uri("c2pa.ingredient"), 20_000).ToArray() } }));
        var assertion = Made.Cbor("c2pa.actions.v2", new CborFields
        {
            { "actions", Enumerable.Repeat(Action("c2pa.edited"), 4000).ToArray() }, { "templates", new[] { template } },
        });

        var watch = Stopwatch.StartNew();
        var actions = (ActionsAssertion)Made.Read(assertion);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
        Assert.Same(actions.Actions[0].Parameters.Ingredients, actions.Actions[3999].Parameters.Ingredients);
        Assert.Equal(20_000, actions.Actions[0].Parameters.Ingredients.Count);
    }
}
