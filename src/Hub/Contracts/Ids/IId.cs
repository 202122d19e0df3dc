using System.Text.Json;
using System.Text.Json.Serialization;

namespace Interop.Hub.Contracts.Ids;

/// <summary>An identifier that is one string on the wire, in the journal and on the screen.</summary>
public interface IId<TSelf>
    where TSelf : struct, IId<TSelf>
{
    /// <summary>The identifier as text.</summary>
    string Value { get; }

    /// <summary>Takes text as it stands; whoever reads outside input validates it first.</summary>
    static abstract TSelf From(string value);
}

/// <summary>Writes an identifier as a JSON string, also where it is the key of a map.</summary>
public sealed class IdJsonConverter<TId> : JsonConverter<TId>
    where TId : struct, IId<TId>
{
    /// <inheritdoc />
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TId.From(reader.GetString() ?? throw new JsonException($"{typeof(TId).Name} must be a string."));

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);

    /// <inheritdoc />
    public override TId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TId.From(reader.GetString()!);

    /// <inheritdoc />
    public override void WriteAsPropertyName(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value);
}
