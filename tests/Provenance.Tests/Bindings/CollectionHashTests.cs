using Provenance.TestKit;
using Provenance.Tests.Rules;
using Provenance.Verifier.Labels;
using Xunit;

namespace Provenance.Tests.Bindings;

/// <summary>Archives whose files are bound one by one (C2PA 2.5 §14.12.5).</summary>
public sealed class CollectionHashTests
{
    private static readonly TestZip s_zip = TestZip.Plain();

    private static SignedAsset Signed(TestZip? zip = null, bool asMap = false, Action<CborFields>? change = null, Action<List<CborFields>>? files = null) =>
        World.Sound().BoundBy(HardBinding.Collection(asMap, change, files)).Embed(zip ?? s_zip);

    /// <summary>The code of the binding.</summary>
    private static async Task<string> CodeAsync(CaseFile file)
    {
        var report = await file.VerifyAsync();
        return report.Findings.Select(finding => finding.Code.Text).Single(code => code.StartsWith("assertion.collectionHash", StringComparison.Ordinal) || code.StartsWith("algorithm", StringComparison.Ordinal));
    }

    private const string Match = "assertion.collectionHash.match", Mismatch = "assertion.collectionHash.mismatch", Malformed = "assertion.collectionHash.malformed",
        InvalidUri = "assertion.collectionHash.invalidURI", FileCount = "assertion.collectionHash.incorrectFileCount";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Files_are_listed_in_an_array_or_a_map(bool asMap)
    {
        var report = await new CaseFile(Signed(asMap: asMap).Bytes).VerifyAsync();
        Assert.Equal(ValidationState.Trusted, report.State);
        Assert.Empty(report.Uncovered!);
    }

    [Fact]
    public async Task A_change_of_any_byte_outside_the_store_is_noticed()
    {
        var asset = Signed();
        // The store's local header is in no hash, and must agree with the directory all the same; two of its fields nobody reads.
        long header = asset.StoreExtent.Start;
        HashSet<long> unread = [header + 4, header + 5, .. Enumerable.Range(10, 16).Select(i => header + i), header + 6, header + 7];
        // What is hashed of the directory leaves the store's CRC out.
        long entry = asset.Bytes.AsSpan().LastIndexOf("PK\x01\x02"u8);
        for (long at = 0; at < asset.Bytes.Length; at++)
        {
            if (at >= asset.StoreExtent.Start && at < asset.StoreExtent.End || at >= entry + 16 && at < entry + 20)
                continue;
            Assert.NotEqual(ValidationState.Trusted, (await new CaseFile(asset.Bytes.FlipBit(at)).VerifyAsync()).State);
        }
        for (long at = header; at < header + 62; at++)
        {
            if (!unread.Contains(at))
                Assert.NotEqual(ValidationState.Trusted, (await new CaseFile(asset.Bytes.FlipBit(at)).VerifyAsync()).State);
        }
    }

    [Fact]
    public async Task What_the_reference_leaves_between_files_is_reported_and_nothing_else_may_be_there()
    {
        var report = await new CaseFile(Signed(s_zip with { LeavesOldDirectory = true }).Bytes).VerifyAsync();
        Assert.Equal(ValidationState.Trusted, report.State);
        Assert.NotEmpty(report.Uncovered!);
        Assert.Equal(Match, await CodeAsync(Signed(s_zip with { Gap = new byte[7] })));
        Assert.Equal(Mismatch, await CodeAsync(Signed(s_zip with { Gap = [0, 0, 1] })));
        Assert.Equal(Mismatch, await CodeAsync(Signed(s_zip with { Gap = [.. "PK\x03\x04"u8, .. new byte[40]] })));
    }

    [Fact]
    public async Task Every_file_of_the_archive_is_named_save_empty_folders()
    {
        Assert.Equal(Mismatch, await CodeAsync(Signed(files: list => list.RemoveAt(0))));
        Assert.Equal(Match, await CodeAsync(Signed(s_zip with { WithStoreFolder = true })));
        var withContent = s_zip with { Files = [.. s_zip.Files, new ZipFile("folder/", [1])] };
        Assert.Equal(Mismatch, await CodeAsync(Signed(withContent)));
    }

    [Fact]
    public async Task A_folder_is_named_without_its_solidus()
    {
        var zip = s_zip with { Files = [.. s_zip.Files, new ZipFile("folder/", [])] };
        byte[] bytes = zip.Write([]).Bytes;
        var folder = zip.Write([]).Members.Single(member => member.Name == "folder/").Extent;
        var hash = TestHash.Of(System.Security.Cryptography.HashAlgorithmName.SHA256, bytes.AsSpan((int)folder.Start, (int)folder.Length));
        Assert.Equal(Match, await CodeAsync(Signed(zip, files: list => list.Add(new CborFields { { "uri", "folder" }, { "hash", hash } }))));
    }

    [Fact]
    public async Task A_named_file_is_there() =>
        Assert.Equal(FileCount, await CodeAsync(Signed(files: list => list.Add(new CborFields { { "uri", "d.txt" }, { "hash", new byte[32] } }))));

    [Theory]
    [InlineData("../a.txt")]
    [InlineData("x/../a.txt")]
    [InlineData("./a.txt")]
    [InlineData("/a.txt")]
    [InlineData("x//a.txt")]
    [InlineData("..\\a.txt")]
    [InlineData("%2e%2e/a.txt")]
    [InlineData("%2Fa.txt")]
    [InlineData("..")]
    [InlineData("C:/a.txt")]
    [InlineData("file:///etc/passwd")]
    [InlineData("")]
    [InlineData("a\0.txt")]
    public async Task A_path_leads_nowhere_else(string uri)
    {
        Assert.Equal(InvalidUri, await CodeAsync(Signed(files: list => list[0]["uri"] = uri)));
        var alone = World.Sound().BoundBy(HardBinding.Folder((uri, [1]))).Sidecar(TestPng.Small()).Store;
        Assert.Equal(InvalidUri, await CodeAsync(new CaseFile(alone) { Folder = new Memory(("a.txt", [1])) }));
    }

    [Theory]
    [InlineData("a..b/..c/d...txt")]
    [InlineData(".hidden")]
    [InlineData("a b+c%d.txt")]
    public async Task Points_and_percent_signs_are_letters_too(string name) =>
        Assert.Equal(Match, await CodeAsync(Signed(s_zip with { Files = [ZipFile.Text(name, TestZip.Line)] })));

    [Fact]
    public async Task Percent_signs_may_stand_for_letters() =>
        Assert.Equal(Match, await CodeAsync(Signed(s_zip with { Files = [ZipFile.Text("a b.txt", TestZip.Line)] }, files: list => list[0]["uri"] = "a%20b.txt")));

    [Fact]
    public async Task A_file_is_named_once()
    {
        Assert.Equal(Malformed, await CodeAsync(Signed(files: list => list.Add(list[0]))));
        var twice = s_zip with { Files = [s_zip.Files[0], s_zip.Files[0]] };
        Assert.Equal(Mismatch, await CodeAsync(Signed(twice, files: list => list.RemoveAt(1))));
    }

    [Fact]
    public async Task All_fields_are_there()
    {
        Assert.Equal(Malformed, await CodeAsync(Signed(change: fields => fields.Omit("uris"))));
        Assert.Equal(Malformed, await CodeAsync(Signed(change: fields => fields["uris"] = Array.Empty<object>())));
        Assert.Equal(Malformed, await CodeAsync(Signed(change: fields => fields["uris"] = 5)));
        Assert.Equal(Malformed, await CodeAsync(Signed(change: fields => fields.Omit("zip_central_directory_hash"))));
        Assert.Equal(Malformed, await CodeAsync(Signed(files: list => list[0].Omit("uri"))));
        Assert.Equal(Malformed, await CodeAsync(Signed(files: list => list[0].Omit("hash"))));
        Assert.Equal(Mismatch, await CodeAsync(Signed(change: fields => fields["zip_central_directory_hash"] = new byte[32])));
        Assert.Equal("algorithm.unsupported", await CodeAsync(Signed(change: fields => fields["alg"] = "md5")));
        Assert.Equal(Match, await CodeAsync(Signed(change: fields => fields.Omit("alg"))));
    }

    [Fact]
    public async Task The_records_of_ZIP64_are_hashed_or_not()
    {
        var zip = s_zip with { Zip64 = true };
        Assert.Equal(Match, await CodeAsync(Signed(zip)));
        static void WithRecords(CborFields fields, TestZip zip, int length)
        {
            var layout = zip.Write(new byte[length]);
            byte[] hashed = [.. layout.Directory.SkipLast(1).SelectMany(Cut), .. layout.Bytes[(int)layout.Directory[^2].End..]];
            fields["zip_central_directory_hash"] = TestHash.Of(System.Security.Cryptography.HashAlgorithmName.SHA256, hashed);
            IEnumerable<byte> Cut(Extent part) => layout.Bytes[(int)part.Start..(int)part.End];
        }
        int length = Signed(zip).Store.Length;
        Assert.Equal(Match, await CodeAsync(Signed(zip, change: fields => WithRecords(fields, zip, length))));
    }

    [Fact]
    public async Task A_picture_is_no_collection()
    {
        var asset = World.Sound().BoundBy(HardBinding.Folder(("a.txt", [1]))).Embed(TestPng.Small());
        Assert.Equal(Mismatch, await CodeAsync(new CaseFile(asset.Bytes) { Folder = new Memory(("a.txt", [1])) }));
    }

    [Fact]
    public async Task Files_of_a_folder_are_checked_if_it_is_given()
    {
        byte[] store = World.Sound().BoundBy(HardBinding.Folder(("a.txt", [1, 2]), ("b/c%20d.bin", []))).Sidecar(TestPng.Small()).Store;
        var files = new Memory(("a.txt", [1, 2]), ("b/c d.bin", []), ("more", [9]));
        var report = await new CaseFile(store) { Folder = files }.VerifyAsync();
        Assert.Equal(ValidationState.Trusted, report.State);
        Assert.Equal(Label.IntactKnown, report.Label);
        Assert.Equal(Mismatch, await CodeAsync(new CaseFile(store) { Folder = new Memory(("a.txt", [1, 3]), ("b/c d.bin", [])) }));
        Assert.Equal(FileCount, await CodeAsync(new CaseFile(store) { Folder = new Memory(("a.txt", [1, 2])) }));
    }

    [Fact]
    public async Task Without_a_folder_nothing_is_said_of_the_files()
    {
        byte[] store = World.Sound().BoundBy(HardBinding.Folder(("a.txt", [1, 2]))).Sidecar(TestPng.Small()).Store;
        var report = await new CaseFile(store).VerifyAsync();
        Assert.NotEqual(Label.IntactKnown, report.Label);
        Assert.Null(report.Uncovered);
        // A folder beside the store of a picture changes nothing.
        byte[] ofPicture = World.Sound().Sidecar(TestPng.Small()).Store;
        Assert.Equal((await new CaseFile(ofPicture).VerifyAsync()).Label, (await new CaseFile(ofPicture) { Folder = new Memory() }.VerifyAsync()).Label);
    }

    /// <summary>A folder in memory.</summary>
    private sealed class Memory(params (string Path, byte[] Bytes)[] files) : Provenance.Verifier.Bytes.IAssetFolder
    {
        public ValueTask<Provenance.Verifier.Bytes.AssetSource?> OpenAsync(string path, CancellationToken cancellation) =>
            ValueTask.FromResult(files.Where(file => file.Path == path).Select(file => Provenance.Verifier.Bytes.AssetSource.FromMemory(file.Bytes)).FirstOrDefault());
    }
}
