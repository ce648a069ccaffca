using Provenance.Samples;

switch (args)
{
    case ["--make-samples", string folder]:
        SampleFiles.Write(folder);
        return 0;
    case ["--matrix", string folder]:
        Matrix.Write(folder);
        return 0;
    default:
        Console.Error.WriteLine("usage: Provenance.Samples --make-samples FOLDER | --matrix FOLDER");
        return 2;
}
