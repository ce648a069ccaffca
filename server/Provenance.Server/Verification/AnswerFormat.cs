namespace Provenance.Server.Verification;

/// <summary>How a verdict is told.</summary>
internal enum AnswerFormat
{
    Json,
    C2paTool,
    CrJson,
    Html,
}
