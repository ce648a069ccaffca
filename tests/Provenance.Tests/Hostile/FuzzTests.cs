using Provenance.TestKit;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Reports;
using Xunit;

namespace Provenance.Tests.Hostile;

/// <summary>
/// Damaged files through the front door: a report comes out whatever goes in, the same twice, cheaply, and it never vouches for a byte that
/// was changed.
/// </summary>
[Long("fuzz", "damages signed files and their parts; only honest answers may come out, in bounded time and memory")]
public sealed class FuzzTests
{
    [Fact]
    public async Task No_change_to_a_signed_byte_is_vouched_for()
    {
        var originals = new Dictionary<Subject, VerificationReport>();
        foreach (var subject in Subject.All)
        {
            originals.Add(subject, await subject.VerifyAsync(subject.Bytes));
            Assert.Equal(Verifier.Labels.ValidationState.Trusted, originals[subject].State);
        }
        foreach (int round in Long.Rounds("fuzz", small: 1500))
        {
            var mutator = new Mutator(round);
            var subject = Subject.All[round % Subject.All.Count];
            byte[] changed = mutator.Damage(subject, Subject.All);
            string what = $"round {round}: {string.Join("; ", mutator.Told)}";
            await RunAsync(what, subject.Companions, changed, async report =>
            {
                string? fault = await SignedContent.FindFaultAsync(subject.Bytes, originals[subject], changed, report);
                // What was left may be another of these files: an update without its update manifest is the file before.
                foreach (var other in originals.Keys.TakeWhile(_ => fault is not null))
                    fault = await SignedContent.FindFaultAsync(other.Bytes, originals[other], changed, report) is null ? null : fault;
                Assert.True(fault is null, $"{what}: {report.State}, yet {fault}");
            });
        }
    }

    [Fact]
    public async Task Signed_nonsense_is_read_like_any_other()
    {
        string[] labels =
        [
            "c2pa.actions.v2__1", "c2pa.ingredient.v3", "c2pa.ingredient.v2", "c2pa.ingredient", "c2pa.hash.data__1", "c2pa.hash.boxes", "c2pa.hash.multi-asset", "c2pa.hash.data.part", "c2pa.time-stamp",
            "c2pa.certificate-status", "c2pa.soft-binding", "c2pa.cloud-data", "c2pa.external-reference", "c2pa.metadata", "c2pa.thumbnail.claim", "c2pa.asset-ref", "cawg.identity", "c2pa.ai-disclosure",
            "c2pa.alternative-content-representation", "c2pa.linked-resource-integrity", "org.example.any",
        ];
        var parts = Subject.All.SelectMany(subject => subject.Asset.Manifests).Select(manifest => manifest.Inflated().Child("c2pa.assertions")).SelectMany(store => store.Children).ToList();
        foreach (int round in Long.Rounds("fuzz", small: 400))
        {
            var mutator = new Mutator(round);
            var manifest = Subject.Manifest("nonsense").Created();
            if (mutator.OneIn(4))
                manifest.OldClaim();
            for (int i = mutator.Pick([0, 1, 1, 2, 4]); i > 0; i--)
            {
                var part = mutator.Pick(parts);
                byte[] content = mutator.OneIn(2) ? TestCbor.Encode(Parsers.RandomCbor(mutator, depth: 5)) : mutator.OneIn(2) ? part.Children[0].Payload : mutator.Bytes(part.Children[0].Payload);
                string label = mutator.OneIn(3) ? part.Label : mutator.Pick(labels);
                manifest.With(mutator.OneIn(6) ? Assertion.JsonBytes(label, content) : Assertion.CborBytes(label, content));
            }
            if (mutator.OneIn(3))
                manifest.Claim(claim => claim[mutator.Pick(["created_assertions", "assertions", "alg", "claim_generator_info", "redacted_assertions", "signature", "instanceID", "dc:title"])] = Parsers.RandomCbor(new Mutator(round), depth: 4));
            byte[] file = manifest.Sidecar(Bomb.Picture) is var signed && mutator.OneIn(4) ? Bomb.Picture.Bytes : Bomb.WithStore(signed.Store);

            await RunAsync($"round {round}", new() { Manifest = new(signed.Store) }, file, _ => Task.CompletedTask);
        }
    }

    /// <summary>Verifies twice and writes every report, within bounds; whatever else is thrown fails with the round's number.</summary>
    private static async Task RunAsync(string what, AssetCompanions companions, byte[] file, Func<VerificationReport, Task> checkAsync)
    {
        try
        {
            var (report, cost) = await Cost.OfAsync(() => Verifier.Verifier.VerifyAsync(AssetSource.FromMemory(file), companions, Subject.Trusting));
            cost.AssertBounded(file.Length, what);
            await checkAsync(report);
            Assert.Equal(Subject.Json(report), Subject.Json(await Verifier.Verifier.VerifyAsync(AssetSource.FromMemory(file), companions, Subject.Trusting)));
            using var text = new StringWriter();
            C2paToolJson.Write(text, report);
            CrJson.Write(text, report);
            await Inspection.ReadAsync(AssetSource.FromMemory(file), Limits.Default);
        }
        catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
        {
            Assert.Fail($"{what}: {e}");
        }
    }
}
