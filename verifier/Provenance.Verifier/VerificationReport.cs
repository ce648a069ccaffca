using Provenance.Verifier.Bindings;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Checks;
using Provenance.Verifier.Formats;
using Provenance.Verifier.History;
using Provenance.Verifier.Identity;
using Provenance.Verifier.Jumbf;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Reports;
using Provenance.Verifier.Status;
using Provenance.Verifier.Trust;

namespace Provenance.Verifier;

/// <summary>Why an asset or its credential could not be read.</summary>
/// <param name="Structure">The structure as its standard names it.</param>
/// <param name="Offset">Where, in bytes from the start of the file or of the structure.</param>
/// <param name="Rule">What was expected and what was found.</param>
/// <param name="Limit">The limit that was reached, if that is why.</param>
public sealed record ReportError(string Structure, long Offset, string Rule, string? Limit)
{
    /// <summary>Key of words in <see cref="Words"/> that say the same in fewer words; null where there are none.</summary>
    public string? Key { get; init; }

    internal static ReportError From(MalformedDataException fault) => new(fault.Structure, fault.Offset, fault.Rule, (fault as LimitExceededException)?.Limit);
}

/// <summary>Where the manifest store came from.</summary>
public enum ManifestOrigin
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>It lies in the asset.</summary>
    Embedded,

    /// <summary>The caller gave it beside the asset.</summary>
    Detached,

    /// <summary>The asset points to one elsewhere, which was not fetched.</summary>
    Remote,

    /// <summary>It was found in a file beside the asset.</summary>
    Beside,

    /// <summary>It was fetched from elsewhere.</summary>
    Fetched,
}

/// <summary>Who signed, where that was proven.</summary>
/// <param name="Name">Common name of the certificate's subject.</param>
/// <param name="Organization">Organisation of the certificate's subject, if it names one.</param>
/// <param name="ListName">The trust list that vouches for it.</param>
/// <param name="Anchor">The anchor it leads to; null where the certificate itself is listed.</param>
public sealed record VerifiedSigner(string Name, string? Organization, string ListName, string? Anchor)
{
    private const int NameLength = 80;

    /// <summary>On whose decision the list's CAs are trusted.</summary>
    public TrustModel Model { get; init; }

    /// <summary>Which issue of the list it was; null where unknown.</summary>
    public string? ListIdentifier { get; init; }

    /// <summary>When that issue was made, by the list's own words; null where it does not say.</summary>
    public DateTimeOffset? ListIssued { get; init; }

    /// <summary>The name with its organisation where that says more, fit for display.</summary>
    public string DisplayName
    {
        get
        {
            string name = DisplayText.Clean(Name, NameLength), organization = DisplayText.Clean(Organization, NameLength);
            return organization.Length == 0 || name.Contains(organization, StringComparison.OrdinalIgnoreCase) ? name : $"{name} ({organization})";
        }
    }

    internal static VerifiedSigner? Of(ManifestResult manifest, LabelFacts facts)
    {
        if (facts is not { Integrity: IntegrityFact.Intact, Signer: SignerFact.Known or SignerFact.KnownToOlderList, Validity: ValidityFact.InForce, Revocation: RevocationFact.NotRevoked }
            || manifest is not { Signature.Signer: var signer, Trust: { } trust })
            return null;
        return new(signer.Subject.CommonName ?? signer.Subject.ToString(), signer.Subject.Organization, trust.List.Name, trust.Path?.Anchor.Certificate.Subject.ToString())
        {
            Model = trust.List.Model,
            ListIdentifier = trust.List.Identifier,
            ListIssued = trust.List.Issued,
        };
    }
}

/// <summary>A range of the asset that no hash of the credential covers.</summary>
/// <param name="Range">Where.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Name">The container's own name for it.</param>
public sealed record UncoveredRange(ByteRange Range, RegionKind Kind, string Name);

/// <summary>
/// What was found and what was proven about one asset: a function of its bytes, the policy, its time and its lists alone. Holds no path.
/// What the file claims is told apart from what was proven: <see cref="Signer"/> and <see cref="SignedAt"/> are null until they are.
/// </summary>
public sealed class VerificationReport
{
    private readonly Labelling _verdict;
    private IReadOnlyList<ManifestSummary>? _manifests;
    private AiDisclosure? _ai;
    private EditHistory? _history;
    private HoldingManifests? _holding;
    private AssertionModels? _models;
    private IReadOnlyList<MetadataStatement>? _signedMetadata;
    private IReadOnlyList<CoveragePart>? _coverage;
    private LabelFacts? _facts;
    private Labelling? _labelling;

    internal VerificationReport(VerificationPolicy policy, LabelFacts proven)
    {
        Policy = policy;
        Proven = proven;
        _verdict = LabelTable.For(proven);
    }

    /// <summary>The report on an asset of which no byte could be read, so that a host can answer in the same form.</summary>
    /// <param name="policy">The policy that would have been used.</param>
    /// <param name="why">Why, without the asset's path.</param>
    public static VerificationReport Unread(VerificationPolicy policy, string why)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new(policy, LabelFacts.NothingChecked(CredentialPresence.Unreadable)) { Error = new ReportError("file", 0, why, null) };
    }

    /// <summary>The same, where the reason is one that <see cref="Words"/> can tell.</summary>
    /// <param name="policy">The policy that would have been used.</param>
    /// <param name="key">The key of the reason's words, for instance "unreadable.no-such-file".</param>
    /// <param name="why">The reason in more detail, in English; null where the words say all.</param>
    /// <exception cref="KeyNotFoundException">The key has no words.</exception>
    public static VerificationReport UnreadFor(VerificationPolicy policy, string key, string? why = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new(policy, LabelFacts.NothingChecked(CredentialPresence.Unreadable)) { Error = new ReportError("file", 0, why ?? Words.English.Say(key), null) { Key = key } };
    }

    /// <summary>The policy the report follows from.</summary>
    public VerificationPolicy Policy { get; }

    /// <summary>The facts the label and the lines below it rest on, one axis each.</summary>
    public LabelFacts Facts => _facts ??= Proven with { Ai = Ai.Fact, Coverage = ReportCoverage.FactOf(this), Identity = Identity };

    /// <summary>Label, state, exit code and words for these facts.</summary>
    public Labelling Labelling => _labelling ??= LabelTable.For(Facts);

    /// <summary>The label.</summary>
    public Label Label => _verdict.Label;

    /// <summary>The state, with the meaning the reference reader gives it; null where there is no manifest to have one.</summary>
    public ValidationState? State => _verdict.State;

    /// <summary>The command line's exit code.</summary>
    public int ExitCode => _verdict.ExitCode;

    /// <summary>The media type told by the bytes; null where they are of no known format.</summary>
    public string? MediaType { get; internal init; }

    /// <summary>Length of the asset in bytes.</summary>
    public long Length { get; internal init; }

    /// <summary>SHA-256 of the whole asset, if the policy asked for it.</summary>
    public ReadOnlyMemory<byte>? Digest { get; internal set; }

    /// <summary>Where the manifest store came from.</summary>
    public ManifestOrigin Origin { get; internal init; }

    /// <summary>The URL the manifest store was fetched from, or the name of the file beside the asset in which it was found; null otherwise.</summary>
    public string? ManifestLocation { get; internal init; }

    /// <summary>Where the asset says its manifest is kept, if it holds none; as written, untrusted.</summary>
    public string? RemoteManifest { get; internal init; }

    /// <summary>Why something could not be read; null otherwise.</summary>
    public ReportError? Error { get; internal init; }

    /// <summary>Oddities of the container that change nothing.</summary>
    public IReadOnlyList<FormatNote> Notes { get; internal init; } = [];

    /// <summary>Findings about the active manifest and the binding to the content, in the order of the checks.</summary>
    public IReadOnlyList<Finding> Findings => Result?.Active.Findings.All ?? StoreFindings;

    /// <summary>Failures at or in ingredients, recorded ones left out.</summary>
    public IReadOnlyList<Finding> IngredientFailures { get; internal init; } = [];

    /// <summary>Failures in ingredients that their outer signer recorded.</summary>
    public IReadOnlyList<Finding> RecordedIngredientFailures { get; internal init; } = [];

    /// <summary>Label of the active manifest; null where there is none.</summary>
    public string? ActiveManifest => Result?.Active.Manifest.Label;

    /// <summary>Who signed; null unless signature, path and time all hold.</summary>
    public VerifiedSigner? Signer { get; internal init; }

    /// <summary>When it was signed, by the time stamp of an authority that a list knows; null where none proves it.</summary>
    public DateTimeOffset? SignedAt => Proven.Integrity == IntegrityFact.Intact && Result?.Active.Time is { IsListed: true } time ? time.Time : null;

    /// <summary>Whether revocation of the signer's certificate was looked into, and what came of it.</summary>
    public RevocationStatus Revocation => RevocationDetails?.Status ?? RevocationStatus.NotChecked;

    /// <summary>The same with how it is known, and what lists of the policy say against the certificate; null where there is no signature to speak of.</summary>
    public RevocationDetails? RevocationDetails => Result?.Active is { NamesSigner: true } active ? active.Revocation : null;

    /// <summary>The program that made the claim, as it names itself: untrusted text.</summary>
    public string? ClaimGenerator => Result?.Active.Claim?.Generator;

    /// <summary>Ranges no hash covers, the manifest store's own left out; null where coverage was not established.</summary>
    public IReadOnlyList<UncoveredRange>? Uncovered { get; internal init; }

    /// <summary>What bytes of the file mean, and how far each of that is covered; empty where coverage was not established.</summary>
    public IReadOnlyList<CoveragePart> Coverage => _coverage ??= ReportCoverage.PartsOf(this);

    /// <summary>
    /// The tracks of a stream of which segments were not given, before or behind those that match. Null where nothing is missing, and where
    /// nothing was proven.
    /// </summary>
    public IReadOnlyList<PartialTrack>? NotHere => Result?.Binding?.NotHere;

    /// <summary>The manifests of the credential, the active one first; empty where none could be read.</summary>
    public IReadOnlyList<ManifestSummary> Manifests => _manifests ??= ManifestSummaries.Of(this);

    /// <summary>
    /// Who vouches in their own name for statements of this file and of those it was made from: the identity assertions of all manifests, in
    /// the order of <see cref="Manifests"/>. They change nothing of what is said of the file itself.
    /// </summary>
    public IReadOnlyList<IdentityResult> Identities { get; internal init; } = [];

    /// <summary>Those of this file: of the active manifest, and of those that its updates rest on, which speak of the same content.</summary>
    public IEnumerable<IdentityResult> IdentitiesOfThisFile => Identities.Where(identity => Result?.ContentChain.Any(manifest => manifest.Manifest.Label == identity.Manifest) == true);

    /// <summary>The best that is said of an identity assertion that vouches for an assertion; null where nobody vouches for it in their own name.</summary>
    /// <param name="uri">Store-absolute URI of the assertion, as findings and summaries give it.</param>
    public IdentityState? VouchedFor(string uri)
    {
        IdentityState? best = null;
        foreach (var identity in Identities)
        {
            foreach (var reference in identity.References)
            {
                if (reference is { IsListed: true, Label: { } label, Manifest: { } manifest }
                    && uri == JumbfUri.Absolute(manifest, Manifest.AssertionStoreLabel, label) && (best is null || identity.State < best))
                    best = identity.State;
            }
        }
        return best;
    }

    /// <summary>The same for this file, in one word: the worst that is said of one of its identity assertions.</summary>
    public IdentityFact Identity
    {
        get
        {
            var worst = IdentityFact.None;
            foreach (var identity in IdentitiesOfThisFile)
            {
                var fact = identity.State switch
                {
                    IdentityState.Trusted => IdentityFact.Trusted,
                    IdentityState.WellFormed => IdentityFact.WellFormed,
                    IdentityState.NotChecked => IdentityFact.NotChecked,
                    _ => IdentityFact.Failed,
                };
                worst = fact > worst ? fact : worst;
            }
            return worst;
        }
    }

    /// <summary>What signers declare about the use of AI.</summary>
    public AiDisclosure Ai => _ai ??= AiDisclosure.Of(this);

    /// <summary>How the asset came to be, as far as its credential tells; made when first asked for.</summary>
    public EditHistory History => _history ??= EditHistory.Of(this);

    /// <summary>What signers state in metadata assertions that match their hash, in manifests that hold; those about this file first.</summary>
    public IReadOnlyList<MetadataStatement> SignedMetadata => _signedMetadata ??= MetadataStatements.Of(this);

    /// <summary>
    /// What the asset's unsigned metadata says; null where nobody looked. A reader of metadata, which is no part of this library, fills it in
    /// after the verification. No label, state or code follows from it.
    /// </summary>
    public MetadataReport? Metadata { get; set; }

    /// <summary>
    /// What holds of the statements and the signature of a credential whose content is not here to be compared, such as a store given alone:
    /// "intact" speaks of them and of nothing else. Null where the content was compared, or nothing was checked.
    /// </summary>
    public LabelFacts? Statements { get; internal init; }

    /// <summary>The bytes of the manifest store that was read; null where there is none, or several counted as one.</summary>
    public ReadOnlyMemory<byte>? StoreBytes => Store?.Bytes;

    /// <summary>By what signers say that the credential of this content can be found again; from assertions that match their hash.</summary>
    public IEnumerable<SoftBinding> SoftBindings => SoftBinding.Of(this);

    /// <summary>What is kept elsewhere and was not fetched.</summary>
    public IEnumerable<OutsideReference> References => ManifestSummaries.ReferencesOf(this);

    /// <summary>The label's sentence, with the issuer and the date that were proven; fit for display.</summary>
    public string SentenceIn(Words words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return LabelSentence.Fill(words, _verdict.Sentence, Signer, SignedAt);
    }

    /// <summary>A line below the sentence; fit for display.</summary>
    /// <param name="line">One of the lines of <see cref="Labelling"/>.</param>
    /// <param name="words">The language.</param>
    public string LineIn(LabelLine line, Words words)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(words);
        if (line.Axis == LabelAxis.Coverage)
            return CoverageLine.Say(line.Key, this, words);
        string tool = line.Axis == LabelAxis.Ai && Ai.Statements is [var first, ..] ? DisplayText.Clean(first.Tool, 80) : "";
        return tool.Length > 0 ? words.Say(line.Key + ".with-tool", "tool", tool) : words.Say(line.Key);
    }

    /// <summary>What speaks against a file name, given what the bytes are; null where nothing does.</summary>
    /// <param name="fileName">The name.</param>
    /// <param name="words">The language; English if none is given.</param>
    public string? NameDisagreement(string fileName, Words? words = null) =>
        AssetFormats.All.FirstOrDefault(format => format.MediaTypes.Contains(MediaType)) is { } format && AssetFormats.Disagreement(format, fileName) is { } extension
            ? (words ?? Words.English).Say("name.disagrees", "extension", extension, "format", format.Name) : null;

    /// <summary>Label of the hard-binding assertion that was proven to fit the content; null where none was.</summary>
    public string? Binding => Result?.Binding?.Binding.Label.Full;

    /// <summary>Whether the asset has blocks in which unsigned metadata may stand.</summary>
    public bool MayHaveMetadata => Map is { Metadata.Count: > 0 };

    /// <summary>
    /// Whether hashes that hold cover these ranges of the asset. Of ranges inside the manifest store, which no hash of the content covers, it
    /// says that they are not covered.
    /// </summary>
    /// <param name="ranges">The ranges; of none nothing is known.</param>
    public FieldCoverage CoverageOf(IReadOnlyList<ByteRange> ranges) => MetadataCoverage.Of(this, ranges);

    /// <summary>What the walk over the container found; null where there was none.</summary>
    internal AssetMap? Map { get; init; }

    /// <summary>The facts the verdict rests on; what is told beside it is not worked out yet.</summary>
    internal LabelFacts Proven { get; }

    internal IReadOnlyList<Finding> StoreFindings { get; init; } = [];

    internal ManifestStore? Store { get; init; }

    internal StoreResult? Result { get; init; }

    internal HoldingManifests Holding => _holding ??= HoldingManifests.Of(this);

    internal AssertionModels Models => _models ??= new(Policy.Limits);

    /// <summary>The members of the JSON report that tell the history.</summary>
    internal void WriteHistory(ReportWriter json) => HistoryJson.Write(json, History);
}
