using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Jumbf;
using Provenance.Verifier.Manifests.Assertions;
using Assertion = Provenance.Verifier.Manifests.Assertion;
using StandardAssertions = Provenance.Verifier.Manifests.Assertions.StandardAssertions;

namespace Provenance.Tests.Manifests.Assertions;

/// <summary>Assertions made for a test, and what is read of them.</summary>
internal static class Made
{
    private const string EmbeddedFile = "40CB0C32-BB8A-489D-A70B-2AD6F47F4369";

    public static Assertion Cbor(string label, object? value) => Boxes(label, "cbor", TestBox.Content("cbor", TestCbor.Encode(value)));

    public static Assertion Json(string label, string text) => Boxes(label, "json", TestBox.Content("json", System.Text.Encoding.UTF8.GetBytes(text)));

    public static Assertion File(string label, string mediaType, byte[] bytes) =>
        Boxes(label, EmbeddedFile, TestBox.Content("bfdb", [0, .. System.Text.Encoding.UTF8.GetBytes(mediaType), 0]), TestBox.Content("bidb", bytes));

    public static Assertion Boxes(string label, string contentType, params TestBox[] boxes) =>
        new(JumbfReader.Read(TestBox.Super(contentType, label, boxes).ToBytes(), Limits.Default), new CborBudget(Limits.Default));

    public static AssertionModel Read(Assertion assertion) => StandardAssertions.Read(assertion, Limits.Default);

    /// <summary>The model of a CBOR assertion.</summary>
    public static T Read<T>(string label, object? value)
        where T : AssertionModel =>
        Xunit.Assert.IsType<T>(Read(Cbor(label, value)));

    /// <summary>The same, of which nothing was left unread.</summary>
    public static T Clean<T>(string label, object? value)
        where T : AssertionModel
    {
        var model = Read<T>(label, value);
        Xunit.Assert.Empty(model.Notes);
        return model;
    }

    public static CborFields Uri(string label) => new() { { "url", "self#jumbf=c2pa.assertions/" + label }, { "hash", new byte[32] } };

    public static CborTagged Date(string text) => new(0, text);
}
