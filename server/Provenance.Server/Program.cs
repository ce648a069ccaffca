using Provenance.Server;

return await ServerCommand.RunAsync(args);
