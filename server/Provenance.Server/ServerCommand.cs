using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Net.Sockets;
using Provenance.Server.Page;
using Provenance.Server.Settings;
using Provenance.Server.Storage;
using Provenance.TrustStore;

namespace Provenance.Server;

/// <summary>The way in: options, help, and what is said when the server cannot start.</summary>
internal static class ServerCommand
{
    public const int CannotStart = 1;
    public const int UsageError = 2;

    private const string Examples =
        """
        Examples:
          dotnet run -c Release --project server/Provenance.Server
              Builds the page and serves it to this machine alone. Open the address that is printed.

          dotnet run -c Release --project server/Provenance.Server -- --urls http://127.0.0.1:8080
              On another port; port 0 takes a free one. Several addresses are separated by semicolons.

          dotnet publish -c Release -o out server/Provenance.Server && dotnet out/Provenance.Server.dll
              A folder with the program and the page, to be copied to another machine.

          dotnet run -c Release --project server/Provenance.Server -- keys add "A newsroom" --scope publish
              Makes an API key for somebody who publishes manifest stores, and prints it, once.

          dotnet run -c Release --project server/Provenance.Server -- manifests withdraw urn:c2pa:00000000-0000-4000-8000-000000000000
              Deletes a store that somebody published, and keeps everybody from publishing it again.

        Files that somebody checks on the page stay on that person's device: the server only ever sends the page. Others can open it
        if you listen on an address of theirs, as in --urls http://0.0.0.0:5080, but browsers start the page's engine only over https
        or on the machine itself: put a proxy with a certificate before it.

        Ends with 0 when it is stopped (Ctrl+C), with 1 if it cannot start, with 2 if an option is not understood.
        """;

    public static Task<int> RunAsync(string[] args)
    {
        var urls = new Option<string>("--urls") { HelpName = "URLS", Description = $"Addresses to listen on. Without it: ASPNETCORE_URLS, else {ServerOptions.DefaultUrls}." };
        var page = new Option<string>("--page") { HelpName = "FOLDER", Description = "The folder of the built page. Without it: \"page\" beside the program, else artifacts/page of the repository." };
        var settings = new Option<string>("--settings") { HelpName = "FILE", Description = $"A file of JSON with the settings of the API (docs/server-settings.md). Environment variables that begin with {SettingsReader.EnvironmentPrefix} come before it." };
        var root = new RootCommand("Serves an API for Content Credentials (C2PA), and the page that reads them on the device of whoever opens it.") { urls, page, settings };
        root.Add(KeysCommand.Make());
        root.Add(ManifestsCommand.Make());
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new TeachingHelp((HelpAction)help.Action!);
        root.SetAction((parsed, cancellation) => ServeAsync(parsed.GetValue(settings), parsed.GetValue(page), parsed.GetValue(urls), cancellation));

        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                Console.Error.WriteLine(error.Message);
            Console.Error.WriteLine("See --help.");
            return Task.FromResult(UsageError);
        }
        return parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    private static async Task<int> ServeAsync(string? settings, string? pageFolder, string? urls, CancellationToken cancellation)
    {
        ServerOptions options;
        PageFiles page;
        try
        {
            options = new ServerOptions(SettingsReader.Read(settings), pageFolder, urls, settings);
            page = PageFiles.Read(PageFolder.Find(options.PageFolder));
        }
        catch (Exception e) when (e is PageMissingException or SettingsException)
        {
            return Tell(e.Message);
        }

        WebApplication built;
        try
        {
            built = ServerApplication.Build(options, page);
        }
        catch (Exception e) when (e is SettingsException or DamagedStoreException)
        {
            return Tell(e.Message);
        }
        await using var server = built;
        try
        {
            await server.Services.OpenStorageAsync(cancellation);
            await server.StartAsync(cancellation);
        }
        catch (Exception e) when (e is SettingsException or StorageException)
        {
            return Tell(e.Message);
        }
        // What Kestrel throws for an address that is taken, not this machine's, not allowed, without a certificate, or no address.
        catch (Exception e) when (e is IOException or SocketException or FormatException or InvalidOperationException)
        {
            return Tell($"The server cannot listen there: {e.Message.TrimEnd('.')}. Choose another address with --urls.");
        }
        Console.WriteLine($"Open {string.Join(" or ", server.Urls.Select(url => url.TrimEnd('/') + "/"))} (Ctrl+C ends it)");
        await server.WaitForShutdownAsync(cancellation);
        return 0;
    }

    private static int Tell(string why)
    {
        Console.Error.WriteLine(why);
        return CannotStart;
    }

    /// <summary>The list of options, and below it commands to copy.</summary>
    private sealed class TeachingHelp(HelpAction list) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true; // who asks what a command needs has not given it

        public override int Invoke(ParseResult parseResult)
        {
            int result = list.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output.WriteLine(Examples);
            return result;
        }
    }
}
