using System.Globalization;
using Newtonsoft.Json;
using Provenance.TrustStore;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Trust;

namespace Provenance.Cli.Trust;

/// <summary>Shows what is installed, each list with everything one needs to judge it by.</summary>
internal static class ListStatus
{
    /// <summary>Days since a source was asked after which it is told: certificates of signers live for 90.</summary>
    public const int OldDays = 30;

    /// <summary>0, or 3 where something is damaged.</summary>
    public static async Task<int> RunAsync(TrustFolder folder, ListDialog dialog, DateTimeOffset now, bool json)
    {
        var rows = new List<Row>();
        var index = folder.ReadIndex() ?? [];
        foreach (var entry in index)
            rows.Add(await RowAsync(folder, entry, now).ConfigureAwait(false) with { HandedOn = index.Count(list => FollowedServer.IsOf(list, entry.Id)) });
        if (json)
            dialog.Write(Json(folder, rows));
        else
            dialog.Write(Text(folder, rows, dialog));
        return rows.Exists(row => row.Damage is not null || row.Signature is { IsGood: false }) ? 3 : 0;
    }

    /// <param name="Entry">What the index says.</param>
    /// <param name="Loaded">What the list means; null where it is damaged.</param>
    /// <param name="Damage">Why it cannot be used; null where it can.</param>
    /// <param name="Signature">Its signature, checked again; null for a list that has none.</param>
    /// <param name="Days">Days since its source was last asked.</param>
    private sealed record Row(InstalledList Entry, LoadedList? Loaded, DamagedStoreException? Damage, ListSignature? Signature, int Days)
    {
        /// <summary>Of a server: how many lists came from it.</summary>
        public int HandedOn { get; init; }

        public bool IsOld => Days > OldDays && ListReader.IsUrl(Entry.Source);

        public string? Model => Loaded?.Lists is [var list, ..] ? list.Model switch { TrustModel.Current => "current", TrustModel.Older => "older", _ => "own" } : null;

        public int Count(TrustPurpose purpose) => Loaded?.Lists.Where(list => list.Purpose == purpose).Sum(list => list.Anchors.Count) ?? 0;

        public int Allowed => Loaded?.Lists.Sum(list => list.AllowedCount) ?? 0;
    }

    private static async Task<Row> RowAsync(TrustFolder folder, InstalledList entry, DateTimeOffset now)
    {
        int days = (int)Math.Max(0, (now - entry.Checked).TotalDays);
        try
        {
            var loaded = InstalledTrust.Load(folder, entry);
            var signature = entry.SignerSha256 is null ? null : await CheckAsync(folder, entry).ConfigureAwait(false);
            return new(entry, loaded, null, signature, days);
        }
        catch (DamagedStoreException e)
        {
            return new(entry, null, e, null, days);
        }
    }

    private static async Task<ListSignature> CheckAsync(TrustFolder folder, InstalledList entry)
    {
        var signature = entry.Files.FirstOrDefault(file => file.Role == "signature") ?? throw new DamagedStoreException("damage.no-signature", "list", entry.Name);
        return await ListSignature.CheckAsync(folder.Read(entry, entry.Main), folder.Read(entry, signature), entry.SignerSha256, new SystemCrypto()).ConfigureAwait(false);
    }

    private static string Text(TrustFolder folder, List<Row> rows, ListDialog dialog)
    {
        var words = dialog.Words;
        if (rows.Count == 0)
            return $"{words.Say("trust.status.none")}\n{words.Say("issuer.install-a-list")}\n";
        var text = new StringWriter();
        foreach (var row in rows)
        {
            var entry = row.Entry;
            text.Write($"{DisplayText.Clean(entry.Name, 200)} ({entry.Id})\n");
            if (row.Damage is { } damage)
                Line("state", words.Say("trust.status.damaged", "why", damage.In(words)));
            if (row.Model is { } model)
                Line("model", words.Say($"trust.model.{model}"));
            if (Contents(row, words) is { Length: > 0 } contents)
                Line("contents", contents);
            Line("issue", (entry.Number, entry.Issued) switch
            {
                ({ } n, { } time) => words.Say("trust.issue", "n", Words.Number(n), "date", words.Day(time)),
                ({ } n, null) => words.Say("trust.issue.number", "n", Words.Number(n)),
                (null, { } time) => words.Say("trust.issue.date", "date", words.Day(time)),
                _ => words.Say("trust.issue.none"),
            });
            Line("source", DisplayText.Clean(entry.Source, 400));
            Line("checked", words.Count("trust.status.days", row.Days) + (row.IsOld ? $" · {words.Say("trust.status.old")}" : ""));
            Line("digest", entry.Main.Sha256 + (Sources.OfficialById(entry.Id)?.LastSeenSha256 == entry.Main.Sha256 ? $" · {words.Say("trust.status.as-shipped", "date", Sources.LastSeen)}" : ""));
            Line("signature", row.Signature switch
            {
                null => words.Say("trust.status.unsigned"),
                { IsGood: true } good => words.Say("trust.status.signed", "name", DisplayText.Clean(good.Signer!.Subject.ToString(), 160), "sha256", good.SignerSha256!),
                var bad => words.Say("trust.status.badly-signed", "why", bad.Reason),
            });
            text.Write('\n');
        }
        text.Write($"{words.Say("trust.status.folder", "folder", folder.Path)}\n");
        return text.ToString();

        void Line(string name, string value) => text.Write($"  {words.Say("trust.row." + name)}: {value}\n");
    }

    private static string Contents(Row row, Words words)
    {
        var parts = new List<string>();
        Add("trust.contents.signers", row.Count(TrustPurpose.Signer));
        Add("trust.contents.certificates", row.Allowed);
        Add("trust.contents.time-stamps", row.Count(TrustPurpose.TimeStamp));
        Add("trust.contents.incidents", row.Loaded?.Incidents?.Count ?? 0);
        Add("trust.contents.lists", row.HandedOn);
        return words.List(parts);

        void Add(string key, int n)
        {
            if (n > 0)
                parts.Add(words.Count(key, n));
        }
    }

    private static string Json(TrustFolder folder, List<Row> rows)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        using var json = new JsonTextWriter(text) { StringEscapeHandling = StringEscapeHandling.EscapeNonAscii };
        json.WriteStartObject();
        Write("folder", folder.Path);
        json.WritePropertyName("lists");
        json.WriteStartArray();
        foreach (var row in rows)
        {
            var entry = row.Entry;
            json.WriteStartObject();
            Write("id", entry.Id);
            Write("name", entry.Name);
            Write("form", TrustIndex.Word(entry.Form));
            Write("model", row.Model);
            Number("signerAnchors", row.Count(TrustPurpose.Signer));
            Number("timeStampAnchors", row.Count(TrustPurpose.TimeStamp));
            Number("allowed", row.Allowed);
            Number("incidents", row.Loaded?.Incidents?.Count ?? 0);
            Number("sequenceNumber", entry.Number);
            Time("issued", entry.Issued);
            Write("source", entry.Source);
            Time("installed", entry.Installed);
            Time("checked", entry.Checked);
            Number("days", row.Days);
            Flag("isOld", row.IsOld);
            Write("sha256", entry.Main.Sha256);
            Write("pinnedSigner", entry.SignerSha256);
            Write("signature", row.Signature is null ? null : row.Signature.IsGood ? "good" : "bad");
            Write("damage", row.Damage?.Message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        return text + "\n";

        void Write(string name, string? value)
        {
            json.WritePropertyName(name);
            json.WriteValue(value);
        }

        void Number(string name, long? value)
        {
            json.WritePropertyName(name);
            json.WriteValue(value);
        }

        void Flag(string name, bool value)
        {
            json.WritePropertyName(name);
            json.WriteValue(value);
        }

        void Time(string name, DateTimeOffset? value) => Write(name, value?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }
}
