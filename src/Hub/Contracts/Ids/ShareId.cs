using System.Text.Json.Serialization;

namespace Interop.Hub.Contracts.Ids;

/// <summary>One resource lent into one room, unique in that room: <c>share-1</c>.</summary>
[GenerateSerializer, Alias("interop.share-id")]
[JsonConverter(typeof(IdJsonConverter<ShareId>))]
public readonly record struct ShareId([property: Id(0)] string Value) : IId<ShareId>
{
    /// <inheritdoc />
    public static ShareId From(string value) => new(value);

    /// <inheritdoc />
    public override string ToString() => Value;
}
