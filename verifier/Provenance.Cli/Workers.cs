using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace Provenance.Cli;

/// <summary>
/// Answers questions several at a time, and delivers the answers in the order of the questions. Each worker takes a question, answers it
/// and delivers the answer itself, unless an earlier one is not ready yet: who asks and waits for each answer waits for no second thread.
/// </summary>
/// <param name="questions">Taken one by one; may block until there is a next one.</param>
/// <param name="answer">Makes an answer; called by several threads at once.</param>
/// <param name="deliver">Takes the next answer; called by one thread at a time, and told whether no other answer is ready.</param>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A worker left behind may still use the semaphores, which hold nothing but memory.")]
internal sealed class Workers<TQuestion, TAnswer>(IEnumerator<TQuestion> questions, Func<TQuestion, Task<TAnswer>> answer, Action<TAnswer, bool> deliver)
{
    /// <summary>Questions taken whose answers are not delivered, whether they are being answered or wait for an earlier one.</summary>
    private const int MostAhead = 256;

    private readonly SemaphoreSlim _taking = new(1), _places = new(MostAhead);
    private readonly Dictionary<long, TAnswer> _ready = [];
    private ExceptionDispatchInfo? _fault;
    private long _taken, _delivered;
    private bool _isOver;

    /// <summary>
    /// Ends when every question is answered, or at the first exception of <c>answer</c> or <c>deliver</c>; the other workers are left
    /// behind then, and one may still wait for a question. An exception of the questions comes after the answers to those before it.
    /// </summary>
    public async Task RunAsync(int count, CancellationToken cancellation)
    {
        var workers = Enumerable.Range(0, count).Select(_ => Task.Run(() => WorkAsync(cancellation), cancellation)).ToList();
        await foreach (var worker in Task.WhenEach(workers).WithCancellation(cancellation).ConfigureAwait(false))
            await worker.ConfigureAwait(false);
        _fault?.Throw();
    }

    private async Task WorkAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await _places.WaitAsync(cancellation).ConfigureAwait(false);
            await _taking.WaitAsync(cancellation).ConfigureAwait(false);
            TQuestion question;
            long turn;
            try
            {
                if (!MoveNext())
                {
                    _places.Release();
                    return;
                }
                (question, turn) = (questions.Current, _taken++);
            }
            finally
            {
                _taking.Release();
            }
            Deliver(turn, await answer(question).ConfigureAwait(false));
        }
    }

    private bool MoveNext()
    {
        try
        {
            _isOver = _isOver || !questions.MoveNext();
        }
        catch (Exception e) when (e is UsageException or IOException)
        {
            _fault = ExceptionDispatchInfo.Capture(e);
            _isOver = true;
        }
        return !_isOver;
    }

    private void Deliver(long turn, TAnswer ready)
    {
        lock (_ready)
        {
            _ready.Add(turn, ready);
            while (_ready.Remove(_delivered, out var next))
            {
                _delivered++;
                _places.Release();
                deliver(next, !_ready.ContainsKey(_delivered));
            }
        }
    }
}
