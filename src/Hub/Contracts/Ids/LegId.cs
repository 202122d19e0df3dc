using System.Text.Json.Serialization;

namespace Interop.Hub.Contracts.Ids;

/// <summary>One voice connection of a room, unique in that room: <c>leg-3</c>.</summary>
[GenerateSerializer, Alias("interop.leg-id")]
[JsonConverter(typeof(IdJsonConverter<LegId>))]
public readonly record struct LegId([property: Id(0)] string Value) : IId<LegId>
{
    /// <inheritdoc />
    public static LegId From(string value) => new(value);

    /// <inheritdoc />
    public override string ToString() => Value;
}
