namespace Provenance.TestKit;

/// <summary>Digital source types that tests name.</summary>
public static class DigitalSource
{
    public const string Prefix = "http://cv.iptc.org/newscodes/digitalsourcetype/";
    public const string Camera = Prefix + "digitalCapture";
    public const string ArtificialIntelligence = Prefix + "trainedAlgorithmicMedia";
    public const string CompositeWithAi = Prefix + "compositeWithTrainedAlgorithmicMedia";
    public const string HumanEdits = Prefix + "humanEdits";
    public const string Composite = Prefix + "composite";
    public const string DigitalCreation = Prefix + "digitalCreation";
}
