using System.Text;
using Provenance.TrustStore;
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
    /// <param name="verb">The verb, for a complaint.</param>
    /// <param name="anchors">Files with signers' anchors.</param>
    /// <param name="tsa">Files with time stampers' anchors.</param>
    /// <param name="allowed">Files with single certificates.</param>
    /// <param name="ekus">Files with purposes.</param>
    /// <param name="identities">Files with those who vouch for identities.</param>
    /// <param name="noTrust">Look up no issuer.</param>
    /// <returns>The lists named; the installed ones where none is. Those for identities replace installed ones for identities alone.</returns>
    public static TrustChoice Load(
        string verb, IReadOnlyList<string> anchors, IReadOnlyList<string> tsa, IReadOnlyList<string> allowed, IReadOnlyList<string> ekus, IReadOnlyList<string> identities, bool noTrust)
    {
        if (noTrust && anchors.Count + tsa.Count + allowed.Count + ekus.Count > 0)
            throw new UsageException(verb, "usage.no-trust");
        if (ekus.Count > 0 && anchors.Count == 0)
            throw new UsageException(verb, "usage.ekus");
        var named = new List<TrustList>();
        foreach (string file in identities)
            named.Add(Read("--identity-anchors", file, bytes => NamedList.OfAnchors(file, TrustPurpose.Identity, bytes)));
        if (noTrust)
            return new(named, [], LooksUpIssuers: false);
        if (anchors.Count + tsa.Count + allowed.Count == 0)
            return Installed(verb).WithIdentities(named);
        string? purposes = ekus.Count == 0 ? null : string.Join('\n', ekus.Select(file => ReadText("--ekus", file)));
        var lists = new List<TrustList>();
        foreach (string file in anchors)
            lists.Add(Read("--trust-anchors", file, bytes => NamedList.OfAnchors(file, TrustPurpose.Signer, bytes, purposes)));
        foreach (string file in allowed)
            lists.Add(Read("--allowed", file, bytes => NamedList.OfAllowed(file, bytes)));
        foreach (string file in tsa)
            lists.Add(Read("--tsa-anchors", file, bytes => NamedList.OfAnchors(file, TrustPurpose.TimeStamp, bytes)));
        return new([.. lists, .. named], [], LooksUpIssuers: true);
    }

    /// <summary>What is installed for the user.</summary>
    private static TrustChoice Installed(string verb)
    {
        try
        {
            return TrustChoice.Installed(InstalledTrust.Load(TrustFolder.OfUser()));
        }
        catch (DamagedStoreException e)
        {
            throw new UsageException(verb, words => $"{e.In(words)}\n{words.Say("trust.damaged.how")}");
        }
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

    private static TrustList Read(string option, string file, Func<byte[], TrustList> parse)
    {
        byte[] bytes = ReadBytes(option, file);
        try
        {
            return parse(bytes);
        }
        catch (MalformedDataException e)
        {
            throw new UsageException(VerifyCommand.Name, "usage.malformed", "option", option, "name", DisplayText.Clean(file, 400), "rule", DisplayText.Clean(e.Rule, 300));
        }
    }
}
