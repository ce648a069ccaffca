using System.Text;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Jumbf;
using Provenance.Verifier.Manifests;

namespace Provenance.Verifier.Reports;

/// <summary>Content boxes as nodes; what a box means depends on the superbox that holds it.</summary>
internal static class InspectionContent
{
    public static void Add(InspectionBranch parent, uint type, ReadOnlyMemory<byte> content, ByteRange? range, JumbfDescription? holder, InspectionContext context)
    {
        string name = JumbfType.Name(type);
        switch (type)
        {
            case JumbfType.Cbor when holder?.Type == JumbfType.Signature:
                parent.Add(name, range, null, branch => InspectionSignature.Add(branch, content, context));
                break;
            case JumbfType.Cbor:
                parent.Add(name, range, null, branch => AddCbor(branch, content, holder, context));
                break;
            case JumbfType.Json:
                parent.Add(name, DiagnosticText.Quote(Encoding.UTF8.GetString(content.Span[..Math.Min(content.Length, 2 * DiagnosticText.Length)])), range);
                break;
            case JumbfType.FileDescription:
                parent.Add(name, range, null, branch => AddFileDescription(branch, content));
                break;
            case JumbfType.Uuid:
                parent.Add(name, content.Length >= 16
                    ? $"{ContentType.Read(content.Span[..16])}, {content.Length - 16} bytes{(ContentType.Read(content.Span[..16]) == JumbfType.Redacted ? ": stands where an assertion was removed" : "")}"
                    : $"{content.Length} bytes", range);
                break;
            default:
                parent.Add(name, $"{content.Length} bytes: {DiagnosticText.Hex(content.Span[..Math.Min(content.Length, 16)])}", range);
                break;
        }
    }

    private static void AddCbor(InspectionBranch branch, ReadOnlyMemory<byte> content, JumbfDescription? holder, InspectionContext context)
    {
        var value = CborReader.Read(content, "CBOR box", context.Cbor);
        InspectionCbor.Add(branch, "value", value, context.Place);
        // Two assertions carry what a signature may carry too (C2PA 2.5 §16.3.9, §16.3.10).
        switch (AssertionLabel.Parse(holder?.Label ?? "").Base)
        {
            case AssertionLabels.TimeStamp:
                foreach (var (key, token) in value.Entries.Where(entry => entry.Value.Bytes is not null))
                    InspectionTime.Add(branch, $"time stamp for {DiagnosticText.Scalar(key)}", token.Bytes!.Value, context.Limits);
                break;
            case AssertionLabels.CertificateStatus:
                foreach (var response in (value["ocspVals"]?.Items ?? []).Where(item => item.Bytes is not null))
                    InspectionTime.AddOcsp(branch, response.Bytes!.Value, context.Limits);
                break;
        }
    }

    private static void AddFileDescription(InspectionBranch branch, ReadOnlyMemory<byte> content)
    {
        var cursor = new ByteCursor(content.Span, "embedded file description");
        byte toggles = cursor.ReadByte();
        branch.Add("toggles", $"0x{toggles:X2}");
        branch.Add("media type", DiagnosticText.Quote(Encoding.UTF8.GetString(cursor.ReadToNul())));
        if ((toggles & 0x01) != 0)
            branch.Add("file name", DiagnosticText.Quote(Encoding.UTF8.GetString(cursor.ReadToNul())));
    }
}
