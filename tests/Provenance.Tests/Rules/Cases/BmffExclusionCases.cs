using Provenance.TestKit;
using static Provenance.TestKit.BmffWriter;

namespace Provenance.Tests.Rules.Cases;

/// <summary>
/// Which boxes an exclusion fits, one condition at a time (C2PA 2.5 §16.3.2.2). An event message at the end of the file is what may be left
/// out: where the entry fits, a change of the box goes unnoticed; where it does not, the box is hashed.
/// </summary>
internal static class BmffExclusionCases
{
    private const int Flags = 0x000203;

    // Version 1, flags 000203, 40 bytes of which the last 28 are the message.
    private static readonly byte[] s_message = FullBox("emsg", 1, Flags, [.. Enumerable.Range(1, 28).Select(i => (byte)i)]);

    private static readonly BmffExclusion s_entry = new("/emsg");

    public static void Add(RuleCases cases)
    {
        Conditions(cases);
        Paths(cases);
        Subsets(cases);
        Shapes(cases);
    }

    private static void Conditions(RuleCases cases)
    {
        Pair(cases, "length", s_entry with { Length = 40 }, s_entry with { Length = 39 });
        Pair(cases, "length-greater", s_entry with { Length = 40 }, s_entry with { Length = 41 });
        Pair(cases, "version", s_entry with { Version = 1 }, s_entry with { Version = 0 });
        Pair(cases, "flags", s_entry with { Flags = [0, 2, 3] }, s_entry with { Flags = [0, 2, 1] });
        Pair(cases, "flags-exact", s_entry with { Flags = [0, 2, 3], Exact = true }, s_entry with { Flags = [0, 0, 3], Exact = true });
        Pair(cases, "flags-among-others", s_entry with { Flags = [0, 2, 1], Exact = false }, s_entry with { Flags = [0, 2, 4], Exact = false });
        Pair(cases, "flags-none-among-others", s_entry with { Flags = [0, 0, 0], Exact = false }, s_entry with { Flags = [0, 0, 0] });
        Pair(cases, "data", s_entry.Holding(12, [1, 2, 3]), s_entry.Holding(12, [1, 2, 4]));
        Pair(cases, "data-in-the-header", s_entry.Holding(4, FourCc("emsg")), s_entry.Holding(4, FourCc("emsh")));
        Pair(cases, "data-at-the-end", s_entry.Holding(39, [28]), s_entry.Holding(39, [28, 0]));
        Pair(cases, "data-beyond-the-box", s_entry.Holding(12, [1]), s_entry.Holding(40, [0]));
        cases.Add("bmff-exclusion-data-far-beyond-the-box", image => WithMessage(image, s_entry.Holding(long.MaxValue, [1, 2])));
        Pair(cases, "data-twice", s_entry.Holding(12, [1]).Holding(13, [2]), s_entry.Holding(12, [1]).Holding(13, [1]));
        Pair(cases, "all-conditions", s_entry.Holding(12, [1]) with { Length = 40, Version = 1, Flags = [0, 2, 3] }, s_entry.Holding(12, [1]) with { Length = 40, Version = 0, Flags = [0, 2, 3] });
        // A box without version and flags, in which bytes stand that look like them.
        cases.Add("bmff-exclusion-version-of-a-plain-box", image => Plain(image, new BmffExclusion("/free") with { Version = 1 }));
        cases.Add("bmff-exclusion-version-of-a-plain-box-changed", image => Plain(image, new BmffExclusion("/free") with { Version = 1 }).Bytes.BoxFlipped("free", 12));
        cases.Add("bmff-exclusion-flags-of-a-plain-box-changed", image => Plain(image, new BmffExclusion("/free") with { Flags = [0, 0, 0] }).Bytes.BoxFlipped("free", 12));
    }

    private static void Paths(RuleCases cases)
    {
        Pair(cases, "number", new("/emsg[1]"), new("/emsg[2]"));
        Pair(cases, "name", s_entry, new("/emsh"));
        Pair(cases, "depth", s_entry, new("/moov/emsg"));
        Pair(cases, "case-of-the-name", s_entry, new("/EMSG"));
        cases.Add("bmff-exclusion-second-of-two-changed", image => Two(image, new("/emsg[1]")) is var file ? Changed(file, 1) : null!);
        cases.Add("bmff-exclusion-first-of-two-changed", image => Two(image, new("/emsg[1]")) is var file ? Changed(file, 0) : null!);
        cases.Add("bmff-exclusion-of-both-changed", image => Two(image, s_entry) is var file ? Changed(Changed(file, 0), 1) : null!);
        cases.Add("bmff-exclusion-inside-a-track", image => InTrack(image, "/moov/trak/udta"));
        cases.Add("bmff-exclusion-inside-a-track-changed", image => InTrack(image, "/moov/trak/udta").Bytes.BoxFlipped("moov/trak/udta", 12));
        cases.Add("bmff-exclusion-inside-another-track-changed", image => InTrack(image, "/moov/trak[2]/udta").Bytes.BoxFlipped("moov/trak/udta", 12));
        cases.Add("bmff-exclusion-of-flags-inside-a-track", image => InTrack(image, "/moov/trak/udta/cprt", 7).Bytes.BoxFlipped("moov/trak/udta/cprt", 15));
        cases.Add("bmff-exclusion-of-other-flags-inside-a-track", image => InTrack(image, "/moov/trak/udta/cprt", 3).Bytes.BoxFlipped("moov/trak/udta/cprt", 15));

        foreach ((string name, string path) in (IEnumerable<(string, string)>)
        [
            ("empty", ""), ("root", "/"), ("relative", "emsg"), ("anywhere", "//emsg"), ("any-name", "/*"), ("open-end", "/moov/"), ("number-zero", "/emsg[0]"), ("number-01", "/emsg[01]"),
            ("number-negative", "/emsg[-1]"), ("number-without-end", "/emsg[1"), ("number-huge", "/emsg[99999999999999999999]"), ("condition", "/emsg[last()]"), ("five-letters", "/emsgs"), ("long", "/" + new string('a', 100_000)),
            ("deep", string.Concat(Enumerable.Repeat("/moov", 5000))),
        ])
            cases.Add("bmff-path-" + name, image => WithMessage(image, new(path)));
    }

    private static void Subsets(RuleCases cases)
    {
        Part(cases, "to-the-end", s_entry.Part(16, 0), inside: 16, outside: 15);
        Part(cases, "one-byte", s_entry.Part(16, 1), inside: 16, outside: 17);
        Part(cases, "two", s_entry.Part(16, 4).Part(24, 4), inside: 27, outside: 20);
        Part(cases, "adjacent", s_entry.Part(16, 4).Part(20, 4), inside: 20, outside: 24);
        Part(cases, "clipped", s_entry.Part(36, 100), inside: 39, outside: 35);
        Part(cases, "in-the-header", s_entry.Part(8, 4), inside: 11, outside: 12);
        cases.Add("bmff-subset-beyond-the-box", image => WithMessage(image, s_entry.Part(40, 10)));
        cases.Add("bmff-subset-beyond-the-box-changed", image => WithMessage(image, s_entry.Part(40, 10)).Bytes.BoxFlipped("emsg", 39));
        Malformed(cases, "overlap", (16, 5), (20, 4));
        Malformed(cases, "unordered", (24, 4), (16, 4));
        Malformed(cases, "same", (16, 4), (16, 4));
        Malformed(cases, "negative-offset", (-1, 4));
        Malformed(cases, "negative-length", (16, -4));
        cases.Add("bmff-subset-overflows", image => WithMessage(image, s_entry.Part(16, 4).Part(long.MaxValue, long.MaxValue)));
    }

    private static void Shapes(RuleCases cases)
    {
        void Add(string name, object? entry) => cases.Add("bmff-exclusion-" + name, image => BmffCases.Signed(image, new BmffRecipe().With(fields =>
            fields["exclusions"] = ((IEnumerable<object>)fields["exclusions"]!).Append(entry).ToArray())));
        Add("without-path", new CborFields { { "length", 8 } });
        Add("path-that-is-no-text", new CborFields { { "xpath", 1 } });
        Add("that-is-no-map", "/free");
        Add("data-without-value", new CborFields { { "xpath", "/free" }, { "data", new object[] { new CborFields { { "offset", 8 } } } } });
        Add("data-that-is-no-list", new CborFields { { "xpath", "/free" }, { "data", 1 } });
        Add("flags-of-two-bytes", new CborFields { { "xpath", "/emsg" }, { "flags", new byte[2] } });
        Add("subset-that-is-no-list", new CborFields { { "xpath", "/free" }, { "subset", 1 } });
        Add("subset-without-length", new CborFields { { "xpath", "/free" }, { "subset", new object[] { new CborFields { { "offset", 8 } } } } });
        Add("length-negative", new CborFields { { "xpath", "/free" }, { "length", -8 } });
        cases.Add("bmff-exclusions-repeated", image => BmffCases.Signed(image, new BmffRecipe().Excluding(BmffExclusion.Store, BmffExclusion.Store)));
        cases.Add("bmff-exclusions-in-another-order", image => BmffCases.Signed(image, new() { Exclusions = [.. BmffExclusion.Mandatory.Reverse()] }));
    }

    // The same file thrice: an entry that fits and the box changed; one that does not, as signed; and that, changed.
    private static void Pair(RuleCases cases, string name, BmffExclusion fits, BmffExclusion doesNot)
    {
        cases.Add($"bmff-exclusion-{name}-fits", image => Changed(WithMessage(image, fits).Bytes, 0));
        cases.Add($"bmff-exclusion-{name}-does-not-fit", image => WithMessage(image, doesNot));
        cases.Add($"bmff-exclusion-{name}-does-not-fit-changed", image => Changed(WithMessage(image, doesNot).Bytes, 0));
    }

    private static void Part(RuleCases cases, string name, BmffExclusion entry, int inside, int outside)
    {
        cases.Add("bmff-subset-" + name, image => WithMessage(image, entry).Bytes.BoxFlipped("emsg", inside));
        cases.Add("bmff-subset-" + name + "-changed-outside", image => WithMessage(image, entry).Bytes.BoxFlipped("emsg", outside));
    }

    private static void Malformed(RuleCases cases, string name, params (long Offset, long Length)[] subset) => cases.Add("bmff-subset-" + name, image =>
        BmffCases.Signed(((TestBmff)image).AtTheEnd(s_message), new BmffRecipe().With(fields => fields["exclusions"] = ((IEnumerable<object>)fields["exclusions"]!)
            .Append(new CborFields { { "xpath", "/emsg" }, { "subset", subset.Select(s => new CborFields { { "offset", s.Offset }, { "length", s.Length } }).ToArray() } }).ToArray())));

    private static SignedAsset WithMessage(TestAsset image, BmffExclusion entry) => BmffCases.Signed(((TestBmff)image).AtTheEnd(s_message), new BmffRecipe().Excluding(entry));

    private static byte[] Two(TestAsset image, BmffExclusion entry) => BmffCases.Signed(((TestBmff)image).AtTheEnd(s_message, s_message), new BmffRecipe().Excluding(entry)).Bytes;

    private static SignedAsset Plain(TestAsset image, BmffExclusion entry) => BmffCases.Signed(((TestBmff)image).AtTheEnd(Box("free", U32(0x01000000), new byte[20])), new BmffRecipe().Excluding(entry));

    // In the middle of the message, where no condition looks.
    private static byte[] Changed(byte[] file, int number) => file.FlipBit(BmffNode.Parse(file).Where(root => root.Type == "emsg").ElementAt(number).Extent.Start + 22);

    private static SignedAsset InTrack(TestAsset image, string path, int flags = -1)
    {
        byte[] user = Box("udta", FullBox("cprt", 0, 7, U16(0x55C4), NulText("nobody")));
        TestMovie movie = (TestMovie)image with { MovieChange = (moov, at) => Grown(moov, user) };
        return BmffCases.Signed(movie, new BmffRecipe().Excluding(new BmffExclusion(path) with { Flags = flags < 0 ? null : U32(flags)[1..] }));
    }

    // A box more at the end of the film's only track.
    private static byte[] Grown(byte[] moov, byte[] box)
    {
        int at = moov.AsSpan().IndexOf("trak"u8) - 4;
        byte[] grown = [.. moov, .. box];
        U32(grown.Length).CopyTo(grown, 0);
        U32(grown.Length - at).CopyTo(grown, at);
        return grown;
    }
}
