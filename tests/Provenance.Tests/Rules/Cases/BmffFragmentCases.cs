using Provenance.TestKit;
using static Provenance.TestKit.BmffWriter;

namespace Provenance.Tests.Rules.Cases;

/// <summary>Trees over fragments, in one file and in files of their own (C2PA 2.5 §14.12.2.2, A.5.3).</summary>
internal static class BmffFragmentCases
{
    public static void Add(RuleCases cases)
    {
        Flat(cases);
        FlatDamaged(cases);
        Segments(cases);
        SegmentsDamaged(cases);
    }

    private static void Flat(RuleCases cases)
    {
        cases.Add("bmff-fragments", _ => Film());
        cases.Add("bmff-fragments-row-one", _ => Film(1));
        cases.Add("bmff-fragments-root", _ => Film(64));
        cases.Add("bmff-fragments-of-two-tracks", _ => World.Sound().Embed(TestFragmentedMovie.Small(tracks: 2)));
        cases.Add("bmff-fragments-with-segment-types", _ => World.Sound().Embed(TestFragmentedMovie.Small() with { FragmentFront = [Box("styp", FourCc("msdh"), U32(0))] }));
        cases.Add("bmff-fragments-in-v2", _ => World.Sound().Embed(TestFragmentedMovie.Small().BoundAs(Recipe(0) with { Label = "c2pa.hash.bmff.v2" })));
        cases.Add("bmff-fragments-and-file-hash", _ => World.Sound().Embed(TestFragmentedMovie.Small().BoundAs(Recipe(0).With(fields => fields.Add("hash", new byte[32])))));
        cases.Add("bmff-fragments-by-one-hash", _ => World.Sound().Embed(TestFragmentedMovie.Small().BoundAs(new())));
        cases.Add("bmff-fragments-by-one-hash-changed", _ => World.Sound().Embed(TestFragmentedMovie.Small().BoundAs(new())).MediaChanged());
        Tree(cases, "without-init-hash", tree => tree.Omit("initHash"));
        Tree(cases, "init-hash-of-zeros", tree => tree["initHash"] = new byte[32]);
        Tree(cases, "of-another-track", tree => tree["localId"] = 2);
        Tree(cases, "with-another-number", tree => tree["uniqueId"] = 7);
        Tree(cases, "count-one-more", tree => tree["count"] = (long)tree["count"]! + 1);
        Tree(cases, "count-one-less", tree => tree["count"] = (long)tree["count"]! - 1);
        Tree(cases, "count-huge", tree => tree["count"] = 1L << 32);
        cases.Add("bmff-fragments-no-tree", _ => World.Sound().Embed(TestFragmentedMovie.Small().BoundAs(Recipe(0).With(fields => fields["merkle"] = Array.Empty<object>()))));
        cases.Add("bmff-fragments-tree-for-one-of-two-tracks", _ => World.Sound().Embed(TestFragmentedMovie.Small(tracks: 2).BoundAs(Recipe(0).With(fields => fields["merkle"] = ((CborFields[])fields["merkle"]!)[..1]))));
        cases.Add("bmff-fragments-runs-left-out", _ => World.Sound().Embed(Runs()));
        // The samples begin in the box with the proof, which is left out as all of C2PA's are.
        cases.Add("bmff-fragments-runs-left-out-and-led-elsewhere", _ => World.Sound().Embed(Runs()).Bytes.BoxOverwritten("moof/traf/trun", 16, U32(uint.MaxValue - 39)));
        cases.Add("bmff-fragments-without-boxes", _ => World.Sound().Embed(TestFragmentedMovie.Small().BoundAs(Recipe(0, boxes: false))));
    }

    private static void FlatDamaged(RuleCases cases)
    {
        foreach (int row in (int[])[0, 2])
        {
            string suffix = row == 0 ? "" : "-row-two";
            void Add(string name, Func<byte[], byte[]> change) => cases.Add("bmff-fragments-" + name + suffix, _ => change(Film(row).Bytes));
            Add("media-changed", file => file.FlipBit(Nth(file, "mdat", 2).End - 1));
            Add("header-changed", file => file.FlipBit(Nth(file, "moof", 2).End - 1));
            Add("film-changed", file => file.BoxFlipped("moov/mvhd", 20));
            Add("first-withheld", file => file.Removed(Fragment(file, 0)));
            Add("middle-withheld", file => file.Removed(Fragment(file, 2)));
            Add("last-withheld", file => file.Removed(Fragment(file, 4)));
            Add("all-withheld", file => file[..(int)Fragment(file, 0).Start]);
            // A copy takes the place of another, with its own proof, or with that of the other.
            Add("one-instead-of-another", file => Replaced(file, Fragment(file, 3), Cut(file, Fragment(file, 1))));
            Add("one-instead-of-another-under-its-proof", file => Replaced(file, Media(file, 3), Cut(file, Media(file, 1))));
            Add("last-twice", file => file.Appended(Cut(file, Fragment(file, 4))));
            Add("two-exchanged", file => Join(file[..(int)Fragment(file, 1).Start], Cut(file, Fragment(file, 2)), Cut(file, Fragment(file, 1)), file[(int)Fragment(file, 3).Start..]));
            Add("proofs-exchanged", file => Exchanged(file, file.C2paBox("merkle", 1).Extent, file.C2paBox("merkle", 2).Extent));
            Add("proof-withheld", file => file.Removed(file.C2paBox("merkle", 1).Extent));
            Add("proof-made-free", file => file.Overwritten(file.C2paBox("merkle", 1).Extent.Start + 4, FourCc("free")));
            Add("another-fragment-added", file => file.Appended(Cut(file, Media(file, 1))));
            Add("box-between", file => file.Inserted(Fragment(file, 2).Start, Box("free", [1])));
            Add("bytes-appended", file => file.Appended(1, 2, 3));
        }
    }

    private static void Segments(RuleCases cases)
    {
        cases.Add("bmff-segments", _ => Parts());
        cases.Add("bmff-segments-row-one", _ => Parts(1));
        cases.Add("bmff-segments-root", _ => Parts(64));
        cases.Add("bmff-segments-none-at-hand", _ => Parts().With(_ => []));
        cases.Add("bmff-segments-and-file-hash", _ => Segmented(Recipe(0).With(fields => fields.Add("hash", new byte[32]))));
        cases.Add("bmff-segments-without-init-hash", _ => Segmented(Recipe(0).With(fields => Array.ForEach((CborFields[])fields["merkle"]!, tree => tree.Omit("initHash")))));
    }

    private static void SegmentsDamaged(RuleCases cases)
    {
        foreach (int row in (int[])[0, 2])
        {
            string suffix = row == 0 ? "" : "-row-two";
            void Add(string name, Func<SignedSegments, SignedSegments> change) => cases.Add("bmff-segments-" + name + suffix, _ => change(Parts(row)));
            Add("media-changed", film => film.WithSegment(2, segment => segment.FlipBit(segment.Length - 1)));
            Add("header-changed", film => film.WithSegment(2, segment => segment.FlipBit(segment.Box("moof").Extent.End - 1)));
            Add("film-changed", film => film with { Init = film.Init with { Embedding = film.Init.Embedding with { Bytes = film.Init.Bytes.BoxFlipped("moov/mvhd", 20) } } });
            Add("first-withheld", film => film.With(all => [.. all.Skip(1)]));
            Add("middle-withheld", film => film.With(all => [.. all.Take(2), .. all.Skip(3)]));
            Add("last-withheld", film => film.With(all => [.. all.Take(4)]));
            Add("one-instead-of-another", film => film.With(all => [all[0], all[1], all[2], all[1], all[4]]));
            Add("one-instead-of-another-under-its-proof", film => film.WithSegment(3, segment => Spliced(segment, film.Segments[1])));
            Add("two-exchanged", film => film.With(all => [all[0], all[2], all[1], all[3], all[4]]));
            Add("last-twice", film => film.With(all => [.. all, all[4]]));
            Add("proof-withheld", film => film.WithSegment(1, segment => segment.Removed(segment.C2paBox("merkle").Extent)));
            Add("proof-twice", film => film.WithSegment(1, segment => segment.Inserted(segment.C2paBox("merkle").Extent.Start, Cut(segment, segment.C2paBox("merkle").Extent))));
            Add("bytes-appended", film => film.WithSegment(1, segment => segment.Appended(1, 2, 3)));
            Add("cut-short", film => film.WithSegment(4, segment => segment[..^1]));
            Add("of-another-film", film => film.WithSegment(1, _ => TestSegments.Small() is var other ? (other with { Track = other.Track with { Samples = [.. other.Track.Samples.Reverse()] } }).Sign(World.Sound()).Segments[1] : null!));
            Add("two-in-one-file", film => film.With(all => [all[0], all[1], all[2], Join(all[3], all[4])]));
            Add("empty", film => film.WithSegment(1, _ => []));
        }
    }

    private static void Tree(RuleCases cases, string name, Action<CborFields> change) => cases.Add("bmff-fragments-tree-" + name,
        _ => World.Sound().Embed(TestFragmentedMovie.Small().BoundAs(Recipe(0).With(fields => Array.ForEach((CborFields[])fields["merkle"]!, change)))));

    private static BmffRecipe Recipe(int row, bool boxes = true) => BmffRecipe.OfFragments(new() { Row = row, HasBoxes = boxes });

    // As older writers have it: where the samples of a run begin is not hashed.
    private static TestBmff Runs() => TestFragmentedMovie.Small().BoundAs(Recipe(0).Excluding(new BmffExclusion("/moof/traf/trun").Part(16, 4)));

    private static SignedAsset Film(int row = 0) => World.Sound().Embed(TestFragmentedMovie.Small().BoundAs(Recipe(row)));

    private static SignedSegments Parts(int row = 0) => Segmented(Recipe(row));

    private static SignedSegments Segmented(BmffRecipe recipe) => TestSegments.Small(recipe).Sign(World.Sound());

    private static Extent Nth(byte[] file, string type, int number) => BmffNode.Parse(file).Where(root => root.Type == type).ElementAt(number).Extent;

    // A fragment with the box that proves it.
    private static Extent Fragment(byte[] file, int number) => file.C2paBox("merkle", number).Extent.Start is var start ? new(start, Nth(file, "mdat", number).End - start) : default;

    private static Extent Media(byte[] file, int number) => Nth(file, "moof", number).Start is var start ? new(start, Nth(file, "mdat", number).End - start) : default;

    private static byte[] Cut(byte[] file, Extent extent) => file[(int)extent.Start..(int)extent.End];

    private static byte[] Replaced(byte[] file, Extent extent, byte[] with) => Join(file[..(int)extent.Start], with, file[(int)extent.End..]);

    private static byte[] Exchanged(byte[] file, Extent first, Extent second) => file.Overwritten(first.Start, Cut(file, second)).Overwritten(second.Start, Cut(file, first));

    private static byte[] Spliced(byte[] segment, byte[] other) => Join(segment[..(int)segment.Box("moof").Extent.Start], other[(int)other.Box("moof").Extent.Start..]);
}
