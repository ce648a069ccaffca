extern alias cli;

using cli::Provenance.Cli.Trust;
using Provenance.Tests.Fetching;
using Provenance.TrustStore;
using Provenance.Verifier.Labels;

namespace Provenance.Tests.Trust;

/// <summary>A folder of installed lists on the disk, a web to get newer ones from, and what the commands said.</summary>
internal sealed class InstalledLists : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("provenance-trust-").FullName;

    public TestWeb Web { get; } = new();

    public TrustFolder Folder => new(Path.Combine(_folder, "trust"));

    public DateTimeOffset Now { get; set; } = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What somebody at the terminal answers; null where nobody is there.</summary>
    public bool? Answer { get; set; }

    public List<string> Questions { get; } = [];

    public string Output { get; private set; } = "";

    public string Complaints { get; private set; } = "";

    public string PathOf(string name) => Path.Combine(_folder, name);

    public string Save(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    public Task<int> UpdateAsync(string? from = null, bool acceptsShrink = false, bool interim = false) =>
        TalkAsync(dialog => new ListUpdate(Folder, dialog, Now, Web.Client).RunAsync(new(from, interim, acceptsShrink)));

    public Task<int> ImportAsync(ImportOptions options) => TalkAsync(dialog => new ListImport(Folder, dialog, Now, Web.Client).RunAsync(options));

    public Task<int> FollowAsync(FollowOptions options) => TalkAsync(dialog => new ServerFollowing(Folder, dialog, Now, Web.Client).RunAsync(options));

    public Task<int> RemoveAsync(string? name, string? certificate = null) => TalkAsync(dialog => new ListRemoval(Folder, dialog, Now).RunAsync(name, certificate));

    /// <summary>The names of the anchors of an installed list.</summary>
    public IReadOnlyList<string?> Anchors(string id) =>
        [.. InstalledTrust.Load(Folder)!.Single(list => list.Entry.Id == id).Lists.SelectMany(list => list.Anchors).Select(anchor => anchor.Certificate.Subject.CommonName)];

    public InstalledList? Entry(string id) => Folder.ReadIndex()?.Find(list => list.Id == id);

    public async ValueTask DisposeAsync()
    {
        await Web.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<int> TalkAsync(Func<ListDialog, Task<int>> command)
    {
        var (output, complaints) = (new StringWriter(), new StringWriter());
        Func<string, bool>? ask = Answer is { } answer
            ? question =>
            {
                Questions.Add(question);
                return answer;
            }
        : null;
        int exitCode = await command(new ListDialog(Words.English, output, complaints, ask));
        (Output, Complaints) = (output.ToString(), complaints.ToString());
        return exitCode;
    }
}
