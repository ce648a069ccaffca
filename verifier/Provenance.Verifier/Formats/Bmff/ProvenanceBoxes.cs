using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Bmff;

/// <summary>Which of C2PA's boxes one file has, and whether they go together (C2PA 2.5 §A.5.2).</summary>
internal sealed class ProvenanceBoxes
{
    private readonly List<ContentProvenanceBox> _stores = [];
    private BmffBox? _unreadable;
    private bool _hasProof, _hasFragment, _hasMovie;

    /// <summary>An original store and its update, which are read as one.</summary>
    public bool IsUpdate => _stores is [{ Purpose: ContentProvenanceBox.Original }, { Purpose: ContentProvenanceBox.Update }];

    /// <summary>A segment of a stream whose manifest is elsewhere: its proofs say that there is one.</summary>
    public bool IsLoneSegment => _stores.Count == 0 && _hasProof && _hasFragment && !_hasMovie;

    /// <summary>
    /// What is wrong with them. Not several stores of the purpose "manifest": whoever counts them says so. A purpose changed by an attacker
    /// must not choose which store is read (attack B06).
    /// </summary>
    public MalformedDataException? Fault
    {
        get
        {
            if (_stores.Count == 0 && _unreadable is { } box)
                return new MalformedDataException(ContentProvenanceBox.Structure, box.Start, "called a proof of a hash, it holds none, and there is no store: it may have been one (attack B06)");
            if (IsUpdate || _stores.TrueForAll(store => store.Purpose == ContentProvenanceBox.Manifest))
                return null;
            string found = string.Join(", ", _stores.Take(4).Select(store => store.Purpose));
            return new MalformedDataException(ContentProvenanceBox.Structure, _stores[0].Box.Start, $"manifest, or original and update, expected; {found} found (C2PA 2.5 §A.5.2)");
        }
    }

    public void Add(ContentProvenanceBox box)
    {
        if (box.IsStore)
            _stores.Add(box);
        else
            _hasProof = true;
    }

    /// <summary>A box called a proof that holds none: beside a store the check of its tree tells of it.</summary>
    public void AddUnreadable(BmffBox box) => _unreadable ??= box;

    public void Seen(BmffBox box)
    {
        _hasFragment |= box.Type == "moof";
        _hasMovie |= box.Type == "moov";
    }
}
