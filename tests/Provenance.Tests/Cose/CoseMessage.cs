using System.Formats.Cbor;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Cose;

namespace Provenance.Tests.Cose;

/// <summary>Writes a COSE_Sign1 part by part, right or wrong as a test wants it; written by the framework's CBOR writer, not by ours.</summary>
internal sealed record CoseMessage
{
    /// <summary>The map inside the protected byte string.</summary>
    public Action<CborWriter> Protected { get; init; } = Map((1, -7));

    public Action<CborWriter> Unprotected { get; init; } = Map();

    public Action<CborWriter> Payload { get; init; } = writer => writer.WriteNull();

    public Action<CborWriter> Signature { get; init; } = Bytes(new byte[64]);

    public byte[] Encode(bool tagged = true) => Write(writer =>
    {
        if (tagged)
            writer.WriteTag((CborTag)18);
        writer.WriteStartArray(4);
        writer.WriteByteString(Write(Protected));
        Unprotected(writer);
        Payload(writer);
        Signature(writer);
        writer.WriteEndArray();
    });

    public CoseSign1 Parse(Limits? limits = null) => Parse(Encode(), limits);

    public static CoseSign1 Parse(byte[] bytes, Limits? limits = null, bool allowTrailingZeros = false)
    {
        limits ??= Limits.Default;
        return CoseSign1.Parse(bytes, limits, new CborBudget(limits), allowTrailingZeros);
    }

    public static byte[] Write(Action<CborWriter> write)
    {
        var writer = new CborWriter(CborConformanceMode.Lax);
        write(writer);
        return writer.Encode();
    }

    public static Action<CborWriter> Bytes(byte[] bytes) => writer => writer.WriteByteString(bytes);

    public static Action<CborWriter> Array(params object[] items) => writer =>
    {
        writer.WriteStartArray(items.Length);
        foreach (object item in items)
            Value(writer, item);
        writer.WriteEndArray();
    };

    public static Action<CborWriter> Map(params (object Label, object Value)[] entries) => writer =>
    {
        writer.WriteStartMap(entries.Length);
        foreach (var (label, value) in entries)
        {
            Value(writer, label);
            Value(writer, value);
        }
        writer.WriteEndMap();
    };

    private static void Value(CborWriter writer, object value)
    {
        switch (value)
        {
            case int number:
                writer.WriteInt64(number);
                break;
            case long number:
                writer.WriteInt64(number);
                break;
            case double number:
                writer.WriteDouble(number);
                break;
            case bool flag:
                writer.WriteBoolean(flag);
                break;
            case string text:
                writer.WriteTextString(text);
                break;
            case byte[] bytes:
                writer.WriteByteString(bytes);
                break;
            case Action<CborWriter> write:
                write(writer);
                break;
            default:
                throw new ArgumentException($"{value} has no CBOR here", nameof(value));
        }
    }
}
