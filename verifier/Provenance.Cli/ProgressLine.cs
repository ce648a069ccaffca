using System.Diagnostics;
using System.Globalization;

namespace Provenance.Cli;

/// <summary>
/// A bar on standard error once the work lasts over a second, if somebody is there to see it: how much of the bytes to be hashed was,
/// and of files that are all known before, how long it will take.
/// It is drawn over itself and leaves nothing behind.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private const int BarLength = 24;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1), Pause = TimeSpan.FromMilliseconds(200);

    private readonly Lock _drawing = new();
    private readonly VerifyOptions _options;
    private readonly Timer _timer;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly int _expected;
    private long _total, _done;
    private int _files;
    private bool _isShown, _isOver;

    private ProgressLine(VerifyOptions options, int expected, long total)
    {
        (_options, _expected, _total) = (options, expected, total);
        _timer = new Timer(_ => Draw(), null, Patience, Pause);
    }

    /// <summary>The line; null where standard error is no terminal.</summary>
    /// <param name="options">What was asked.</param>
    /// <param name="expected">How many files there will be; 0 if nobody knows.</param>
    /// <param name="total">Their bytes; negative if nobody counted.</param>
    public static ProgressLine? StartIfSeen(VerifyOptions options, int expected = 0, long total = -1) => Console.IsErrorRedirected ? null : new ProgressLine(options, expected, total);

    /// <summary>Begins a file; the file is done when the result is disposed of.</summary>
    public FileProgress Start(string file) => new(this, LengthOf(file) + _options.FragmentFiles.Sum(LengthOf));

    /// <summary>Wipes the line, so that answers can be written where it stood.</summary>
    public void Hide()
    {
        lock (_drawing)
        {
            if (_isShown)
                Console.Error.Write("\r\u001b[K");
            _isShown = false;
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_drawing)
            _isOver = true;
        Hide();
    }

    private static long LengthOf(string file)
    {
        try
        {
            return File.Exists(file) ? new FileInfo(file).Length : 0;
        }
        catch (IOException)
        {
            return 0; // gone meanwhile: whoever opens it tells
        }
    }

    /// <summary>How fast it goes, and how long it will take at that rate: by the bytes, which cost more than the number of files does.</summary>
    private string Left(int answered, long done)
    {
        var elapsed = Stopwatch.GetElapsedTime(_started);
        double share = _total > 0 ? (double)done / _total : (double)answered / _expected;
        var left = share > 0 ? elapsed * Math.Max(0, 1 / share - 1) : TimeSpan.Zero;
        return _options.Words.Say("progress.left",
            "rate", (answered / elapsed.TotalSeconds).ToString("N0", CultureInfo.InvariantCulture), "time", left.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture));
    }

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("N0", CultureInfo.InvariantCulture);

    private void Draw()
    {
        // How much there is in all can only be told of names that are all there already.
        if (_total < 0)
            _total = _options is { FilesFrom: null, Recursive: false } ? _options.Files.Concat(_options.FragmentFiles).Sum(LengthOf) : 0;
        long done = Interlocked.Read(ref _done);
        int answered = Volatile.Read(ref _files);
        string files = _options.Words.Count("count.files", answered);
        string line = _options.Words.Say("progress.files", "files", files, "done", Megabytes(done));
        if (_total > 0)
        {
            double share = Math.Min(1, (double)done / _total);
            int filled = (int)(share * BarLength);
            line = string.Create(CultureInfo.InvariantCulture, $"[{new string('#', filled)}{new string('.', BarLength - filled)}] {share * 100,3:0} %  ")
                + _options.Words.Say("progress.of", "files", files, "done", Megabytes(done), "total", Megabytes(_total));
        }
        if (_expected > 0 && answered > 0)
            line += _options.Words.List(["", Left(answered, done)]);
        lock (_drawing)
        {
            if (_isOver)
                return;
            Console.Error.Write($"\r{line}\u001b[K");
            _isShown = true;
        }
    }

    /// <summary>One file's part. What was not hashed of it counts when it is done.</summary>
    internal sealed class FileProgress(ProgressLine line, long length) : IProgress<long>, IDisposable
    {
        private long _told;

        public void Report(long value)
        {
            long counted = Math.Min(value, length - _told);
            _told += counted;
            Interlocked.Add(ref line._done, counted);
        }

        public void Dispose()
        {
            Report(length);
            Interlocked.Increment(ref line._files);
        }
    }
}
