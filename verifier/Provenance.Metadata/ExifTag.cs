using Provenance.Verifier.Reports;

namespace Provenance.Metadata;

/// <summary>The directories of EXIF that are read. The first one's neighbours are thumbnails and further pages.</summary>
internal enum ExifDirectory
{
    /// <summary>The first directory of the TIFF structure.</summary>
    Main,

    /// <summary>What a camera noted, behind tag 34665.</summary>
    Camera,

    /// <summary>Where it was, behind tag 34853.</summary>
    Position,
}

/// <summary>A tag of EXIF (CIPA DC-008:2023) that reports show or need. All others, maker notes among them, are not even handed to a parser.</summary>
/// <param name="Directory">Where it stands.</param>
/// <param name="Number">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Key">What it tells; null where it is read for the sake of another.</param>
internal sealed record ExifTag(ExifDirectory Directory, ushort Number, string Name, MetadataKey? Key)
{
    /// <summary>Tags that point to the other directories.</summary>
    public const ushort CameraPointer = 0x8769, PositionPointer = 0x8825;

    /// <summary>Offsets of the clock from UTC, beside the times they belong to.</summary>
    public const ushort OffsetTime = 0x9010, OffsetTimeOriginal = 0x9011, OffsetTimeDigitized = 0x9012;

    public const ushort DateTime = 0x0132, DateTimeOriginal = 0x9003, DateTimeDigitized = 0x9004, UserComment = 0x9286;

    public static IReadOnlyList<ExifTag> All { get; } =
    [
        new(ExifDirectory.Main, 0x010E, "ImageDescription", MetadataKey.CaptionDescription),
        new(ExifDirectory.Main, 0x010F, "Make", MetadataKey.CameraMake),
        new(ExifDirectory.Main, 0x0110, "Model", MetadataKey.CameraModel),
        new(ExifDirectory.Main, 0x0131, "Software", MetadataKey.Software),
        new(ExifDirectory.Main, DateTime, "DateTime", MetadataKey.TimeModified),
        new(ExifDirectory.Main, 0x013B, "Artist", MetadataKey.Creator),
        new(ExifDirectory.Main, 0x013C, "HostComputer", MetadataKey.DeviceHost),
        new(ExifDirectory.Main, 0x8298, "Copyright", MetadataKey.Rights),
        new(ExifDirectory.Main, 0x9C9B, "XPTitle", MetadataKey.CaptionTitle),
        new(ExifDirectory.Main, 0x9C9C, "XPComment", MetadataKey.CaptionComment),
        new(ExifDirectory.Main, 0x9C9D, "XPAuthor", MetadataKey.Creator),
        new(ExifDirectory.Main, 0x9C9E, "XPKeywords", MetadataKey.CaptionKeywords),
        new(ExifDirectory.Main, 0xC62F, "CameraSerialNumber", MetadataKey.DeviceSerial), // DNG 1.7
        new(ExifDirectory.Camera, 0x829A, "ExposureTime", MetadataKey.CameraExposure),
        new(ExifDirectory.Camera, 0x829D, "FNumber", MetadataKey.CameraAperture),
        new(ExifDirectory.Camera, 0x8827, "PhotographicSensitivity", MetadataKey.CameraIso),
        new(ExifDirectory.Camera, DateTimeOriginal, "DateTimeOriginal", MetadataKey.TimeOriginal),
        new(ExifDirectory.Camera, DateTimeDigitized, "DateTimeDigitized", MetadataKey.TimeDigitized),
        new(ExifDirectory.Camera, OffsetTime, "OffsetTime", null),
        new(ExifDirectory.Camera, OffsetTimeOriginal, "OffsetTimeOriginal", null),
        new(ExifDirectory.Camera, OffsetTimeDigitized, "OffsetTimeDigitized", null),
        new(ExifDirectory.Camera, 0x920A, "FocalLength", MetadataKey.CameraFocalLength),
        new(ExifDirectory.Camera, UserComment, "UserComment", MetadataKey.CaptionComment),
        new(ExifDirectory.Camera, 0xA430, "CameraOwnerName", MetadataKey.OwnerName),
        new(ExifDirectory.Camera, 0xA431, "BodySerialNumber", MetadataKey.DeviceSerial),
        new(ExifDirectory.Camera, 0xA434, "LensModel", MetadataKey.CameraLens),
        new(ExifDirectory.Camera, 0xA435, "LensSerialNumber", MetadataKey.DeviceLensSerial),
        new(ExifDirectory.Position, 0x01, "GPSLatitudeRef", null),
        new(ExifDirectory.Position, 0x02, "GPSLatitude", MetadataKey.LocationLatitude),
        new(ExifDirectory.Position, 0x03, "GPSLongitudeRef", null),
        new(ExifDirectory.Position, 0x04, "GPSLongitude", MetadataKey.LocationLongitude),
        new(ExifDirectory.Position, 0x05, "GPSAltitudeRef", null),
        new(ExifDirectory.Position, 0x06, "GPSAltitude", MetadataKey.LocationAltitude),
        new(ExifDirectory.Position, 0x07, "GPSTimeStamp", MetadataKey.TimeGps),
        new(ExifDirectory.Position, 0x1D, "GPSDateStamp", null),
    ];

    /// <summary>The tag of a number; null where nothing is read of it.</summary>
    public static ExifTag? Find(ExifDirectory directory, ushort number) => All.FirstOrDefault(tag => tag.Directory == directory && tag.Number == number);
}
