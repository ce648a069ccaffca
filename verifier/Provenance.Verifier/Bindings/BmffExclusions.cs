using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Formats.Bmff;

namespace Provenance.Verifier.Bindings;

/// <summary>
/// All exclusions of a hash as one tree of paths, so that a box is compared with those of its own path only: files have thousands of boxes
/// (attack B12).
/// </summary>
internal sealed class BmffExclusions
{
    private readonly Node _root = new();
    private readonly Limits _limits;

    public BmffExclusions(IReadOnlyList<BmffExclusion> exclusions, Limits limits)
    {
        (_limits, All) = (limits, exclusions);
        foreach (var exclusion in exclusions)
        {
            var node = _root;
            foreach (var step in exclusion.Path)
                node = node.Below(step);
            node.Rules.Add(exclusion);
        }
    }

    public IReadOnlyList<BmffExclusion> All { get; }

    private sealed class Node
    {
        private Dictionary<PathNode, Node>? _below;

        public List<BmffExclusion> Rules { get; } = [];

        public bool IsLeaf => _below is null;

        public Node Below(PathNode step)
        {
            _below ??= [];
            if (!_below.TryGetValue(step, out var node))
                _below.Add(step, node = new Node());
            return node;
        }

        public Node? Find(PathNode step) => _below?.GetValueOrDefault(step);
    }

    /// <summary>One level of boxes whose paths some exclusion begins with.</summary>
    private sealed class Level(BoxSequence boxes, List<Node> nodes)
    {
        private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

        public BoxSequence Boxes { get; } = boxes;

        /// <summary>The nodes of the exclusions that a box leads to, given that it is the next of its type here.</summary>
        public List<Node> Next(string type)
        {
            int index = _seen.GetValueOrDefault(type) + 1;
            _seen[type] = index;
            var next = new List<Node>();
            foreach (var node in nodes)
            {
                if (node.Find(new PathNode(type, 0)) is { } any)
                    next.Add(any);
                if (node.Find(new PathNode(type, index)) is { } one)
                    next.Add(one);
            }
            return next;
        }
    }

    /// <summary>Applies the exclusions to the boxes of one file.</summary>
    internal sealed class Pass(BmffExclusions exclusions, ReadWindow window, BoxBudget budget)
    {
        private readonly Level _roots = new(null!, [exclusions._root]);
        private int _matchesLeft = exclusions._limits.BmffExclusionMatches;

        /// <summary>What of a root box is left out, in any order; the boxes of a file are asked one by one, in file order.</summary>
        public async ValueTask<IReadOnlyList<ByteRange>> LeftOutAsync(BmffBox root)
        {
            var nodes = _roots.Next(root.Type);
            if (nodes.Count == 0)
                return [];
            var leftOut = new List<ByteRange>();
            var open = new Stack<Level>();
            await TakeAsync(root, nodes, leftOut, open).ConfigureAwait(false);
            while (open.TryPeek(out var level))
            {
                if (await level.Boxes.NextAsync().ConfigureAwait(false) is { } box)
                    await TakeAsync(box, level.Next(box.Type), leftOut, open).ConfigureAwait(false);
                else
                    open.Pop();
            }
            return leftOut;
        }

        private async ValueTask TakeAsync(BmffBox box, List<Node> nodes, List<ByteRange> leftOut, Stack<Level> open)
        {
            bool leadsOn = false;
            foreach (var node in nodes)
            {
                leadsOn |= !node.IsLeaf;
                foreach (var rule in node.Rules)
                {
                    if (!await MatchesAsync(rule, box).ConfigureAwait(false))
                        continue;
                    if (rule.Subset.Count == 0)
                    {
                        leftOut.Add(box.Range);
                        return;
                    }
                    foreach (var part in rule.Subset)
                    {
                        long from = Math.Min(part.Offset, box.Length), to = part.Length == 0 ? box.Length : Math.Min(part.End, box.Length);
                        leftOut.Add(ByteRange.FromTo(box.Start + from, box.Start + to));
                    }
                }
            }
            // Paths are shorter than Limits.BmffDepth, and so is this stack.
            if (leadsOn && await BmffContainers.ChildrenAsync(window, box).ConfigureAwait(false) is { } inside)
                open.Push(new Level(BoxSequence.Children(window, budget, inside), nodes));
        }

        private async ValueTask<bool> MatchesAsync(BmffExclusion rule, BmffBox box)
        {
            Spend(1, box);
            if (rule.Length is { } length && length != (ulong)box.Length)
                return false;
            if (rule.AsksVersionOrFlags && !await HasVersionAsync(rule, box).ConfigureAwait(false))
                return false;
            foreach (var data in rule.Data)
            {
                Spend(1 + data.Value.Length / 64, box);
                if (!await HasBytesAsync(data, box).ConfigureAwait(false))
                    return false;
            }
            return true;
        }

        private async ValueTask<bool> HasVersionAsync(BmffExclusion rule, BmffBox box)
        {
            if (!FullBoxes.Has(box) || box.Content.Length < 4)
                return false;
            long at = box.Type == "uuid" ? box.Content.Offset + 16 : box.Content.Offset;
            if (box.End - at < 4)
                return false;
            var head = (await window.AtAsync(at, 4).ConfigureAwait(false)).Span;
            int flags = head[1] << 16 | head[2] << 8 | head[3];
            return (rule.Version is null || rule.Version == head[0])
                && (rule.Flags is not { } wanted || (rule.ExactFlags ? flags == wanted : (flags & wanted) == wanted));
        }

        private async ValueTask<bool> HasBytesAsync(RequiredBytes data, BmffBox box)
        {
            if (data.Offset > box.Length - data.Value.Length)
                return false;
            for (int at = 0; at < data.Value.Length;)
            {
                int count = Math.Min(ReadWindow.Size, data.Value.Length - at);
                var actual = await window.AtAsync(box.Start + data.Offset + at, count).ConfigureAwait(false);
                if (!actual.Span.SequenceEqual(data.Value.Span.Slice(at, count)))
                    return false;
                at += count;
            }
            return true;
        }

        private void Spend(int matches, BmffBox box)
        {
            _matchesLeft -= matches;
            if (_matchesLeft < 0)
                throw new LimitExceededException("BMFF hash", box.Start, nameof(Limits.BmffExclusionMatches), exclusions._limits.BmffExclusionMatches);
        }
    }
}
