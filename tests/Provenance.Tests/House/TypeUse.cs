namespace Provenance.Tests.House;

/// <summary>A type by its outermost name: a nested type or a compiler's closure counts as the type it stands in.</summary>
internal readonly record struct TypeName(string Assembly, string Namespace, string Name)
{
    public override string ToString() => $"{Namespace}.{Name}";
}

/// <summary>One type mentions another: in its declaration, a signature, an attribute or the code of a method.</summary>
internal readonly record struct TypeUse(TypeName User, TypeName Used)
{
    public override string ToString() => $"{User} uses {Used}";
}
