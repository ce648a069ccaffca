namespace Provenance.Verifier.Reports;

/// <summary>
/// What a piece of metadata tells, whatever standard it is written in: the one closed list. Each has its words under "metadata." and its
/// <see cref="Name"/>.
/// </summary>
public sealed class MetadataKey
{
    private static readonly List<MetadataKey> Keys = [];

    private MetadataKey(string name, MetadataPrivacy privacy)
    {
        (Name, Privacy) = (name, privacy);
        Keys.Add(this);
    }

    /// <summary>For instance "camera.make": the same in JSON in every language.</summary>
    public string Name { get; }

    /// <summary>Whose privacy it touches.</summary>
    public MetadataPrivacy Privacy { get; }

    /// <summary>All of them, in the order in which reports show them.</summary>
    public static IReadOnlyList<MetadataKey> All => Keys;

    /// <summary>Maker of the camera.</summary>
    public static readonly MetadataKey CameraMake = Open("camera.make");

    /// <summary>Model of the camera.</summary>
    public static readonly MetadataKey CameraModel = Open("camera.model");

    /// <summary>Lens, maker and model.</summary>
    public static readonly MetadataKey CameraLens = Open("camera.lens");

    /// <summary>Exposure time, in seconds.</summary>
    public static readonly MetadataKey CameraExposure = Open("camera.exposure");

    /// <summary>F-number.</summary>
    public static readonly MetadataKey CameraAperture = Open("camera.aperture");

    /// <summary>ISO speed.</summary>
    public static readonly MetadataKey CameraIso = Open("camera.iso");

    /// <summary>Focal length, in millimetres.</summary>
    public static readonly MetadataKey CameraFocalLength = Open("camera.focalLength");

    /// <summary>When it was taken or first made.</summary>
    public static readonly MetadataKey TimeOriginal = Open("time.original");

    /// <summary>When it was made digital.</summary>
    public static readonly MetadataKey TimeDigitized = Open("time.digitized");

    /// <summary>When the file was last changed.</summary>
    public static readonly MetadataKey TimeModified = Open("time.modified");

    /// <summary>The time of the satellites' clock.</summary>
    public static readonly MetadataKey TimeGps = Open("time.gps");

    /// <summary>Degrees north, south negative.</summary>
    public static readonly MetadataKey LocationLatitude = new("location.latitude", MetadataPrivacy.Location);

    /// <summary>Degrees east, west negative.</summary>
    public static readonly MetadataKey LocationLongitude = new("location.longitude", MetadataPrivacy.Location);

    /// <summary>Metres above sea level.</summary>
    public static readonly MetadataKey LocationAltitude = new("location.altitude", MetadataPrivacy.Location);

    /// <summary>A place, city, state or country in words.</summary>
    public static readonly MetadataKey LocationName = new("location.name", MetadataPrivacy.Location);

    /// <summary>Serial number of the camera.</summary>
    public static readonly MetadataKey DeviceSerial = new("device.serial", MetadataPrivacy.Device);

    /// <summary>Serial number of the lens.</summary>
    public static readonly MetadataKey DeviceLensSerial = new("device.lensSerial", MetadataPrivacy.Device);

    /// <summary>Name of the computer, which is often its owner's.</summary>
    public static readonly MetadataKey DeviceHost = new("device.host", MetadataPrivacy.Device);

    /// <summary>Owner of the camera.</summary>
    public static readonly MetadataKey OwnerName = new("owner.name", MetadataPrivacy.Owner);

    /// <summary>The program that wrote the file.</summary>
    public static readonly MetadataKey Software = Open("software");

    /// <summary>A step of the history that a program kept in XMP.</summary>
    public static readonly MetadataKey SoftwareHistory = Open("software.history");

    /// <summary>Title.</summary>
    public static readonly MetadataKey CaptionTitle = Open("caption.title");

    /// <summary>Headline.</summary>
    public static readonly MetadataKey CaptionHeadline = Open("caption.headline");

    /// <summary>Description or caption.</summary>
    public static readonly MetadataKey CaptionDescription = Open("caption.description");

    /// <summary>Keywords.</summary>
    public static readonly MetadataKey CaptionKeywords = Open("caption.keywords");

    /// <summary>Comment.</summary>
    public static readonly MetadataKey CaptionComment = Open("caption.comment");

    /// <summary>Who made it.</summary>
    public static readonly MetadataKey Creator = Open("creator");

    /// <summary>Credit line.</summary>
    public static readonly MetadataKey Credit = Open("credit");

    /// <summary>Supplier or origin.</summary>
    public static readonly MetadataKey Source = Open("source");

    /// <summary>Copyright notice.</summary>
    public static readonly MetadataKey Rights = Open("rights");

    /// <summary>Terms of use.</summary>
    public static readonly MetadataKey RightsTerms = Open("rights.terms");

    /// <summary>Where rights are told, a URL as written.</summary>
    public static readonly MetadataKey RightsUrl = Open("rights.url");

    /// <summary>Whether the rights allow data mining (PLUS).</summary>
    public static readonly MetadataKey RightsDataMining = Open("rights.dataMining");

    /// <summary>What kind of source it came from (IPTC digital source type).</summary>
    public static readonly MetadataKey SourceType = Open("sourceType");

    /// <summary>The program or service that generated it.</summary>
    public static readonly MetadataKey GeneratorName = Open("generator.name");

    /// <summary>The model that generated it.</summary>
    public static readonly MetadataKey GeneratorModel = Open("generator.model");

    /// <summary>What the generator was asked for.</summary>
    public static readonly MetadataKey GeneratorPrompt = Open("generator.prompt");

    /// <summary>Settings of the generator, or its workflow, as written.</summary>
    public static readonly MetadataKey GeneratorSettings = Open("generator.settings");

    /// <summary>A label that the law of a country asks of generated content, as written.</summary>
    public static readonly MetadataKey GeneratorLabel = Open("generator.label");

    /// <summary>The colour profile's own name.</summary>
    public static readonly MetadataKey ColourProfile = Open("colour.profile");

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static MetadataKey Open(string name) => new(name, MetadataPrivacy.Open);
}
