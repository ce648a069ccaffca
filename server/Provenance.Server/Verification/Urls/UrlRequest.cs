using System.ComponentModel.DataAnnotations;

namespace Provenance.Server.Verification.Urls;

/// <summary>What is to be fetched.</summary>
internal sealed record UrlRequest
{
    /// <summary>The URL, https alone.</summary>
    [Required(AllowEmptyStrings = true)]
    [MaxLength(4096)]
    public string? Url { get; init; }
}
