using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;

namespace Provenance.Presentation;

/// <summary>How metadata is told, signed or not.</summary>
internal static class MetadataWords
{
    private const int ValueLength = 160;

    /// <summary>A value fit for display: times like all others, terms of the IPTC in words.</summary>
    public static string ValueOf(MetadataKey key, string value, MetadataTime? time, Words words)
    {
        if (time is not null)
            return time.Exact is { } exact ? words.Moment(exact) : words.LocalMoment(time.Local);
        return key == MetadataKey.SourceType ? words.Term("source-type", value[(value.LastIndexOf('/') + 1)..]) : DisplayText.Clean(value, ValueLength);
    }

    /// <summary>A row for each kind of personal data that is there and not shown.</summary>
    public static IEnumerable<PageRow> Hidden(PageContext page, IEnumerable<MetadataPrivacy> there) => there
        .Where(privacy => !page.MayShow(privacy)).Distinct().Order()
        .Select(privacy => new PageRow(page.Words.Say("metadata-privacy." + ReportMetadataJson.Privacy(privacy)), page.Words.Say("metadata.hidden")));
}
