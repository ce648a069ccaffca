namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>"c2pa.asset-type" and ".v2" (C2PA 2.5 §16.6.3): what the asset is beyond its media type.</summary>
/// <param name="Format">Media type, as stated (v2).</param>
/// <param name="Types">Kinds; version 1 may name just one, without a list.</param>
internal sealed record AssetTypeAssertion(string? Format, IReadOnlyList<AssetType> Types) : AssertionModel
{
    public static AssetTypeAssertion Read(AssertionReading reading)
    {
        var fields = reading.Map();
        return new(fields.Text("dc:format"), fields["types"] is null && AssetType.Read(fields) is { } only ? [only] : fields.Maps("types", AssetType.Read));
    }
}

/// <summary>"c2pa.depthmap.GDepth" (§16.6.5): how far what is seen was from the camera. The picture it holds is not decoded.</summary>
internal sealed record DepthMapAssertion : AssertionModel
{
    /// <summary>"RangeInverse" or "RangeLinear".</summary>
    public string? Format { get; init; }

    /// <summary>In <see cref="Units"/>.</summary>
    public double? Near { get; init; }

    /// <summary>In <see cref="Units"/>.</summary>
    public double? Far { get; init; }

    /// <summary>"m" or "mm".</summary>
    public string? Units { get; init; }

    public string? MeasureType { get; init; }

    /// <summary>Media type of the depth picture, as stated.</summary>
    public string? MediaType { get; init; }

    /// <summary>The depth picture in Base64, as stored.</summary>
    public string? Data { get; init; }

    public string? Manufacturer { get; init; }

    public string? Model { get; init; }

    public string? Software { get; init; }

    /// <summary>Pixels of the picture it belongs to.</summary>
    public double? ImageWidth { get; init; }

    /// <summary>Pixels of the picture it belongs to.</summary>
    public double? ImageHeight { get; init; }

    public static DepthMapAssertion Read(AssertionReading reading)
    {
        var fields = reading.Map();
        return new()
        {
            Format = fields.Text("GDepth:Format"),
            Near = fields.Number("GDepth:Near"),
            Far = fields.Number("GDepth:Far"),
            Units = fields.Text("GDepth:Units"),
            MeasureType = fields.Text("GDepth:MeasureType"),
            MediaType = fields.Text("GDepth:Mime"),
            Data = fields.Text("GDepth:Data"),
            Manufacturer = fields.Text("GDepth:Manufacturer"),
            Model = fields.Text("GDepth:Model"),
            Software = fields.Text("GDepth:Software"),
            ImageWidth = fields.Number("GDepth:ImageWidth"),
            ImageHeight = fields.Number("GDepth:ImageHeight"),
        };
    }
}
