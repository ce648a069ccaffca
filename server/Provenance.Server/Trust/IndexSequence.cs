using System.Globalization;
using Provenance.Server.Storage;
using Provenance.Server.Telemetry;

namespace Provenance.Server.Trust;

/// <summary>
/// The number of the index. It is the time of the youngest change, so that servers over the same lists agree; but where lists went, or older files took
/// their place, no date tells it, and who follows the server refuses a lower number for ever. So the last number is kept, with what it stood for.
/// </summary>
/// <param name="folder">Where this server keeps files of its own; null where it has no such place.</param>
/// <param name="clock">The time.</param>
/// <param name="log">Where it is told that nothing can be kept.</param>
internal sealed class IndexSequence(string? folder, TimeProvider clock, ILogger log)
{
    public const string FileName = "trust-published";

    /// <summary>What an index can hold (RFC 8259 §6), with room for the next.</summary>
    private const long Most = (1L << 53) - 2;

    private readonly string? _file = folder is null ? null : Path.Combine(folder, FileName);
    private Held? _held;

    private sealed record Held(long Number, string Version);

    /// <summary>The number under which lists are handed on: another one, and a higher one, whenever they are others than before.</summary>
    public long Of(LoadedTrust lists)
    {
        long dated = lists.Changed?.ToUnixTimeMilliseconds() ?? 0;
        // Another server over the same folder may have been first.
        var held = Read() is { } kept && kept.Number > (_held?.Number ?? -1) ? kept : _held;
        long number = held is null ? dated
            : held.Version == lists.Version ? Math.Max(held.Number, dated)
            : dated > held.Number ? dated
            : Math.Max(held.Number + 1, clock.GetUtcNow().ToUnixTimeMilliseconds());
        if (number > dated && held?.Version != lists.Version)
            log.IndexUndated(number);
        _held = new(number, lists.Version);
        if (_held != held && number > 0)
            Write(_held);
        return number;
    }

    private Held? Read()
    {
        try
        {
            if (_file is null || !File.Exists(_file))
                return null;
            if (File.ReadAllText(_file).Split(' ', '\n') is [var number, { Length: > 0 } version, ""] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long n) && n <= Most)
                return new(n, version);
            log.IndexNotKept(_file, "it is damaged");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.IndexNotKept(_file!, e.Message);
        }
        return null;
    }

    private void Write(Held held)
    {
        if (_file is null)
        {
            log.IndexNotKept(FileName, "this account has no folder for programs' data");
            return;
        }
        try
        {
            PrivateFolder.Make(folder!);
            string beside = $"{_file}.{Guid.NewGuid():N}";
            File.WriteAllText(beside, string.Create(CultureInfo.InvariantCulture, $"{held.Number} {held.Version}\n"));
            File.Move(beside, _file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.IndexNotKept(_file, e.Message);
        }
    }
}
