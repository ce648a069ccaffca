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
            try
            {
                var (report, cost) = await Cost.OfAsync(() => subject.VerifyAsync(changed));
                cost.AssertBounded(changed.Length, what);
                string? fault = await SignedContent.FindFaultAsync(subject.Bytes, originals[subject], changed, report);
                // What was left may be another of these files: an update without its update manifest is the file before.
                foreach (var other in originals.Keys.TakeWhile(_ => fault is not null))
                    fault = await SignedContent.FindFaultAsync(other.Bytes, originals[other], changed, report) is null ? null : fault;
                Assert.True(fault is null, $"{what}: {report.State}, yet {fault}");
                Assert.Equal(Subject.Json(report), Subject.Json(await subject.VerifyAsync(changed)));
                using var text = new StringWriter();
                C2paToolJson.Write(text, report);
                CrJson.Write(text, report);
                await Inspection.ReadAsync(AssetSource.FromMemory(changed), Limits.Default);
            }
            catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
            {
                Assert.Fail($"{what}: {e}");
            }
        }
    }
}
