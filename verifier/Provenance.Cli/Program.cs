using Provenance.Cli;

return await CommandLine.Build().Parse(args).InvokeAsync();
