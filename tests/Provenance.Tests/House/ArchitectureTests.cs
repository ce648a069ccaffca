using Xunit;

namespace Provenance.Tests.House;

public sealed class ArchitectureTests
{
    // The compiler's own types (static array data, inline arrays) have no namespace.
    private static readonly TypeUse[] Uses =
        [.. TypeUseReader.Read(Repository.Library).Where(use => use.User.Namespace.Length > 0 && use.Used.Namespace.Length > 0)];

    [Fact]
    public void Every_type_mentions_only_types_of_the_layers_below_it() =>
        Expect.None(Uses.Where(use => use.Used.Assembly == Layers.Library && !Layers.Allow(use.User.Namespace, use.Used.Namespace)));

    [Fact]
    public void Every_namespace_of_the_library_stands_in_the_table() =>
        Expect.None(Uses.Select(use => use.User.Namespace).Distinct().Where(name => Layers.RowOf(name) is null));

    [Fact]
    public void A_file_lies_in_the_folder_of_its_namespace()
    {
        var folder = "verifier/Provenance.Verifier/";
        var strays = Repository.Files("*.cs")
            .Where(file => file.StartsWith(folder, StringComparison.Ordinal))
            .Where(file => !Repository.Read(file).Split('\n').Contains(NamespaceLineOf(Path.GetDirectoryName(file[folder.Length..])!)));
        Expect.None(strays);

        static string NamespaceLineOf(string path) =>
            $"namespace {string.Join('.', [Layers.Library, .. path.Split('/', '\\').Where(part => part.Length > 0)])};";
    }

    [Fact]
    public void Status_codes_are_known_to_the_checks_and_above_only() =>
        Assert.Equal(["(root)", "Checks", "Identity", "Labels", "Reports"], RowsThatMention("Status"));

    [Fact]
    public void The_layers_form_no_circle()
    {
        // The root's policy and report are named by those it calls; the list of formats and the formats name each other.
        static bool IsBelow(string row) => row != "(root)" && !row.StartsWith("Formats.", StringComparison.Ordinal);
        var left = Layers.Table.Where(row => IsBelow(row.Key)).ToDictionary(row => row.Key, row => row.Value.Where(IsBelow).ToList());
        while (left.FirstOrDefault(row => !row.Value.Any(left.ContainsKey)) is { Key: not null } bottom)
            left.Remove(bottom.Key);
        Expect.None(left);
    }

    [Fact]
    public void The_table_names_only_its_own_rows() =>
        Expect.None(Layers.Table.SelectMany(row => row.Value).Where(name => !Layers.Table.ContainsKey(name)));

    [Fact]
    public void The_library_refers_to_the_shared_framework_and_Newtonsoft_alone()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        Assert.Equal("Microsoft.NETCore.App", Path.GetFileName(Path.GetDirectoryName(framework)));
        Expect.None(Repository.ReferencesOf(Repository.Library)
            .Where(name => name != "Newtonsoft.Json" && !File.Exists(Path.Combine(framework, name + ".dll"))));
    }

    [Fact]
    public void Only_reports_mention_Newtonsoft() =>
        Expect.None(Uses.Where(use => use.Used.Assembly == "Newtonsoft.Json" && Layers.RowOf(use.User.Namespace) != "Reports"));

    [Fact]
    public void Platform_signatures_stay_in_SystemCrypto_and_platform_digests_beside_it() =>
        Expect.None(Uses.Where(use => IsPlatformCryptography(use.Used) && !IsSystemCrypto(use.User))
            .Where(use => !(IsDigest(use.Used) && Layers.RowOf(use.User.Namespace) == "Crypto")));

    [Theory]
    [InlineData("System.Net")]
    [InlineData("System.Diagnostics.Process")]
    [InlineData("System.Threading.Thread")]
    [InlineData("System.Threading.Monitor")]
    [InlineData("System.Reflection.MethodInfo")]
    [InlineData("System.Activator")]
    public void The_library_has_no_network_process_thread_or_reflection(string forbidden) =>
        Expect.None(Uses.Where(use => $"{use.Used}.".StartsWith(forbidden + ".", StringComparison.Ordinal)));

    [Fact]
    public void Files_are_opened_in_IO_alone() =>
        Expect.None(Uses.Where(use =>
            use.Used is { Namespace: "System.IO", Name: "File" or "FileStream" or "FileInfo" or "Directory" or "RandomAccess" } && Layers.RowOf(use.User.Namespace) != "IO"));

    private static IEnumerable<string> RowsThatMention(string layer) =>
        Layers.Table.Where(row => row.Value.Contains(layer)).Select(row => row.Key).Order(StringComparer.Ordinal);

    // Comparing in constant time is arithmetic, not a primitive: it runs anywhere.
    private static bool IsPlatformCryptography(TypeName type) =>
        type.Namespace.StartsWith("System.Security.Cryptography", StringComparison.Ordinal) && type.Name != "CryptographicOperations";

    // SHA-2 is managed code in the browser too.
    private static bool IsDigest(TypeName type) => type.Name is "SHA1" or "SHA256" or "SHA384" or "SHA512" or "IncrementalHash";

    private static bool IsSystemCrypto(TypeName type) =>
        type.Namespace == "Provenance.Verifier.Crypto" && type.Name.StartsWith("SystemCrypto", StringComparison.Ordinal);
}
