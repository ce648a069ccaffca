using System.Xml;
using System.Xml.Linq;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Reports;

namespace Provenance.Metadata;

/// <summary>
/// An XMP packet as a tree that holds nothing but the properties that are read: no document type, bounded in nodes and depth, and without
/// namespaces that nobody asked for, since the reader of RDF remembers each one it meets for as long as the program runs.
/// </summary>
internal static class XmpCut
{
    private const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", Meta = "adobe:ns:meta/", Xml = "http://www.w3.org/XML/1998/namespace";

    public const string ResourceEvent = "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#", IptcExtension = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";

    /// <summary>What stands inside the structures that are read: a step of a history, a place.</summary>
    public static IReadOnlyList<string> StepFields { get; } = ["action", "softwareAgent", "when"];

    public static IReadOnlyList<string> PlaceFields { get; } = ["Sublocation", "City", "ProvinceState", "CountryName"];

    /// <summary>The tree; null where the packet holds no property that is read.</summary>
    /// <exception cref="LimitExceededException">It has more nodes, or is nested deeper, than is read.</exception>
    /// <exception cref="MalformedDataException">It is no XML, or has a document type.</exception>
    public static XDocument? Of(ReadOnlyMemory<byte> packet)
    {
        // Zeros behind a packet are padding.
        packet = packet.TrimEnd((byte)0);
        try
        {
            Count(packet);
            using var reader = Open(packet);
            var document = XDocument.Load(reader);
            return Prune(document) ? document : null;
        }
        catch (XmlException e)
        {
            throw new MalformedDataException("XMP", 0, $"no well-formed XML without a document type, line {e.LineNumber}");
        }
    }

    private static XmlReader Open(ReadOnlyMemory<byte> packet) => XmlReader.Create(new MemoryStream(packet.ToArray(), writable: false), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreWhitespace = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = MetadataLimits.BlockBytes,
    });

    /// <summary>Counts before a tree is made.</summary>
    private static void Count(ReadOnlyMemory<byte> packet)
    {
        int nodes = 0;
        using var reader = Open(packet);
        while (reader.Read())
        {
            nodes += 1 + reader.AttributeCount;
            if (nodes > MetadataLimits.XmlNodes)
                throw new LimitExceededException("XMP", 0, nameof(MetadataLimits.XmlNodes), MetadataLimits.XmlNodes);
            if (reader.Depth > MetadataLimits.XmlDepth)
                throw new LimitExceededException("XMP", 0, nameof(MetadataLimits.XmlDepth), MetadataLimits.XmlDepth);
            if (reader.AttributeCount > MetadataLimits.XmlAttributes)
                throw new LimitExceededException("XMP", 0, nameof(MetadataLimits.XmlAttributes), MetadataLimits.XmlAttributes);
        }
    }

    /// <summary>Takes out what is not read; tells whether a property is left.</summary>
    private static bool Prune(XDocument document)
    {
        // Whatever stands outside of RDF's own elements is a property, or inside one.
        var dead = new HashSet<XElement>();
        bool isLeft = false;
        foreach (var element in document.Descendants())
        {
            bool isFrame = IsFrame(element.Name);
            if (!isFrame && !IsRead(element))
            {
                dead.Add(element);
                continue;
            }
            isLeft |= !isFrame;
            var declared = new HashSet<string>(StringComparer.Ordinal);
            foreach (var attribute in element.Attributes().ToList())
            {
                // One name for a namespace is enough.
                if (attribute.IsNamespaceDeclaration ? IsUnknown(attribute.Value) || !declared.Add(attribute.Value) : !IsRead(attribute, isFrame))
                    attribute.Remove();
                else
                    isLeft |= isFrame && !attribute.IsNamespaceDeclaration && MetadataProperties.Prefixes.ContainsKey(attribute.Name.NamespaceName);
            }
        }
        // One by one they would each be looked for among those that stay.
        foreach (var parent in dead.Select(element => element.Parent).OfType<XElement>().ToHashSet())
            parent.ReplaceNodes(parent.Nodes().Where(node => node is not XElement element || !dead.Contains(element)).ToList());
        return isLeft;
    }

    private static bool IsFrame(XName name) => name.NamespaceName is Rdf or Meta;

    /// <summary>A property stands in a description; of what stands in a property only the fields that are read: a reader looks through all of a structure for each more.</summary>
    private static bool IsRead(XElement element)
    {
        bool isProperty = element.Parent is { Name: { NamespaceName: Rdf, LocalName: "Description" } } parent && parent.Parent is { Name: { NamespaceName: Rdf, LocalName: "RDF" } };
        return isProperty ? IsProperty(element.Name) : IsField(element.Name);
    }

    private static bool IsRead(XAttribute attribute, bool isOfFrame) =>
        isOfFrame && attribute.Parent!.Parent is { Name: { NamespaceName: Rdf, LocalName: "RDF" } } && attribute.Name.NamespaceName != Rdf
            ? IsProperty(attribute.Name)
            : attribute.Name.NamespaceName is Rdf or Meta or Xml || IsField(attribute.Name)
                || attribute.Name is { NamespaceName: "", LocalName: "about" or "ID" or "nodeID" or "resource" or "parseType" }; // as RDF was written once

    private static bool IsField(XName name) =>
        (name.NamespaceName == ResourceEvent && StepFields.Contains(name.LocalName)) || (name.NamespaceName == IptcExtension && PlaceFields.Contains(name.LocalName));

    private static bool IsProperty(XName name) =>
        MetadataProperties.Prefixes.TryGetValue(name.NamespaceName, out string? prefix) && MetadataProperties.KeyOf($"{prefix}:{name.LocalName}") is not null;

    private static bool IsUnknown(string uri) => !(uri is Rdf or Meta or Xml or ResourceEvent or "" || MetadataProperties.Prefixes.ContainsKey(uri));
}
