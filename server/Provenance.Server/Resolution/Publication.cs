using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;
using Provenance.Server.Guards;
using Provenance.Server.Settings;
using Provenance.Server.Verification;
using Provenance.Verifier;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;

namespace Provenance.Server.Resolution;

/// <summary>A fingerprint that the publisher gives beside the credential.</summary>
/// <param name="Algorithm">The algorithm's identifier.</param>
/// <param name="Value">The value.</param>
/// <param name="Quality">How much the picture has to tell, as PDQ measures it from 0 to 100; null where that was not said.</param>
internal sealed record GivenFingerprint(string Algorithm, ReadOnlyMemory<byte> Value, int? Quality = null);

/// <summary>Decides what is registered: a store of which everything holds that can be checked with what is here.</summary>
internal sealed class Publication(IBindingAlgorithms algorithms, StorageSettings settings)
{
    /// <summary>What the database keeps: see Storage/Schema.</summary>
    public const int MostIdentifier = 300;

    private const int MostAlgorithm = 100, MostValue = 1024, MostPart = 1000;

    /// <summary>Soft bindings of one manifest: a value for each second of nearly three hours.</summary>
    public const int MostBindings = 10_000;

    /// <summary>The authors of PDQ discard hashes of less: pictures of little content resemble each other.</summary>
    private const int LeastQuality = 50;

    private static readonly JsonSerializerSettings PartJson = new() { ContractResolver = new CamelCasePropertyNamesContractResolver(), NullValueHandling = NullValueHandling.Ignore };

    /// <summary>What is to be registered.</summary>
    /// <param name="report">On the store alone, or on an asset with it.</param>
    /// <param name="keyId">The publisher's key.</param>
    /// <param name="given">What the publisher says beside the credential.</param>
    /// <exception cref="RefusedException">It is not accepted.</exception>
    public NewManifest Accept(VerificationReport report, string keyId, IReadOnlyList<GivenFingerprint> given)
    {
        if (report.StoreBytes is not { } store)
            throw Refuse("There is no manifest store that can be read in what was sent.");
        if (store.Length > settings.MostStoreBytes)
            throw new RefusedException(Problems.TooLarge, $"A manifest store may have {settings.MostStoreBytes} bytes.");
        // Of a store alone the statements are judged; of one with its asset the content too.
        if (Objection(report.Statements ?? report.Facts) is { } objection)
            throw Refuse(objection);
        if (!ActiveManifest.StandsAmongManifests(store, report.Policy.Limits))
            throw Refuse("The manifest store holds boxes that are no manifests of a known type, which no signature covers.");
        string label = report.Manifests[0].Label;
        if (!IsIdentifier(label))
            throw Refuse($"The label of the active manifest is no identifier: 1 to {MostIdentifier} visible ASCII characters are expected.");
        var bindings = OfCredential(report).Concat(OfPublisher(given)).DistinctBy(binding => (binding.Algorithm, Convert.ToBase64String(binding.Value.Span))).Take(MostBindings + 1).ToList();
        return bindings.Count > MostBindings ? throw Refuse($"It has more than {MostBindings} soft bindings.") : new NewManifest(label, store, keyId, bindings);
    }

    /// <summary>Whether a label can be the identifier of a registered manifest.</summary>
    public static bool IsIdentifier(string label) => label.Length is > 0 and <= MostIdentifier && label.All(character => character is > ' ' and <= '~');

    /// <summary>Why a credential is not registered; null where it is.</summary>
    private string? Objection(LabelFacts facts) => facts switch
    {
        { Presence: not CredentialPresence.Checked } => "There is no manifest store that can be read in what was sent.",
        { Integrity: IntegrityFact.Changed } => "The content, a statement or the signature is not what was signed.",
        { Revocation: not RevocationFact.NotRevoked } => "The signer's certificate was withdrawn.",
        { Integrity: not IntegrityFact.Intact } => "What was signed breaks a rule of the standard, or needs what is not supported.",
        { Validity: not ValidityFact.InForce } => "The signer's certificate is not in force, and no trusted time stamp says when it was signed.",
        { Sources: SourcesFact.Failing or SourcesFact.Unconfirmed } => "The credential of something it was made from does not hold.",
        { Signer: SignerFact.Known or SignerFact.KnownToOlderList } => null,
        _ => settings.AcceptUnknownIssuers ? null : "No trust list of this server knows who signed it.",
    };

    /// <summary>What cannot be looked up is passed over: the credential is no worse for it.</summary>
    private IEnumerable<NewBinding> OfCredential(VerificationReport report)
    {
        foreach (var binding in report.SoftBindings)
        {
            if (InOneForm(binding.Algorithm, binding.Value, binding.IsText) is { } value)
                yield return new(binding.Algorithm, value, BindingSource.Credential, PartOf(binding));
        }
    }

    /// <summary>Who gives something expects it to be found.</summary>
    private IEnumerable<NewBinding> OfPublisher(IReadOnlyList<GivenFingerprint> given)
    {
        for (int i = 0; i < given.Count; i++)
        {
            // Anybody can read the mark in somebody else's content. A fingerprint is compared; a mark leads wherever it is said to lead.
            if (algorithms.IsWatermark(given[i].Algorithm))
                throw Refuse($"Fingerprint {i + 1} is the value of a watermark: those are taken only from a soft binding in the credential.");
            var value = (given[i].Quality is < LeastQuality ? null : InOneForm(given[i].Algorithm, given[i].Value, isText: false))
                ?? throw Refuse($"Fingerprint {i + 1} is of no algorithm that is looked up here, or none of its values, or tells too little.");
            yield return new(given[i].Algorithm, value, BindingSource.Publisher);
        }
    }

    private ReadOnlyMemory<byte>? InOneForm(string algorithm, ReadOnlyMemory<byte> value, bool isText)
    {
        bool isIdentifier = algorithm.Length is > 0 and <= MostAlgorithm && algorithm.All(character => character is > ' ' and <= '~');
        var known = isIdentifier ? algorithms.InOneForm(algorithm, value, isText) : null;
        return known is { Length: > 0 and <= MostValue } ? known : null;
    }

    private static string? PartOf(SoftBinding binding)
    {
        if (binding is { Start: null, End: null, Region: null })
            return null;
        string part = JsonConvert.SerializeObject(new { binding.Start, binding.End, binding.Region }, PartJson);
        return part.Length <= MostPart ? part : "{}"; // a part, too long to be told
    }

    private static RefusedException Refuse(string why) => new(Problems.NotProcessable, why);
}
