using System.ComponentModel.DataAnnotations;

namespace Provenance.Server.Verification.Labels;

/// <summary>Files whose labels are wanted.</summary>
internal sealed record LabelsRequest
{
    public const int Most = 100;

    /// <summary>SHA-256 digests in hex, or URLs that /api/v1/verify-url was asked for.</summary>
    [Required]
    [Length(1, Most)]
    public IReadOnlyList<string?>? Items { get; init; }
}
