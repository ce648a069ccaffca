using System.Security.Cryptography;
using System.Text;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Trust;

namespace Provenance.Cli;

/// <summary>
/// Reads the files of the trust options, each into a list of its own that is named after the file and identified by its digest. A
/// damaged list ends the command: one that shrinks unnoticed is worse than one that is refused.
/// </summary>
internal static class TrustOptions
{
    public static IReadOnlyList<TrustList> Load(
        IReadOnlyList<string> anchors, IReadOnlyList<string> tsa, IReadOnlyList<string> allowed, IReadOnlyList<string> ekus, IReadOnlyList<string> identities, bool noTrust)
    {
        if (noTrust && anchors.Count + tsa.Count + allowed.Count + ekus.Count > 0)
            throw new UsageException(VerifyCommand.Name, "usage.no-trust");
        if (ekus.Count > 0 && anchors.Count == 0)
            throw new UsageException(VerifyCommand.Name, "usage.ekus");
        string? purposes = ekus.Count == 0 ? null : string.Join('\n', ekus.Select(file => ReadText("--ekus", file)));
        var lists = new List<TrustList>();
        foreach (string file in anchors)
            lists.Add(Read("--trust-anchors", file, (name, text) => TrustList.FromPem(name, TrustPurpose.Signer, text, purposes)));
        foreach (string file in allowed)
            lists.Add(Read("--allowed", file, (name, text) => TrustList.FromAnchors(name, TrustPurpose.Signer, [], null, text)));
        foreach (string file in tsa)
            lists.Add(Read("--tsa-anchors", file, (name, text) => TrustList.FromPem(name, TrustPurpose.TimeStamp, text)));
        foreach (string file in identities)
            lists.Add(Read("--identity-anchors", file, (name, text) => TrustList.FromPem(name, TrustPurpose.Identity, text)));
        return lists;
    }

    public static byte[] ReadBytes(string option, string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw VerifyCommand.Unreadable(option, file, AnswerSource.WhyUnreadable(e));
        }
    }

    public static IncidentList ReadIncidents(string option, string file)
    {
        try
        {
            return IncidentList.Parse(ReadBytes(option, file));
        }
        catch (MalformedDataException e)
        {
            throw new UsageException(VerifyCommand.Name, $"{option} {file}: {e.Rule}.");
        }
    }

    private static string ReadText(string option, string file) => Encoding.UTF8.GetString(ReadBytes(option, file));

    private static TrustList Read(string option, string file, Func<string, string, TrustList> parse)
    {
        byte[] bytes = ReadBytes(option, file);
        try
        {
            return parse(Path.GetFileName(file), Encoding.UTF8.GetString(bytes)).PublishedAs(null, null, "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }
        catch (MalformedDataException e)
        {
            throw new UsageException(VerifyCommand.Name, "usage.malformed", "option", option, "name", DisplayText.Clean(file, 400), "rule", DisplayText.Clean(e.Rule, 300));
        }
    }
}
