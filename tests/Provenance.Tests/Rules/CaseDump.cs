using System.Text.Json;

namespace Provenance.Tests.Rules;

/// <summary>
/// Writes what the cases verify into the folder that PROVENANCE_CASES names, for other readers to read: the file, and beside it what it is.
/// </summary>
internal static class CaseDump
{
    private static readonly string? s_folder = Environment.GetEnvironmentVariable("PROVENANCE_CASES");

    public static void Write(RuleRow row, string container, CaseFile file)
    {
        // Others can be told the anchors; a time, a store beside the file or lists of another kind they cannot.
        if (s_folder is null || !file.IsUsual)
            return;
        Directory.CreateDirectory(s_folder);
        string name = Path.Combine(s_folder, $"{row.Id}.{World.Images[container].Extension}");
        File.WriteAllBytes(name, file.Bytes);
        File.WriteAllText(name + ".json", JsonSerializer.Serialize(new { row.Id, row.Expect!.State, row.Expect.Label, row.Reference }));
        File.WriteAllText(Path.Combine(s_folder, "anchors.pem"), World.Root.AnchorPem + World.Tsa.AnchorPem);
    }
}
