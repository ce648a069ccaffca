namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>A person or foundry.</summary>
internal sealed record FontEntity(string Name, string? Url)
{
    public static FontEntity? Read(Fields? fields) => fields?.Text("name") is { } name ? new(name, fields.Text("url")) : null;
}

/// <summary>Who designed what of a font.</summary>
internal sealed record FontDesigner(FontEntity Person, FontEntity? Foundry, string? Contribution, ClaimedTime? Start, ClaimedTime? End)
{
    public static FontDesigner? Read(Fields fields) => FontEntity.Read(fields.Map("person")) is { } person
        ? new(person, FontEntity.Read(fields.Map("foundry")), fields.Text("contribution"), fields.Time("startDate"), fields.Time("endDate"))
        : null;
}

/// <summary>"font.info", once "c2pa.font.info" (C2PA 2.5 §16.6.4): name, make and rights of a font.</summary>
internal sealed record FontInfoAssertion : AssertionModel
{
    public string? FullName { get; init; }

    public string? Version { get; init; }

    public string? VersionUrl { get; init; }

    public ClaimedTime? ReleaseDate { get; init; }

    public string? FamilyName { get; init; }

    public string? Style { get; init; }

    /// <summary>Name of the weight, for instance "Bold".</summary>
    public string? WeightClass { get; init; }

    /// <summary>1 to 1000; 400 is normal.</summary>
    public long? Weight { get; init; }

    public string? PostScriptName { get; init; }

    public string? Format { get; init; }

    public string? CopyrightNotice { get; init; }

    public FontEntity? CopyrightHolder { get; init; }

    public IReadOnlyList<long> CopyrightYears { get; init; } = [];

    public IReadOnlyList<FontDesigner> Designers { get; init; } = [];

    public FontEntity? DesignFoundry { get; init; }

    public FontEntity? SourceFoundry { get; init; }

    public string? Identifier { get; init; }

    public static FontInfoAssertion Read(AssertionReading reading)
    {
        var fields = reading.Map();
        var weight = fields.Map("weight");
        return new()
        {
            FullName = fields.Text("fullName"),
            Version = fields.Text("version"),
            VersionUrl = fields.Text("versionUrl"),
            ReleaseDate = fields.Time("releaseDate"),
            FamilyName = fields.Text("familyName"),
            Style = fields.Text("style"),
            WeightClass = weight?.Text("class"),
            Weight = weight?.Integer("value"),
            PostScriptName = fields.Text("postScriptName"),
            Format = fields.Text("format"),
            CopyrightNotice = fields.Text("copyrightNotice"),
            CopyrightHolder = FontEntity.Read(fields.Map("copyrightHolder")),
            CopyrightYears = fields.Values("copyrightYears", "a year", value => value.Int64),
            Designers = fields.Maps("designers", FontDesigner.Read),
            DesignFoundry = FontEntity.Read(fields.Map("designFoundry")),
            SourceFoundry = FontEntity.Read(fields.Map("sourceFoundry")),
            Identifier = fields.Text("identifier"),
        };
    }
}
