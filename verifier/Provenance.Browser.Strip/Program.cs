using Mono.Cecil;

namespace Provenance.Browser.Strip;

/// <summary>
/// Takes out of trimmed assemblies what only reflection, debuggers and compilers read: properties and events (their accessors stay),
/// names of parameters, and in our own assemblies the names of what nobody outside an assembly can name. The same input gives the same bytes.
/// </summary>
internal static class Program
{
    /// <summary>Read by name: from JavaScript through generated code, and by the runtime.</summary>
    private static readonly string[] s_untouched = ["Provenance.Browser.dll", "System.Runtime.InteropServices.JavaScript.dll", "System.Private.CoreLib.dll"];

    private static int Main(string[] args)
    {
        if (args is not [var from, var to])
        {
            Console.Error.WriteLine("usage: Provenance.Browser.Strip FROM TO");
            return 2;
        }
        Directory.CreateDirectory(to);
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(from);
        foreach (string path in Directory.GetFiles(from, "*.dll").Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(path);
            if (s_untouched.Contains(name))
            {
                File.Copy(path, Path.Combine(to, name), overwrite: true);
                continue;
            }
            using var assembly = AssemblyDefinition.ReadAssembly(path, new ReaderParameters { AssemblyResolver = resolver, InMemory = true });
            foreach (var type in AllTypes(assembly.MainModule.Types))
                Strip(type, isOurs: name.StartsWith("Provenance.", StringComparison.Ordinal));
            assembly.Write(Path.Combine(to, name), new WriterParameters { DeterministicMvid = true, Timestamp = 0 });
        }
        return 0;
    }

    private static IEnumerable<TypeDefinition> AllTypes(IEnumerable<TypeDefinition> types) => types.SelectMany(type => AllTypes(type.NestedTypes).Prepend(type));

    private static void Strip(TypeDefinition type, bool isOurs)
    {
        type.Properties.Clear();
        type.Events.Clear();
        foreach (var method in type.Methods)
        {
            foreach (var parameter in method.Parameters)
                parameter.Name = "";
        }
        // A member of a generic type is named anew wherever it is used.
        if (!isOurs || type.HasGenericParameters)
            return;
        int next = 0;
        foreach (var field in type.Fields.Where(field => field.IsPrivate || IsMade(type)))
            field.Name = Short(next++);
        foreach (var method in type.Methods.Where(method => (method.IsPrivate || IsMade(type)) && !method.IsVirtual && !method.IsConstructor && !method.IsPInvokeImpl))
            method.Name = Short(next++);
        next = 0;
        foreach (var nested in type.NestedTypes.Where(nested => nested.IsNestedPrivate && !nested.HasGenericParameters))
            nested.Name = "-" + Short(next++);
    }

    /// <summary>Made by the compiler: state machines, closures.</summary>
    private static bool IsMade(TypeDefinition type) => type.Name.StartsWith('<') || type.Name.StartsWith('-');

    private static string Short(int number)
    {
        const string letters = "abcdefghijklmnopqrstuvwxyz";
        string name = "";
        for (; ; number = number / letters.Length - 1)
        {
            name = letters[number % letters.Length] + name;
            if (number < letters.Length)
                return name;
        }
    }
}
