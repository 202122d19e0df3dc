using System.Text.Json.Serialization;

namespace Interop.Hub.Contracts.Ids;

/// <summary>A room's dial code, which is also its identity: <c>4201</c>; never used for a second room.</summary>
[GenerateSerializer, Alias("interop.room-code")]
[JsonConverter(typeof(IdJsonConverter<RoomCode>))]
public readonly record struct RoomCode([property: Id(0)] string Value) : IId<RoomCode>
{
    /// <inheritdoc />
    public static RoomCode From(string value) => new(value);

    /// <inheritdoc />
    public override string ToString() => Value;
}
