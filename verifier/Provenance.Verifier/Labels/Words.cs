using System.Globalization;
using System.Text;

namespace Provenance.Verifier.Labels;

/// <summary>
/// Everything we say to people, in one language: sentences and terms by key, from Words.en.json and Words.ko.json. The same two files
/// speak for the command line, HTML, the web page and the extension. What a file says is put in as it is, at the places a sentence names
/// with {braces}: clean it first (<see cref="DisplayText.Clean"/>).
/// </summary>
public sealed class Words
{
    private static Words? s_english, s_korean;
    private readonly WordsFile _file;
    private volatile Dictionary<string, string> _said = new(StringComparer.Ordinal);

    private Words(Language language, string code)
    {
        Language = language;
        Code = code;
        _file = WordsFile.Open($"Words.{code}.json");
    }

    /// <summary>The words of English.</summary>
    public static Words English => s_english ??= new(Language.English, "en");

    /// <summary>The words of Korean.</summary>
    public static Words Korean => s_korean ??= new(Language.Korean, "ko");

    /// <summary>The language.</summary>
    public Language Language { get; }

    /// <summary>Its code as RFC 5646 has it, "en" or "ko".</summary>
    public string Code { get; }

    /// <summary>Every key.</summary>
    public IReadOnlyCollection<string> Keys => _file.Keys;

    /// <summary>The words of a language.</summary>
    public static Words Of(Language language) => language == Language.Korean ? Korean : English;

    /// <summary>Whether there are words for a key.</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>The words for a key as they stand; a key that is not there is a fault of ours.</summary>
    /// <exception cref="KeyNotFoundException">There are none.</exception>
    public string Say(string key) => Find(key) ?? throw new KeyNotFoundException($"Words.{Code}.json has no '{key}'");

    /// <summary>The words for a key with what belongs into their places. What is put in is not read again for places.</summary>
    /// <param name="key">The key.</param>
    /// <param name="values">Names of places, each followed by what stands there.</param>
    /// <exception cref="KeyNotFoundException">There are no words, or a place has no value.</exception>
    public string Say(string key, params string[] values)
    {
        string text = Say(key);
        var said = new StringBuilder(text.Length + 64);
        int at = 0;
        while (text.IndexOf('{', at) is >= 0 and int open)
        {
            int close = text.IndexOf('}', open);
            said.Append(text, at, open - at).Append(Value(key, text[(open + 1)..close], values));
            at = close + 1;
        }
        return said.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>The words for a number of things: those of "key.one" for one, where the language tells one from many. {n} is the number.</summary>
    public string Count(string key, long n) => Say(n == 1 && Has(key + ".one") ? key + ".one" : key, "n", Number(n));

    /// <summary>The words for a term of somebody's list, or the term itself, cleaned, where we have none.</summary>
    /// <param name="family">The keys' beginning, for instance "action".</param>
    /// <param name="term">The term as written, for instance "c2pa.cropped".</param>
    public string Term(string family, string term) =>
        Find($"{family}.{term}") ?? DisplayText.Clean(term, 80);

    /// <summary>Things named one after another.</summary>
    public string List(IEnumerable<string> things) => string.Join(Say("list.separator"), things);

    /// <summary>A number of things with its thousands apart.</summary>
    public static string Number(long n) => n.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A moment, for instance "21 Nov 2026 12:00 UTC".</summary>
    public string Moment(DateTimeOffset time) => time.UtcDateTime.ToString(Say("date.moment"), CultureInfo.InvariantCulture);

    /// <summary>A time of which nobody recorded the zone, as it was written.</summary>
    public string LocalMoment(DateTime time) => Say("date.without-zone", "time", time.ToString(Say("date.local"), CultureInfo.InvariantCulture));

    /// <summary>A day, for instance "21 Nov 2026".</summary>
    public string Day(DateTimeOffset time) => time.UtcDateTime.ToString(Say("date.day"), CultureInfo.InvariantCulture);

    /// <summary>
    /// The words of a key. Those found are kept, for whoever verifies many files; what is no key, and may be a file's word, is not. What is
    /// kept is never changed but replaced: of two calls at once one may look again later.
    /// </summary>
    private string? Find(string key)
    {
        var said = _said;
        if (!said.TryGetValue(key, out string? text) && (text = _file.Find(key)) is not null)
            _said = new(said, StringComparer.Ordinal) { [key] = text };
        return text;
    }

    private static string Value(string key, string place, string[] values)
    {
        for (int i = 0; i + 1 < values.Length; i += 2)
        {
            if (values[i] == place)
                return values[i + 1];
        }
        throw new KeyNotFoundException($"'{key}' has a place '{place}' that nothing was given for");
    }
}
