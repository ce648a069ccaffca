using Provenance.Verifier.Cbor;

namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>A stretch of the media in milliseconds from its start.</summary>
internal sealed record SoftBindingTimespan(long Start, long End);

/// <summary>
/// A value in the algorithm's own terms. The standard has a byte string; all known files have text, of whose encoding nothing is known.
/// </summary>
/// <param name="Bytes">The bytes; of text its UTF-8.</param>
/// <param name="Text">The text, where it was written as such.</param>
internal sealed record SoftBindingValue(ReadOnlyMemory<byte> Bytes, string? Text)
{
    public static SoftBindingValue? Read(CborValue value) => value.Text is not null || value.Bytes is not null ? new(value.StringContent, value.Text) : null;
}

/// <summary>A watermark's or fingerprint's value over a part of the content.</summary>
/// <param name="Timespan">The part in time.</param>
/// <param name="Region">The part as a region.</param>
/// <param name="Extent">The part in the algorithm's own terms (deprecated).</param>
/// <param name="Value">The value.</param>
internal sealed record SoftBindingBlock(SoftBindingTimespan? Timespan, RegionOfInterest? Region, SoftBindingValue? Extent, SoftBindingValue? Value);

/// <summary>
/// "c2pa.soft-binding" (C2PA 2.5 §16.3.7): what a watermark carries or a fingerprint gives, to find the manifest again. It proves nothing
/// about the content, and is not checked.
/// </summary>
internal sealed record SoftBindingAssertion : AssertionModel
{
    /// <summary>From the list of soft binding algorithms, for instance "com.adobe.trustmark.P".</summary>
    public string? Algorithm { get; init; }

    public IReadOnlyList<SoftBindingBlock> Blocks { get; init; } = [];

    public string? Name { get; init; }

    public ReadOnlyMemory<byte>? AlgorithmParameters { get; init; }

    /// <summary>The algorithm or its author in words.</summary>
    public string? BindingDescription { get; init; }

    public string? Contact { get; init; }

    public string? InformationalUrl { get; init; }

    /// <summary>Never had a meaning (deprecated).</summary>
    public string? Url { get; init; }

    public static SoftBindingAssertion Read(AssertionReading reading)
    {
        var fields = reading.Map();
        var binding = fields.Map("bindingMetadata");
        return new()
        {
            Algorithm = fields.Text("alg"),
            Blocks = fields.Maps("blocks", ReadBlock),
            Name = fields.Text("name"),
            AlgorithmParameters = fields.Bytes("alg-params"),
            BindingDescription = binding?.Text("description"),
            Contact = binding?.Text("contact"),
            InformationalUrl = binding?.Text("informationalUrl"),
            Url = fields.Text("url"),
        };
    }

    private static SoftBindingBlock ReadBlock(Fields block)
    {
        var scope = block.Map("scope");
        var timespan = scope?.Map("timespan");
        return new(
            timespan?.Integer("start") is { } start && timespan.Integer("end") is { } end ? new(start, end) : null,
            scope?.Map("region") is { } region ? RegionOfInterest.Read(region) : null,
            scope?.Read("extent", "a byte string", SoftBindingValue.Read),
            block.Read("value", "a byte string", SoftBindingValue.Read));
    }
}
