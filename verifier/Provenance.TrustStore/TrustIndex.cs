using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Provenance.Verifier.Labels;

namespace Provenance.TrustStore;

/// <summary>
/// The one file that says which lists are installed, in lines of a word and its value; the last holds the SHA-256 of all before it, so that
/// damage shows. Text and not JSON, because it is read at every start of the program.
/// </summary>
internal static class TrustIndex
{
    private const string First = "provenance-trust 1";

    private const int MostBytes = 1 << 20;

    public static string Write(IReadOnlyList<InstalledList> lists)
    {
        var text = new StringBuilder(First).Append('\n');
        foreach (var list in lists)
        {
            Line("list", list.Id);
            Line("form", Word(list.Form));
            Line("name", list.Name);
            Line("source", list.Source);
            Line("installed", ServedIndex.Moment(list.Installed));
            Line("checked", ServedIndex.Moment(list.Checked));
            if (list.Issued is { } issued)
                Line("issued", ServedIndex.Moment(issued));
            if (list.Number is { } number)
                Line("number", number.ToString(CultureInfo.InvariantCulture));
            if (list.SignerSha256 is { } signer)
                Line("signer", signer);
            if (list.IsForTimeStamps)
                Line("purpose", "time-stamp");
            foreach (var file in list.Files)
                Line("file", string.Create(CultureInfo.InvariantCulture, $"{file.Role} {file.Sha256} {file.Length}"));
        }
        string body = text.ToString();
        return $"{body}end {Digest(body)}\n";

        // A line break in a value would be a line of its own.
        void Line(string word, string value) => text.Append(word).Append(' ').Append(value.Replace('\n', ' ').Replace('\r', ' ')).Append('\n');
    }

    /// <exception cref="DamagedStoreException">The bytes are not what <see cref="Write"/> writes.</exception>
    public static List<InstalledList> Read(byte[] bytes)
    {
        if (bytes.Length > MostBytes)
            throw new DamagedStoreException("damage.too-long");
        string text = Encoding.UTF8.GetString(bytes);
        int end = text.LastIndexOf("\nend ", StringComparison.Ordinal) + 1;
        if (end == 0 || text[end..] != $"end {Digest(text[..end])}\n")
            throw new DamagedStoreException("damage.index");
        string[] lines = text[..(end - 1)].Split('\n');
        if (lines[0] != First)
            throw new DamagedStoreException("damage.version");
        var lists = new List<InstalledList>();
        for (int line = 1; line < lines.Length;)
            lists.Add(ReadList(lines, ref line));
        return lists;
    }

    private static InstalledList ReadList(string[] lines, ref int line)
    {
        if (!lines[line].StartsWith("list ", StringComparison.Ordinal))
            throw Strange(lines[line]);
        string id = lines[line++][5..];
        string? form = null, name = null, source = null, signer = null;
        DateTimeOffset? installed = null, last = null, issued = null;
        long? number = null;
        bool isForTimeStamps = false;
        var files = new List<InstalledFile>();
        for (; line < lines.Length && !lines[line].StartsWith("list ", StringComparison.Ordinal); line++)
        {
            int space = lines[line].IndexOf(' ');
            string value = space < 0 ? "" : lines[line][(space + 1)..];
            switch (space < 0 ? "" : lines[line][..space])
            {
                case "form":
                    form = value;
                    break;
                case "name":
                    name = value;
                    break;
                case "source":
                    source = value;
                    break;
                case "installed":
                    installed = Rfc3339.Parse(value);
                    break;
                case "checked":
                    last = Rfc3339.Parse(value);
                    break;
                case "issued":
                    issued = Rfc3339.Parse(value) ?? throw Strange(lines[line]);
                    break;
                case "number":
                    number = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long parsed) ? parsed : throw Strange(lines[line]);
                    break;
                case "signer":
                    signer = value;
                    break;
                case "purpose" when value == "time-stamp":
                    isForTimeStamps = true;
                    break;
                case "file" when value.Split(' ') is [var role, { Length: 64 } sha256, var size] && sha256.All(char.IsAsciiHexDigitLower)
                    && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out long length):
                    files.Add(new(role, sha256, length));
                    break;
                default:
                    throw Strange(lines[line]);
            }
        }
        return new InstalledList
        {
            Id = id,
            Form = FormOf(form) ?? throw Strange($"list {id}"),
            Name = name ?? throw Strange($"list {id}"),
            Source = source ?? throw Strange($"list {id}"),
            Installed = installed ?? throw Strange($"list {id}"),
            Checked = last ?? throw Strange($"list {id}"),
            Issued = issued,
            Number = number,
            SignerSha256 = signer,
            IsForTimeStamps = isForTimeStamps,
            Files = files.Count > 0 ? files : throw Strange($"list {id}"),
        };
    }

    public static string Word(ListForm form) => form switch
    {
        ListForm.TrustedEntities => "trusted-entities",
        ListForm.Pem => "pem",
        ListForm.Interim => "interim",
        ListForm.Signed => "signed",
        ListForm.Incidents => "incidents",
        ListForm.Server => "server",
        _ => "certificates",
    };

    private static ListForm? FormOf(string? word) => word switch
    {
        "trusted-entities" => ListForm.TrustedEntities,
        "pem" => ListForm.Pem,
        "interim" => ListForm.Interim,
        "signed" => ListForm.Signed,
        "incidents" => ListForm.Incidents,
        "certificates" => ListForm.Certificates,
        "server" => ListForm.Server,
        _ => null,
    };

    private static DamagedStoreException Strange(string line) => new("damage.strange", "line", DisplayText.Clean(line, 60));

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
