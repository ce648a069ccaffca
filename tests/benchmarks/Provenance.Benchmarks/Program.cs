using BenchmarkDotNet.Running;
using Provenance.Benchmarks;

switch (args)
{
    case ["media", string folder]:
        SpeedSet.Write(folder);
        return 0;
    case ["folder", string folder, string files]:
        FolderSet.Write(folder, int.Parse(files, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["sha256", string file, string anchors, string rounds]:
        await HashComparison.RunAsync(file, anchors, int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture)).ConfigureAwait(false);
        return 0;
    case ["layers", .. var options]:
        BenchmarkSwitcher.FromTypes([typeof(Layers)]).Run(options.Length == 0 ? ["--filter", "*"] : options);
        return 0;
    default:
        Console.Error.WriteLine("usage: Provenance.Benchmarks media FOLDER | folder FOLDER FILES | sha256 FILE ANCHORS ROUNDS | layers [OPTIONS OF BENCHMARKDOTNET]");
        return 2;
}
