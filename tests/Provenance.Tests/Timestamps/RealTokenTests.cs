using System.Security.Cryptography.Pkcs;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Timestamps;
using Xunit;

namespace Provenance.Tests.Timestamps;

public sealed class RealTokenTests
{
    [Fact]
    public async Task Dump()
    {
        var sb = new System.Text.StringBuilder();
        foreach (var (file, bytes) in RealTokens.All)
        {
            string ours, net;
            TimeStampToken? token = null;
            try
            {
                token = TimeStampToken.Parse(bytes, Limits.Default);
                var c = await token.CheckSignatureAsync(new SystemCrypto(), new SignatureBudget(Limits.Default), default);
                ours = c.ToString() + " " + token.WasResponse;
            }
            catch (MalformedDataException e) { ours = e.Message; }
            net = Rfc3161TimestampToken.TryDecode(bytes, out var t, out int n) ? $"{n == bytes.Length} {t.TokenInfo.Timestamp:O}" : "undecoded";
            sb.AppendLine($"{file} {bytes.Length} | {ours} | {net}");
        }
        File.WriteAllText("/tmp/tst/dump.txt", sb.ToString());
    }
}
