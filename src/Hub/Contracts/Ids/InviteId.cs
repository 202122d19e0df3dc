using System.Text.Json.Serialization;

namespace Interop.Hub.Contracts.Ids;

/// <summary>One invitation of a room, unique in that room: <c>invite-2</c>.</summary>
[GenerateSerializer, Alias("interop.invite-id")]
[JsonConverter(typeof(IdJsonConverter<InviteId>))]
public readonly record struct InviteId([property: Id(0)] string Value) : IId<InviteId>
{
    /// <inheritdoc />
    public static InviteId From(string value) => new(value);

    /// <inheritdoc />
    public override string ToString() => Value;
}
