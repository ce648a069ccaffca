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

    /// <summary>What stands inside the structures that are read: a place, a step of a history.</summary>
    private const string ResourceEvent = "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#";

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
        }
    }

    /// <summary>Takes out what is not read; tells whether a property is left.</summary>
    private static bool Prune(XDocument document)
    {
        // Whatever stands outside of RDF's own elements is a property, or inside one.
        var dead = new List<XElement>();
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
            foreach (var attribute in element.Attributes().ToList())
            {
                if (attribute.IsNamespaceDeclaration ? IsUnknown(attribute.Value) : !IsRead(attribute, isFrame))
                    attribute.Remove();
                else
                    isLeft |= isFrame && !attribute.IsNamespaceDeclaration && MetadataProperties.Prefixes.ContainsKey(attribute.Name.NamespaceName);
            }
        }
        foreach (var element in dead)
            element.Remove();
        return isLeft;
    }

    private static bool IsFrame(XName name) => name.NamespaceName is Rdf or Meta;

    /// <summary>A property stands in a description; what stands in a property belongs to it if its namespace is a known one.</summary>
    private static bool IsRead(XElement element)
    {
        bool isProperty = element.Parent is { Name: { NamespaceName: Rdf, LocalName: "Description" } } parent && parent.Parent is { Name: { NamespaceName: Rdf, LocalName: "RDF" } };
        return isProperty ? IsProperty(element.Name) : !IsUnknown(element.Name.NamespaceName);
    }

    private static bool IsRead(XAttribute attribute, bool isOfFrame) =>
        isOfFrame && attribute.Parent!.Parent is { Name: { NamespaceName: Rdf, LocalName: "RDF" } } && attribute.Name.NamespaceName != Rdf
            ? IsProperty(attribute.Name)
            : !IsUnknown(attribute.Name.NamespaceName);

    private static bool IsProperty(XName name) =>
        MetadataProperties.Prefixes.TryGetValue(name.NamespaceName, out string? prefix) && MetadataProperties.KeyOf($"{prefix}:{name.LocalName}") is not null;

    private static bool IsUnknown(string uri) => !(uri is Rdf or Meta or Xml or ResourceEvent or "" || MetadataProperties.Prefixes.ContainsKey(uri));
}
