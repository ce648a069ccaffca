using System.Globalization;
using Provenance.Load;

switch (args)
{
    case ["media", string folder]:
        Media.Write(folder);
        return 0;
    case ["library", string file, string anchors, string seconds]:
        await LibraryRate.RunAsync(file, anchors, Seconds(seconds)).ConfigureAwait(false);
        return 0;
    case ["closed", string url, string file, string connections, string seconds, string server]:
        await Load.ClosedAsync(new Uri(url), file, Number(connections), Seconds(seconds), Number(server)).ConfigureAwait(false);
        return 0;
    case ["open", string url, string file, string rate, string seconds, string health]:
        await Load.OpenAsync(new Uri(url), file, double.Parse(rate, CultureInfo.InvariantCulture), Seconds(seconds), new Uri(health)).ConfigureAwait(false);
        return 0;
    case ["slow", string url, string connections, string seconds]:
        await SlowSenders.HoldAsync(new Uri(url), Number(connections), Seconds(seconds)).ConfigureAwait(false);
        return 0;
    default:
        Console.Error.WriteLine("usage: Provenance.Load media FOLDER | library FILE ANCHORS SECONDS | closed URL FILE CONNECTIONS SECONDS SERVER | open URL FILE RATE SECONDS HEALTH | slow URL CONNECTIONS SECONDS");
        return 2;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));
