using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Provenance.Tests.House;

/// <summary>Writes what an assembly offers to others as sorted lines, near enough to C# to be reviewed.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(SurfaceType.Declaration(type)).Append('\n');
            foreach (var line in Lines(type))
                text.Append("    ").Append(line).Append('\n');
        }
        return text.ToString();
    }

    private static IEnumerable<string> Lines(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetValues(type).Cast<object>()
                .OrderBy(value => Convert.ToInt64(value, CultureInfo.InvariantCulture))
                .Select(value => $"{value} = {Convert.ToInt64(value, CultureInfo.InvariantCulture)}");
        }
        if (typeof(Delegate).IsAssignableFrom(type))
            return [Method(type.GetMethod("Invoke")!)];
        return Members(type).OrderBy(member => member.Name, StringComparer.Ordinal).ThenBy(member => member.Line, StringComparer.Ordinal).Select(member => member.Line);
    }

    private static IEnumerable<(string Name, string Line)> Members(Type type) =>
    [
        .. type.GetConstructors(Declared).Where(IsOffered).Select(member => ("", Constructor(member))),
        .. type.GetFields(Declared).Where(IsOffered).Select(member => (member.Name, Field(member))),
        .. type.GetProperties(Declared).Where(property => property.GetAccessors(nonPublic: true).Any(IsOffered)).Select(member => (member.Name, Property(member))),
        .. type.GetEvents(Declared).Where(member => IsOffered(member.AddMethod)).Select(member => (member.Name, Event(member))),
        .. type.GetMethods(Declared).Where(IsOffered).Where(IsWritten).Select(member => (member.Name, Method(member))),
    ];

    private static bool IsOffered(FieldInfo field) =>
        field.IsPublic || IsForHeirs(field.IsFamily || field.IsFamilyOrAssembly, field.DeclaringType!);

    private static bool IsOffered(MethodBase? method) =>
        method is not null && (method.IsPublic || IsForHeirs(method.IsFamily || method.IsFamilyOrAssembly, method.DeclaringType!));

    // A protected member of a sealed class is nobody's.
    private static bool IsForHeirs(bool isProtected, Type type) => isProtected && !type.IsSealed;

    // Accessors stand with their property; what the compiler writes for a record follows from the word "record".
    private static bool IsWritten(MethodInfo method) =>
        (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) && !method.IsDefined(typeof(CompilerGeneratedAttribute));

    private static string Constructor(ConstructorInfo constructor) => $"{Reach(constructor)}new{Parameters(constructor)}";

    private static string Field(FieldInfo field)
    {
        var kind = field.IsLiteral ? "const " : field.IsStatic ? "static " : "";
        var value = field.IsLiteral ? $" = {SurfaceType.Literal(field.GetRawConstantValue())}" : "";
        return $"{kind}{(field.IsInitOnly ? "readonly " : "")}{SurfaceType.Name(field)} {field.Name}{value}";
    }

    private static string Property(PropertyInfo property)
    {
        var accessor = property.GetAccessors(nonPublic: true).First(IsOffered);
        var get = IsOffered(property.GetMethod) ? "get; " : "";
        var set = !IsOffered(property.SetMethod) ? "" : IsInit(property.SetMethod!) ? "init; " : "set; ";
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var index = property.GetIndexParameters();
        var name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Parameter))}]";
        return $"{Reach(accessor)}{Kind(accessor)}{required}{SurfaceType.Name(property)} {name} {{ {get}{set}}}";
    }

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";
        return $"{Reach(method)}{Kind(method)}{SurfaceType.Name(method.ReturnParameter)} {method.Name}{generic}{Parameters(method)}";
    }

    private static string Event(EventInfo @event) => $"{Reach(@event.AddMethod!)}event {SurfaceType.Name(@event.EventHandlerType!)} {@event.Name}";

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Reach(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Kind(MethodInfo method)
    {
        if (method.IsStatic)
            return "static ";
        if (method.DeclaringType!.IsInterface)
            return "";
        if (method.IsAbstract)
            return "abstract ";
        if (method.GetBaseDefinition() != method)
            return "override ";
        return method.IsVirtual && !method.IsFinal ? "virtual " : "";
    }

    private static string Parameters(MethodBase method) => $"({string.Join(", ", method.GetParameters().Select(Parameter))})";

    private static string Parameter(ParameterInfo parameter)
    {
        var direction = parameter switch
        {
            { IsOut: true } => "out ",
            { ParameterType.IsByRef: true, IsIn: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
            _ => "",
        };
        var value = parameter.HasDefaultValue ? $" = {SurfaceType.Literal(parameter.RawDefaultValue)}" : "";
        return $"{direction}{SurfaceType.Name(parameter)} {parameter.Name}{value}";
    }
}
