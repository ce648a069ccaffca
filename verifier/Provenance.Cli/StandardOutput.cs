using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Provenance.Cli;

/// <summary>Standard output, in UTF-8 with plain line ends on every system.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Lives as long as the process; to dispose of it would be to write into a pipe that may be closed.")]
internal sealed class StandardOutput
{
    private readonly StreamWriter _writer = new(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 14);
    private readonly Lock _writing = new();
    private bool _isClosed;

    /// <exception cref="OutputClosedException">Nobody reads any more.</exception>
    public void Write(string text)
    {
        try
        {
            lock (_writing)
            {
                if (!_isClosed)
                    _writer.Write(text);
            }
        }
        catch (IOException e)
        {
            throw new OutputClosedException(e);
        }
    }

    /// <exception cref="OutputClosedException">Nobody reads any more.</exception>
    public void Flush()
    {
        try
        {
            lock (_writing)
                _writer.Flush();
        }
        catch (IOException e)
        {
            throw new OutputClosedException(e);
        }
    }

    /// <summary>Writes out what was written so far; what comes after is dropped. For the end of a program whose threads may still be at work.</summary>
    public void Close()
    {
        try
        {
            lock (_writing)
            {
                _isClosed = true;
                _writer.Flush();
            }
        }
        catch (IOException)
        {
            // Nobody is left to tell.
        }
    }
}

/// <summary>Standard output takes no more: whoever read it has seen enough ("| head").</summary>
internal sealed class OutputClosedException(Exception inner) : Exception("Standard output is closed.", inner);
