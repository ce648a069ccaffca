using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Provenance.Tests.House;

/// <summary>Types as C# writes them, with their question marks.</summary>
internal static class SurfaceType
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly FrozenDictionary<Type, string> Keywords = new Dictionary<Type, string>
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(double)] = "double",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    }.ToFrozenDictionary();

    public static string Declaration(Type type)
    {
        var list = string.Join(", ", Bases(type));
        return $"{Kind(type)} {type.Namespace}.{Name(type)}{(list.Length > 0 ? " : " : "")}{list}";
    }

    public static string Name(FieldInfo field) => Name(field.FieldType, Nullability.Create(field));

    public static string Name(PropertyInfo property) => Name(property.PropertyType, Nullability.Create(property));

    public static string Name(ParameterInfo parameter) => Name(parameter.ParameterType, Nullability.Create(parameter));

    public static string Name(Type type) => Name(type, null);

    public static string Literal(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static IEnumerable<string> Bases(Type type)
    {
        if (type.IsEnum || typeof(Delegate).IsAssignableFrom(type))
            return [];
        var parent = type.IsInterface || type.IsValueType || type.BaseType == typeof(object) ? null : type.BaseType;
        var own = type.GetInterfaces().Except(parent?.GetInterfaces() ?? []).Select(Name).Order(StringComparer.Ordinal);
        return parent is null ? own : own.Prepend(Name(parent));
    }

    private static string Kind(Type type)
    {
        if (type.IsEnum)
            return "enum";
        if (type.IsInterface)
            return "interface";
        if (typeof(Delegate).IsAssignableFrom(type))
            return "delegate";
        var record = type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is null ? "" : "record ";
        if (type.IsValueType)
            return $"{(type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "")}{(type.IsByRefLike ? "ref " : "")}{record}struct";
        var modifier = type switch { { IsAbstract: true, IsSealed: true } => "static ", { IsAbstract: true } => "abstract ", { IsSealed: true } => "sealed ", _ => "" };
        return $"{modifier}{(record.Length > 0 ? "record" : "class")}";
    }

    private static string Name(Type type, NullabilityInfo? nullability)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!, nullability);
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Name(value, nullability?.GenericTypeArguments.FirstOrDefault()) + "?";
        var mark = !type.IsValueType && !type.IsGenericParameter && nullability?.ReadState == NullabilityState.Nullable ? "?" : "";
        if (type.IsArray)
            return $"{Name(type.GetElementType()!, nullability?.ElementType)}[]{mark}";
        return PlainName(type, nullability) + mark;
    }

    private static string PlainName(Type type, NullabilityInfo? nullability)
    {
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword;
        var name = type.IsNested && !type.IsGenericParameter ? $"{PlainName(type.DeclaringType!, null)}.{type.Name}" : type.Name;
        if (!type.IsGenericType || !name.Contains('`', StringComparison.Ordinal))
            return name;
        var arguments = type.GetGenericArguments();
        var inner = arguments.Select((argument, index) => Name(argument, nullability?.GenericTypeArguments.ElementAtOrDefault(index)));
        return $"{name[..name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", inner)}>";
    }
}
