namespace Provenance.Verifier.X509;

/// <summary>NameConstraints (RFC 5280 §4.2.1.10) as stored.</summary>
/// <param name="Permitted">The permitted subtrees.</param>
/// <param name="Excluded">The excluded subtrees.</param>
internal sealed record NameConstraints(IReadOnlyList<GeneralName> Permitted, IReadOnlyList<GeneralName> Excluded)
{
    public static NameConstraints Read(DerReader reader)
    {
        var sequence = reader.ReadSequence();
        var permitted = ReadSubtrees(sequence, 0);
        var excluded = ReadSubtrees(sequence, 1);
        sequence.ExpectEnd();
        // §4.2.1.10: the extension must not be an empty sequence.
        return permitted.Count + excluded.Count > 0 ? new NameConstraints(permitted, excluded) : throw sequence.Malformed("no subtree at all");
    }

    private static List<GeneralName> ReadSubtrees(DerReader reader, int number)
    {
        var subtrees = new List<GeneralName>();
        if (!reader.NextIsContext(number))
            return subtrees;
        var sequence = reader.ReadSequence(context: number);
        while (sequence.HasData)
        {
            // GeneralSubtree ::= SEQUENCE { base GeneralName, minimum [0] DEFAULT 0, maximum [1] OPTIONAL }
            var subtree = sequence.ReadSequence("GeneralSubtree");
            subtrees.Add(GeneralName.Read(subtree));
            // §4.2.1.10: minimum must be zero and maximum absent, so DER leaves no field behind the base.
            if (subtree.NextIsContext(0) && subtree.ReadInt32(0) != 0)
                throw subtree.Malformed("minimum is not 0 (RFC 5280 §4.2.1.10)");
            subtree.ExpectEnd();
        }
        return subtrees;
    }
}
