using System.Diagnostics;
using System.Globalization;

namespace Provenance.Server.Tests.Storage;

/// <summary>A PostgreSQL of our own in a temporary folder, reached by a socket in it. Ends with us, even if we are killed.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    public const string Absent = "PostgreSQL is not installed (Debian: apt-get install postgresql)";

    private static readonly Lazy<Task<PostgresServer>> s_shared = new(() => StartAsync());
    private static int s_databases;

    // Whoever starts it keeps its standard input open. When that ends, the server is stopped and its folder deleted.
    private const string Guard = """
        bin=$1; data=$2; shift 2; pid=
        while read -r word; do
            case $word in
            start)
                # After a crash it refuses to start until the last of its processes has noticed.
                for try in $(seq 600); do
                    "$bin/pg_isready" -q -h "$data" && break
                    [ -n "$pid" ] && kill -0 $pid 2>/dev/null || { "$bin/postgres" -D "$data" -k "$data" -c listen_addresses= "$@" >>"$data.log" 2>&1 & pid=$!; }
                    sleep 0.05
                done
                "$bin/pg_isready" -q -h "$data" || exit 1
                echo started $pid ;;
            stop) kill -INT $pid; wait $pid; echo stopped ;;
            crash) kill -9 $pid; wait $pid 2>/dev/null; echo crashed ;;
            esac
        done
        kill -INT $pid 2>/dev/null && wait $pid
        rm -rf "$data" "$data.log"
        """;

    private readonly Process _guard;
    private readonly string _data;

    private PostgresServer(Process guard, string data) => (_guard, _data) = (guard, data);

    /// <summary>The folder of the newest one that is installed; null if there is none.</summary>
    public static string? Programs { get; } = new[] { "/usr/lib/postgresql" }.Where(Directory.Exists).SelectMany(Directory.GetDirectories)
        .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int version) ? version : 0)
        .Select(folder => Path.Combine(folder, "bin"))
        .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "pg_isready")));

    /// <summary>The postmaster's.</summary>
    public int ProcessId { get; private set; }

    public static bool IsHere => Programs is not null;

    /// <summary>The one that tests share which do not stop it.</summary>
    public static Task<PostgresServer> SharedAsync() => s_shared.Value;

    /// <summary>Starts another one.</summary>
    /// <param name="options">Further settings, as "name=value".</param>
    public static async Task<PostgresServer> StartAsync(params string[] options)
    {
        // Short, as the name of a socket may have 107 bytes.
        string data = Path.Combine(Path.GetTempPath(), $"pv-pg-{Guid.NewGuid():N}"[..20]);
        string bin = Programs!;
        using (var initdb = Process.Start(AsNobodySpecial(Path.Combine(bin, "initdb"), "-D", data, "-U", "provenance", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-instructions", "--no-sync"))!)
        {
            await initdb.StandardOutput.ReadToEndAsync();
            string complaint = await initdb.StandardError.ReadToEndAsync();
            await initdb.WaitForExitAsync();
            if (initdb.ExitCode != 0)
                throw new InvalidOperationException(complaint);
        }
        var guard = Process.Start(AsNobodySpecial("sh", ["-c", Guard, "guard", bin, data, .. options.SelectMany(option => new[] { "-c", option })]))!;
        _ = guard.StandardError.ReadToEndAsync();
        var server = new PostgresServer(guard, data);
        await server.ResumeAsync();
        return server;
    }

    /// <summary>A connection string to a database that is made for it, empty.</summary>
    public async Task<string> MakeDatabaseAsync()
    {
        string name = $"t{Interlocked.Increment(ref s_databases)}";
        await using var connection = new Npgsql.NpgsqlConnection(TextFor("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"CREATE DATABASE {name}";
        await command.ExecuteNonQueryAsync();
        return TextFor(name);
    }

    public async Task ResumeAsync()
    {
        string answer = await TellAsync("start");
        ProcessId = int.Parse(answer.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Stops it as an operator would.</summary>
    public Task StopAsync() => TellAsync("stop");

    /// <summary>Ends it with kill -9.</summary>
    public Task CrashAsync() => TellAsync("crash");

    public async ValueTask DisposeAsync()
    {
        _guard.StandardInput.Close();
        await _guard.WaitForExitAsync();
        _guard.Dispose();
    }

    private string TextFor(string database) => $"Host={_data};Username=provenance;Database={database}";

    private async Task<string> TellAsync(string word)
    {
        await _guard.StandardInput.WriteLineAsync(word);
        await _guard.StandardInput.FlushAsync();
        return await _guard.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) ?? throw new InvalidOperationException("PostgreSQL did not start.");
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static ProcessStartInfo AsNobodySpecial(string program, params string[] arguments)
    {
        var start = Environment.UserName == "root" ? new ProcessStartInfo("runuser", ["-u", "postgres", "--", program, .. arguments]) : new ProcessStartInfo(program, arguments);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError, start.WorkingDirectory) = (true, true, true, "/");
        return start;
    }
}
