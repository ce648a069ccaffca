using Provenance.BenchmarkMedia;

if (args is not [string folder])
{
    Console.Error.WriteLine("usage: Provenance.BenchmarkMedia FOLDER");
    return 2;
}
SpeedSet.Write(folder);
return 0;
