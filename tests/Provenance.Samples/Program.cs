using Provenance.Samples;

switch (args)
{
    case ["--make-samples", string folder]:
        SampleFiles.Write(folder);
        return 0;
    case ["--matrix", string folder]:
        Matrix.Write(folder);
        return 0;
    case ["--labels", string folder, string strings]:
        LabelFiles.Write(folder, strings);
        return 0;
    case ["--large", string folder]:
        LargeFiles.Write(folder);
        return 0;
    case ["--revocation", string folder]:
        RevocationFiles.Write(folder);
        return 0;
    case ["--answers", .. string[] files]:
        await Answers.WriteAsync(Console.Out, files);
        return 0;
    default:
        Console.Error.WriteLine("usage: Provenance.Samples --make-samples FOLDER | --matrix FOLDER | --labels FOLDER STRINGS.json | --large FOLDER | --revocation FOLDER | --answers FILE...");
        return 2;
}
