namespace Provenance.TestKit;

public static partial class HardBinding
{
    /// <summary><c>c2pa.hash.bmff.v3</c> as the recipe wants it; the hashes are right.</summary>
    public static Assertion Bmff(BmffRecipe? recipe = null)
    {
        recipe ??= new();
        return Assertion.Cbor(recipe.Label, c =>
        {
            byte[] file = c.Asset.Bytes;
            CborFields fields = new()
            {
                { "exclusions", recipe.Exclusions.Select(exclusion => exclusion.Write()).ToArray() },
                { "alg", TestHash.C2paName(recipe.Algorithm) },
            };
            if (recipe.HasHash) fields.Add("hash", recipe.DigestOf(file, 0, file.Length));
            if (recipe.Merkle is { } merkle) fields.Add("merkle", TreesOf(recipe, merkle, file).Select(tree => tree.Write(merkle.Row)).ToArray());
            fields.Add("name", "jumbf manifest");
            recipe.Change?.Invoke(fields);
            return fields;
        });
    }

    /// <summary>The trees a recipe wants of a file.</summary>
    public static IReadOnlyList<BmffTree> TreesOf(BmffRecipe recipe, MerkleRecipe merkle, byte[] file) =>
        merkle.Trees is { } own ? own(file) : recipe.HasHash ? BmffTree.OfMedia(recipe, merkle, file) : BmffTree.OfFragments(recipe, file);
}
